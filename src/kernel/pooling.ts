import { type Axis } from '../geometry/axis';
import { threeAxes } from './axisPlan';
import { atLeast, checkAxes, checkLength, type Values, valueCount, zerosLike } from './convolutionGeometry';

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
  const { batch, channels, axes } = geometry;
  check(geometry);
  checkLength('input', input, [batch, channels, ...axes.map(axis => axis.outputSize)]);
  const [z, y, x] = threeAxes(axes);
  const plane = z.outputSize * y.outputSize * x.outputSize;
  const pooled = valueCount([batch, channels, ...axes.map(axis => axis.inputSize)]);
  const values = zerosLike(input, pooled);
  const indices = new Int32Array(pooled);
  let written = 0;
  for (let start = 0; start < batch * channels * plane; start += plane) {
    for (let pz = 0; pz < z.inputSize; pz++) for (let py = 0; py < y.inputSize; py++) for (let px = 0; px < x.inputSize; px++) {
      let best = -Infinity;
      let bestIndex = -1;
      for (let tz = 0; tz < z.kernelSize; tz++) {
        const iz = position(z, pz, tz);
        if (iz < 0 || iz >= z.outputSize) continue;
        for (let ty = 0; ty < y.kernelSize; ty++) {
          const iy = position(y, py, ty);
          if (iy < 0 || iy >= y.outputSize) continue;
          for (let tx = 0; tx < x.kernelSize; tx++) {
            const ix = position(x, px, tx);
            if (ix < 0 || ix >= x.outputSize) continue;
            const index = (iz * y.outputSize + iy) * x.outputSize + ix;
            const value = input[start + index] ?? 0;
            if (bestIndex < 0 || value > best || (Number.isNaN(value) && !Number.isNaN(best))) [best, bestIndex] = [value, index];
          }
        }
      }
      values[written] = best;
      indices[written++] = bestIndex;
    }
  }
  return { values, indices };
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
  const { batch, channels, axes } = geometry;
  check(geometry);
  const shape = [batch, channels, ...axes.map(axis => axis.inputSize)];
  checkLength('values', values, shape);
  checkLength('indices', indices, shape);
  const pooledPlane = valueCount(shape.slice(2));
  const plane = valueCount(axes.map(axis => axis.outputSize));
  const output = zerosLike(values, batch * channels * plane);
  indices.forEach((index, at) => {
    if (index < -1 || index >= plane) throw new RangeError(`index ${index} lies outside a plane of ${plane} values`);
    if (index >= 0) output[Math.floor(at / pooledPlane) * plane + index] = values[at] ?? 0;
  });
  return output;
}

function position(axis: Axis, window: number, tap: number): number {
  return window * axis.stride + tap * axis.dilation - axis.cropLeft;
}

function check({ batch, channels, axes }: PoolingGeometry): void {
  checkAxes(axes);
  atLeast(0, { batch, channels });
}
