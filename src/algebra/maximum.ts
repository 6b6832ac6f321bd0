/** The larger and the smaller of two symbolic integers, as sums with `max(x, 0)`. */

import { bounds } from './bounds';
import { contentOf, divideCoefficients, isReversed } from './coefficients';
import { add, fromAtom, keyOf, multiply, nameOf, negate, subtract, toInt, unknown, zero, type Int, type IntLike } from './integer';

export function maximum(left: IntLike, right: IntLike): Int {
  const base = toInt(right);
  return add(base, positivePart(subtract(left, base)));
}

export function minimum(left: IntLike, right: IntLike): Int {
  return negate(maximum(negate(left), negate(right)));
}

/** `max(value, 0)`. */
export function positivePart(value: IntLike): Int {
  const argument = toInt(value);
  if (!argument.known) return unknown;
  const range = bounds(argument);
  if (range.lower >= 0) return argument;
  if (range.upper <= 0) return zero;
  const shared = contentOf(argument);
  if (shared > 1) return multiply(shared, positivePart(divideCoefficients(argument, shared)));
  // One of x and -x is chosen, so that max(a, b) and max(b, a) are the same.
  if (isReversed(argument)) return add(argument, positivePart(negate(argument)));
  return fromAtom({ kind: 'positivePart', key: `\u0001max(${keyOf(argument)},0)`, name: `\u0001max(${nameOf(argument)},0)`, argument });
}
