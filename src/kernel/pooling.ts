import type { Axis } from '../geometry/axis';
import { alongAxis } from './alongAxis';
import { floor } from './arithmetic';
import { checkGeometry, checkLength, inputShape, outputShape, typedLike, valueCount, type Values } from './convolutionGeometry';

/**
 * A max pooling and the unpooling that undoes it. Like a convolution, the pooling runs from the
 * output side of each axis to its input side, and the unpooling back up (`convolutionAxis` makes such axes).
 */
export interface PoolingGeometry {
  readonly batch: number;
  readonly channels: number;
  readonly axes: readonly Axis[];
}

/**
 * The largest value under each window and where it was. Padding never wins, of equal values the
 * first, and NaN over all (PyTorch's MaxPool2d).
 * @param input `[batch, channels, ...outputSize]`
 * @returns `values` and `indices`, both `[batch, channels, ...inputSize]`; an index counts within its
 * channel's plane, row-major, and is -1 (with value -Infinity) where the window holds no input at all.
 * @throws RangeError when a length does not fit.
 */
export function maxPool<T extends Values>(geometry: PoolingGeometry, input: T): { readonly values: T; readonly indices: Int32Array } {
  const { axes } = geometry;
  const { full, pooled } = shapes(geometry);
  checkLength('input', input, full);
  // Where the largest was so far: sought along one axis after the other, the last first, so that of equal ones the first in the plane stays.
  let largest: ArrayLike<number> = Array.from(input.keys());
  for (let axis = axes.length - 1; axis >= 0; axis--) {
    const { inputSize, outputSize, kernelSize, stride, dilation, cropLeft } = axes[axis] as Axis;
    const found = largest;
    largest = alongAxis([...full.slice(0, axis + 3), ...pooled.slice(axis + 3)], axis + 2, inputSize, (start, step, window) => {
      let best = -1;
      for (let tap = 0; tap < kernelSize; tap++) {
        const at = window * stride + tap * dilation - cropLeft;
        const other = at < 0 || at >= outputSize ? -1 : found[start + at * step] as number;
        // Also a NaN, if it is the first.
        if (other >= 0 && (best < 0 || !((input[other] as number) <= (input[best] as number)) && !Number.isNaN(input[best]))) best = other;
      }
      return best;
    });
  }
  const plane = valueCount(full.slice(2));
  return {
    values: typedLike(input, largest.length).map((_, at) => input[largest[at] as number] ?? -Infinity) as T,
    indices: Int32Array.from(largest, at => at < 0 ? at : at % plane),
  };
}

/**
 * Puts each value where the pooling took it from, zero elsewhere; of values with the same index the last stays
 * (PyTorch's MaxUnpool2d, which leaves the choice open).
 * @param values `[batch, channels, ...inputSize]`
 * @param indices as {@link maxPool} gives them; -1 is left out
 * @returns `[batch, channels, ...outputSize]`
 * @throws RangeError when a length does not fit or an index lies outside the plane.
 */
export function maxUnpool<T extends Values>(geometry: PoolingGeometry, values: T, indices: Int32Array): T {
  const { full, pooled } = shapes(geometry);
  checkLength('values', values, pooled);
  checkLength('indices', indices, pooled);
  const pooledPlane = valueCount(pooled.slice(2));
  const plane = valueCount(full.slice(2));
  const output = typedLike(values, valueCount(full));
  indices.forEach((index, at) => {
    if (index < -1 || index >= plane) throw new RangeError(`index ${index} lies outside a plane of ${plane} values`);
    if (index >= 0) output[floor(at / pooledPlane) * plane + index] = values[at] as number;
  });
  return output;
}

/** Before the pooling, and after it. */
function shapes(geometry: PoolingGeometry): { readonly full: readonly number[]; readonly pooled: readonly number[] } {
  checkGeometry(geometry);
  const asConvolution = { ...geometry, inputChannels: geometry.channels, outputChannels: geometry.channels };
  return { full: outputShape(asConvolution), pooled: inputShape(asConvolution) };
}
