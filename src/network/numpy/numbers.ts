import { constant } from '../../algebra/integer';
import { maximum, minimum } from '../../algebra/maximum';
import { toInteger } from '../../python/arithmetic';
import { rounding } from '../../python/realNumbers';
import type { Machine } from '../../python/machine';
import { asInteger, asItems, boolean, integer, type Value } from '../../python/values';
import { asTensor, hostValue } from '../values';

/** Arrays of numbers that the code writes down, as paddings are worked out with; more are tensors like others. */
const mostNumbers = 16;

/** An array with one axis of which the numbers are known. */
export function numberArray(numbers: readonly Value[]): Value {
  return hostValue({ type: 'tensor', shape: [constant(numbers.length)], origin: undefined, numbers });
}

/** `np.array([1, 2])`, `np.atleast_1d(3)`: the array for a flat list, or for one number. `undefined`: it is none. */
export function toNumberArray(value: Value | undefined, single: boolean): Value | undefined {
  if (value === undefined) return undefined;
  const items = numbersOf(value) ?? asItems(value) ?? (single ? [value] : undefined);
  return items !== undefined && items.length > 0 && items.length <= mostNumbers && items.every(isNumber) ? numberArray(items) : undefined;
}

/** One number as a tensor without axes: `torch.tensor(3)`. */
export function numberTensor(number: Value): Value {
  return hostValue({ type: 'tensor', shape: [], origin: undefined, numbers: [number] });
}

/** The number that a tensor without axes is known to be; any other value as it is. */
export function plainNumber(value: Value): Value {
  const known = asTensor(value);
  return known?.shape?.length === 0 ? known.numbers?.[0] ?? value : value;
}

/** The numbers of such an array. */
export function numbersOf(value: Value): readonly Value[] | undefined {
  return asTensor(value)?.numbers;
}

/** `left operator right` number by number, where both are known. */
export function combineNumbers(machine: Machine, operator: string, left: Value, right: Value): Value | undefined {
  const [a, b] = [numbersOf(left), numbersOf(right)];
  const [p, q] = [a ?? (isNumber(left) ? [left] : undefined), b ?? (isNumber(right) ? [right] : undefined)];
  if (p === undefined || q === undefined || (a === undefined && b === undefined)) return undefined;
  // What is unknown beside a single number may be a tensor.
  if ([left, right].some(each => each.kind === 'unknown') && plainNumber(a === undefined ? right : left).kind !== 'host') return undefined;
  const count = Math.max(p.length, q.length);
  if ((p.length !== count && p.length !== 1) || (q.length !== count && q.length !== 1)) return undefined;
  const pick = (list: readonly Value[], index: number): Value => list[list.length === 1 ? 0 : index] ?? { kind: 'unknown' };
  const compared = /^(?:[<>]=?|[=!]=)$/.test(operator);
  const results = Array.from({ length: count }, (_, index) =>
    compared ? machine.compare(operator, pick(p, index), pick(q, index)) : machine.binary(operator, pick(p, index), pick(q, index)));
  const [only] = results;
  return only !== undefined && [left, right].every(each => (asTensor(each)?.shape?.length ?? 0) === 0) ? numberTensor(only) : numberArray(results);
}

/** Methods of such an array, and functions on it, that give numbers again. */
export function numbersMethod(machine: Machine, array: Value, name: string): Value | undefined {
  const tensor = asTensor(array);
  const numbers = tensor?.numbers ?? asItems(array);
  if (numbers === undefined) return undefined;
  const alike = (all: readonly Value[]): Value => tensor?.shape?.length === 0 && all[0] !== undefined ? numberTensor(all[0]) : numberArray(all);
  switch (name) {
    case 'tolist': return machine.list(numbers);
    case 'astype.int': return alike(numbers.map(toInteger));
    case 'ceil': case 'floor': return alike(numbers.map(each => rounding(each, name === 'ceil' ? Math.ceil : Math.floor, machine, false)));
    case 'item': return numbers.length === 1 ? numbers[0] : undefined;
    case 'sum': return numbers.reduce((total, each) => machine.binary('+', total, each));
    case 'prod': return numbers.reduce((total, each) => machine.binary('*', total, each), integer(1));
    case 'max': case 'min': {
      const whole = numbers.map(asInteger).filter(each => each !== undefined);
      return whole.length < numbers.length ? undefined : integer(whole.reduce((best, other) => name === 'max' ? maximum(best, other) : minimum(best, other)));
    }
    case 'any': case 'all': {
      const truths = numbers.map(each => machine.truth(each));
      if (truths.includes(name === 'any')) return boolean(name === 'any');
      return truths.includes(undefined) ? { kind: 'unknown' } : boolean(name === 'all');
    }
    default: return undefined;
  }
}

function isNumber(value: Value): boolean {
  return value.kind === 'integer' || value.kind === 'float' || value.kind === 'boolean' || value.kind === 'ratio' || (value.kind === 'unknown' && value.name !== undefined);
}
