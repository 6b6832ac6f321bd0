import { bounds } from '../algebra/bounds';
import { subtract } from '../algebra/integer';
import { asReal, toInteger } from './arithmetic';
import type { Machine } from './machine';
import { asInteger, integer, unknownValue, type Value } from './values';

/** A function of real numbers; unknown where the argument is, or the result is not finite. */
export function real(value: Value, compute: (x: number) => number): Value {
  const x = asReal(value);
  const result = x === undefined ? NaN : compute(x);
  return Number.isFinite(result) ? { kind: 'float', value: result } : unknownValue;
}

/** `math.ceil`, `math.floor` and NumPy's, which stay floats. */
export function rounding(value: Value, round: (x: number) => number, machine: Machine, float: boolean): Value {
  const x = asReal(value);
  if (x !== undefined) return float ? { kind: 'float', value: round(x) } : integer(round(x));
  if (value.kind !== 'ratio') return unknownValue;
  const down = toInteger(value);
  if (round === Math.floor) return down;
  // ceil(a / b) = -((-a) // b)
  return machine.binary('*', integer(-1), machine.binary('//', machine.binary('*', integer(-1), integer(value.numerator)), integer(value.denominator)));
}

/** `abs(value)`. */
export function absolute(value: Value): Value {
  if (value.kind === 'float') return { ...value, value: Math.abs(value.value) };
  const int = asInteger(value);
  if (int === undefined) return unknownValue;
  const range = bounds(int);
  return range.lower >= 0 ? integer(int) : range.upper <= 0 ? integer(subtract(0, int)) : unknownValue;
}

/** Python rounds halves to even. */
export function round(value: Value, digits: Value | undefined): Value {
  if (digits !== undefined) return unknownValue;
  const x = asReal(value);
  if (x === undefined) return value.kind === 'integer' ? value : unknownValue;
  const down = Math.floor(x);
  return integer(x - down === 0.5 ? (down % 2 === 0 ? down : down + 1) : Math.round(x));
}
