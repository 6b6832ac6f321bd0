import { dictionaryKey } from './arithmetic';
import { sizeOf, spendOn } from './costs';
import type { Machine } from './machine';
import { asDictionary } from './namespaces';
import { asItems, unknownValue, type Arguments, type Value } from './values';

/** A dictionary whose entries are attributes as well, also of those within it. */
export function withAttributes(value: Value): Value {
  if (value.kind !== 'dictionary') return value;
  for (const cell of value.cells.keys()) {
    const inner = value.cells.get(cell);
    if (inner?.kind === 'dictionary') value.cells.set(cell, withAttributes(inner));
  }
  return { ...value, attributes: true };
}

/** A copy of a list or dictionary, and of those in it down to a depth. */
export function copied(machine: Machine, value: Value, depth: number): Value {
  spendOn(machine, 4 * sizeOf(value));
  const inside = (each: Value): Value => depth === 0 ? each : copied(machine, each, depth - 1);
  const items = asItems(value);
  if (value.kind === 'list') return machine.list(items?.map(inside));
  if (value.kind === 'tuple') return { ...value, items: value.items.map(inside) };
  const whole = asDictionary(machine, value);
  if (whole.kind !== 'dictionary') return value;
  return { ...whole, ...machine.dictionary(new Map([...whole.cells.keys()].map(key => [key, inside(whole.cells.get(key) ?? unknownValue)]))) };
}

/** `dict(entries, name=value)`. */
export function dictionaryOf(machine: Machine, values: readonly Value[], given: Arguments): Value {
  const entries = new Map<string, Value>();
  const [first] = values;
  if (first?.kind === 'dictionary') {
    for (const cell of first.cells.keys()) entries.set(cell, first.cells.get(cell) ?? unknownValue);
  } else if (first !== undefined) {
    const pairs = machine.items(first);
    if (pairs === undefined) return machine.dictionary(undefined);
    for (const pair of pairs) {
      const [key, value] = machine.items(pair) ?? [];
      const cell = key === undefined ? undefined : dictionaryKey(key);
      if (cell === undefined || value === undefined) return machine.dictionary(undefined);
      entries.set(cell, value);
    }
  }
  for (const { name, value } of given.keywords) entries.set(`s:${name}`, value);
  return machine.dictionary(entries);
}
