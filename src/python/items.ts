import { asConstant } from '../algebra/integer';
import { dictionaryKey } from './arithmetic';
import type { Machine } from './machine';
import { namespaceItem } from './namespaces';
import { asInteger, asItems, named, string, tuple, unknownValue, type Value } from './values';

/** `object[index]` for what Python itself has. */
export function itemOf(machine: Machine, object: Value, index: Value): Value {
  if (object.kind === 'dictionary') {
    const key = dictionaryKey(index);
    return key === undefined ? unknownValue : object.cells.get(key) ?? unknownValue;
  }
  if (object.kind === 'namespace') return namespaceItem(machine, object, index) ?? unknownValue;
  if (object.kind === 'string') {
    const at = index.kind === 'integer' ? asConstant(index.value) : undefined;
    const character = at === undefined ? undefined : [...object.value].at(at);
    return character === undefined ? unknownValue : string(character);
  }
  const items = asItems(object);
  if (items === undefined) {
    const at = index.kind === 'integer' ? asConstant(index.value) : index.kind === 'string' ? JSON.stringify(index.value) : undefined;
    return object.kind === 'unknown' && object.name !== undefined && at !== undefined
      ? named(`${object.name}[${at}]`, `${object.key ?? object.name}[${at}]`)
      : unknownValue;
  }
  if (index.kind === 'slice') {
    const part = sliceItems(items, index.lower, index.upper, index.step);
    return object.kind === 'tuple' ? part === undefined ? unknownValue : tuple(part) : machine.list(part);
  }
  const at = asInteger(index);
  const place = at === undefined ? undefined : asConstant(at);
  return place === undefined ? unknownValue : items.at(place) ?? unknownValue;
}

/** `items[lower:upper:step]`, where the bounds are plain numbers. */
export function sliceItems<T>(items: readonly T[], lower: Value, upper: Value, step: Value): T[] | undefined {
  const range = sliceRange(items.length, lower, upper, step);
  if (range === undefined) return undefined;
  const part: T[] = [];
  for (let at = range.start; range.step > 0 ? at < range.stop : at > range.stop; at += range.step) {
    const item = items[at];
    if (item !== undefined) part.push(item);
  }
  return part;
}

/** The positions of a slice of a sequence of the given length, as Python clamps them. */
export function sliceRange(length: number, lower: Value, upper: Value, step: Value): { start: number; stop: number; step: number } | undefined {
  const number = (value: Value): number | null | undefined =>
    value.kind === 'none' ? null : value.kind === 'integer' ? asConstant(value.value) : undefined;
  const [a, b, c] = [number(lower), number(upper), number(step)];
  if (a === undefined || b === undefined || c === undefined || c === 0) return undefined;
  const by = c ?? 1;
  const clamp = (value: number): number => {
    const absolute = value < 0 ? value + length : value;
    return by > 0 ? Math.min(Math.max(absolute, 0), length) : Math.min(Math.max(absolute, -1), length - 1);
  };
  return {
    start: a === null ? (by > 0 ? 0 : length - 1) : clamp(a),
    stop: b === null ? (by > 0 ? length : -1) : clamp(b),
    step: by,
  };
}
