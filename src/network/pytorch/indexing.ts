import { bounds } from '../../algebra/bounds';
import { add, asConstant, constant, one, subtract, unknown, type Int } from '../../algebra/integer';
import type { Shape } from '../../frameworks/argument';
import { sliceRange } from '../../python/items';
import type { Value } from '../../python/values';

/** `tensor[index]`: integers drop an axis, slices cut it, `None` adds one, `...` skips. */
export function indexed(shape: Shape | undefined, index: Value): Shape | undefined {
  if (shape === undefined) return undefined;
  const indices = index.kind === 'tuple' ? index.items : [index];
  const consuming = indices.filter(item => item.kind !== 'none' && item.kind !== 'ellipsis').length;
  if (consuming > shape.length) return undefined;
  const result: Int[] = [];
  let axis = 0;
  for (const item of indices) {
    if (item.kind === 'none') result.push(one);
    else if (item.kind === 'ellipsis') {
      const skipped = shape.length - consuming;
      result.push(...shape.slice(axis, axis + skipped));
      axis += skipped;
    } else if (item.kind === 'slice') {
      result.push(sliced(shape[axis] ?? unknown, item.lower, item.upper, item.step));
      axis++;
    } else if (item.kind === 'integer') {
      const size = shape[axis] ?? unknown;
      if (bounds(subtract(item.value, size)).lower >= 0 || bounds(add(item.value, size)).upper < 0) return undefined;
      axis++;
    }
    else return undefined;
  }
  return [...result, ...shape.slice(axis)];
}

function sliced(size: Int, lower: Value, upper: Value, step: Value): Int {
  if (lower.kind === 'none' && upper.kind === 'none' && step.kind === 'none') return size;
  const length = asConstant(size);
  if (length !== undefined) {
    const range = sliceRange(length, lower, upper, step);
    return range === undefined ? unknown : constant(Math.max(0, Math.ceil((range.stop - range.start) / range.step)));
  }
  // `x[:, :-1]` and `x[:, 1:]` of an unknown size: taken away from either end.
  const by = step.kind === 'none' ? 1 : undefined;
  const from = lower.kind === 'none' ? 0 : lower.kind === 'integer' ? asConstant(lower.value) : undefined;
  const to = upper.kind === 'none' ? 0 : upper.kind === 'integer' ? asConstant(upper.value) : undefined;
  if (by === undefined || from === undefined || to === undefined || from < 0 || to > 0) return unknown;
  // Only where enough is certainly there.
  return from - to === 0 ? size : add(subtract(size, from), to);
}
