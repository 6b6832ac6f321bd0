import { compare } from '../../algebra/bounds';
import { ceilDivide, floorDivide, isMultipleOf } from '../../algebra/division';
import { asConstant, constant, unknown, type Int } from '../../algebra/integer';
import type { Shape } from '../../frameworks/argument';
import { axisOf } from '../shapes/reshape';

/** The shape with two axes in each other's place. */
export function swapped(shape: Shape, first: number | undefined, second: number | undefined): Shape | undefined {
  const [a, b] = [axisOf(first, shape.length), axisOf(second, shape.length)];
  if (a === undefined || b === undefined) return undefined;
  return shape.map((size, axis) => (axis === a ? shape[b] : axis === b ? shape[a] : size) ?? unknown);
}

/** `(…, m, k) @ (…, k, n)`. */
export function matrixProduct(left: Shape | undefined, right: Shape | undefined): Shape | undefined {
  if (left === undefined || right === undefined || left.length < 2 || right.length < 2) return undefined;
  if (compare(left.at(-1) ?? unknown, right.at(-2) ?? unknown) === 'different') return undefined;
  const head = left.length >= right.length ? left.slice(0, -2) : right.slice(0, -2);
  return [...head, left.at(-2) ?? unknown, right.at(-1) ?? unknown];
}

/** `chunk`: equal parts, the last smaller. */
export function evenChunks(size: Int, count: number | undefined): readonly Int[] | undefined {
  if (count === undefined || count < 1 || count > 256) return undefined;
  if (isMultipleOf(size, count) === true) return Array.from({ length: count }, () => floorDivide(size, count));
  const length = asConstant(size);
  if (length === undefined) return size.known ? undefined : Array.from({ length: count }, () => unknown);
  return evenSplits(size, asConstant(ceilDivide(length, count)));
}

/** `split`: parts of a length, the last smaller. */
export function evenSplits(size: Int, length: number | undefined): readonly Int[] | undefined {
  const whole = asConstant(size);
  if (whole === undefined || length === undefined || length < 1 || whole / length > 256) return undefined;
  return Array.from({ length: Math.max(1, Math.ceil(whole / length)) }, (_, index) => constant(Math.min(length, whole - index * length)));
}
