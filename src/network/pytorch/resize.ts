import { floorDivide } from '../../algebra/division';
import { asConstant, constant, multiply, unknown, type Int } from '../../algebra/integer';
import type { Shape } from '../../frameworks/argument';
import type { Machine } from '../../python/machine';
import { asReal } from '../../python/arithmetic';
import { asInteger, type Value } from '../../python/values';
import { fitting } from '../shapes/window';

/** `F.interpolate` and `nn.Upsample`: a given size, or `floor(n · scale)`. */
export function resized(shape: Shape, size: Value | undefined, scale: Value | undefined, machine: Machine): Shape | undefined {
  const rank = shape.length - 2;
  if (rank < 1) return undefined;
  const head = shape.slice(0, 2);
  const spatial = shape.slice(2);
  const isGiven = (value: Value | undefined): boolean => value !== undefined && value.kind !== 'none' && value.kind !== 'unknown';
  if (isGiven(size) && isGiven(scale)) return undefined;
  if (size !== undefined && size.kind !== 'none') {
    const items = machine.items(size);
    if (items !== undefined) return items.length === rank ? [...head, ...items.map(item => asInteger(item) ?? unknown)] : undefined;
    const one = asInteger(size) ?? unknown;
    return [...head, ...spatial.map(() => one)];
  }
  if (scale === undefined || scale.kind === 'none') return [...head, ...spatial.map(() => unknown)];
  const items = machine.items(scale);
  const result = fitting(spatial.map((length, axis) => scaled(length, items === undefined ? scale : items[axis])));
  return result && [...head, ...result];
}

const ranks: Readonly<Record<string, number>> = { linear: 3, bilinear: 4, bicubic: 4, trilinear: 5 };

/** Whether tensors with so many axes can be resized in that way. */
export function resizeTakes(mode: string | undefined, rank: number): boolean {
  const wanted = ranks[mode ?? ''];
  return wanted === undefined || wanted === rank;
}

/** `floor(n · scale)`, in double precision as PyTorch computes it. */
function scaled(size: Int, scale: Value | undefined): Int {
  if (scale === undefined) return unknown;
  const symbol = scale.kind === 'integer' || scale.kind === 'unknown' ? asInteger(scale) : undefined;
  if (symbol !== undefined) return multiply(size, symbol);
  const factor = asReal(scale);
  if (factor === undefined) return unknown;
  if (Number.isInteger(factor)) return multiply(size, factor);
  const known = asConstant(size);
  if (known !== undefined) return constant(Math.floor(known * factor));
  for (const denominator of [2, 4, 8, 16]) {
    if (Number.isInteger(factor * denominator)) return floorDivide(multiply(size, factor * denominator), denominator);
  }
  return unknown;
}
