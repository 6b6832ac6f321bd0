import { bounds, compare } from '../../algebra/bounds';
import { floorDivide, isMultipleOf } from '../../algebra/division';
import { asConstant, multiply, unknown, type Int } from '../../algebra/integer';
import type { Shape } from '../../frameworks/argument';

/** The shape that `reshape(target)` gives: one `-1` is what is left over. `undefined` where the elements cannot fit. */
export function reshaped(shape: Shape | undefined, target: readonly Int[]): Shape | undefined {
  const open = target.findIndex(size => asConstant(size) === -1);
  const given = target.filter((_, axis) => axis !== open);
  if (given.some(size => bounds(size).upper < 0)) return undefined;
  const total = shape === undefined ? unknown : multiply(...shape);
  const others = multiply(...given);
  if (open < 0) return compare(total, others) === 'different' ? undefined : target;
  if (isMultipleOf(total, others) === false) return undefined;
  const rest = isMultipleOf(total, others) === true ? floorDivide(total, others) : unknown;
  return target.map((size, axis) => axis === open ? rest : size);
}

/** Axes `start` to `end` as one. */
export function flattened(shape: Shape, start: number, end: number): Shape {
  const from = start < 0 ? start + shape.length : start;
  const to = end < 0 ? end + shape.length : end;
  if (from > to || from < 0 || to >= shape.length) return shape.map(() => unknown);
  return [...shape.slice(0, from), multiply(...shape.slice(from, to + 1)), ...shape.slice(to + 1)];
}

/** An axis counted from either end, as Python does; `undefined` outside the shape. */
export function axisOf(axis: number | undefined, rank: number): number | undefined {
  if (axis === undefined) return undefined;
  const absolute = axis < 0 ? axis + rank : axis;
  return absolute >= 0 && absolute < rank ? absolute : undefined;
}
