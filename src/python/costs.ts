import type { Machine } from './machine';
import { asItems, type Value } from './values';

/** Items of lists, characters and the like that are handled in about the time of one step. */
const itemsPerStep = 16;

/** Counts the work of going through this many items. */
export function spendOn(machine: Machine, items: number): void {
  if (items >= itemsPerStep) machine.spend(Math.floor(items / itemsPerStep));
}

/** How many items a value has, for {@link spendOn}; of a text the characters. */
export function sizeOf(value: Value | undefined): number {
  switch (value?.kind) {
    case 'tuple': case 'list': return asItems(value)?.length ?? 0;
    case 'string': return value.value.length;
    case 'dictionary': return value.cells.size;
    default: return 0;
  }
}

/** How many items some values have together. */
export function sizeOfAll(values: readonly Value[]): number {
  let size = values.length;
  for (const value of values) size += sizeOf(value);
  return size;
}
