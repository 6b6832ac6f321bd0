import { sizeOf, spendOn } from './costs';
import { join } from './join';
import type { Machine } from './machine';
import { unknownValue, type Value } from './values';

/** How deep lists and dictionaries that hold one another are joined. */
const deepest = 4;

/** What is known of a value that is one of two: also of lists and dictionaries, and of what the host knows. */
export function joinValues(machine: Machine, left: Value, right: Value): Value {
  spendOn(machine, 4 * Math.max(sizeOf(left), sizeOf(right)));
  return join(left, right, (a, b) => joinChangeable(machine, a, b, deepest) ?? machine.host.join?.(a, b, machine)) ?? unknownValue;
}

/** Two lists of the same length or dictionaries with the same keys: what they hold is one or the other. */
function joinChangeable(machine: Machine, left: Value, right: Value, depth: number): Value | undefined {
  const inside = (a: Value | undefined, b: Value | undefined): Value | undefined =>
    join(a, b, (p, q) => (depth === 0 ? undefined : joinChangeable(machine, p, q, depth - 1)) ?? machine.host.join?.(p, q, machine));
  spendOn(machine, 4 * Math.max(sizeOf(left), sizeOf(right)));
  if (left.kind === 'list' && right.kind === 'list') {
    const both = inside(left.cells.get('items'), right.cells.get('items'));
    return both?.kind === 'tuple' ? machine.list(both.items) : undefined;
  }
  if (left.kind !== 'dictionary' || right.kind !== 'dictionary' || left.attributes !== right.attributes) return undefined;
  const keys = [...left.cells.keys()];
  if (keys.includes('open') || keys.join() !== [...right.cells.keys()].join()) return undefined;
  const entries = new Map(keys.map(key => [key, inside(left.cells.get(key), right.cells.get(key)) ?? unknownValue]));
  return { ...left, ...machine.dictionary(entries) };
}
