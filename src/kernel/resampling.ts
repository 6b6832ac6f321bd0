import { alongAxis } from './alongAxis';
import { floor, max, min } from './arithmetic';
import { checkGeometry, checkLength, typedLike, type Values } from './convolutionGeometry';

/** Planes of one size brought to another: `[batch, channels, ...size]` to `[batch, channels, ...outputSize]`. */
export interface ResamplingGeometry {
  readonly batch: number;
  readonly channels: number;
  readonly size: readonly number[];
  readonly outputSize: readonly number[];
}

/**
 * Which input coordinate an output `j` stands on, along an axis of `n` inputs and `m` outputs:
 * - `halfPixel` `(j + ½)·n/m - ½`: pixels have an extent (PyTorch `align_corners=False`, TensorFlow 2, Keras; for nearest PyTorch's `nearest-exact`)
 * - `corners` `j·(n - 1)/(m - 1)`: the outermost centres stay (`align_corners=True`)
 * - `origin` `j·n/m` (PyTorch's `nearest`, TensorFlow 1 without `align_corners`)
 */
export type Alignment = 'halfPixel' | 'corners' | 'origin';

/**
 * Each output copies one input: the one at the floor of its coordinate, for `halfPixel` the one whose extent it
 * falls in, for `corners` the rounded one (PyTorch's UpSample.h, TensorFlow's image_resizer_state.h).
 * @param input `[batch, channels, ...size]`
 * @returns `[batch, channels, ...outputSize]`
 * @throws RangeError when a length does not fit.
 */
export function nearest<T extends Values>(geometry: ResamplingGeometry, input: T, alignment: Alignment = 'origin'): T {
  const half = alignment === 'origin' ? 0 : 0.5;
  return resample(geometry, input, (j, n, m) => min(floor(coordinate(j, n, m, alignment) + half), n - 1));
}

/**
 * Linear in one dimension, bilinear in two, trilinear in three: each output mixes the two inputs
 * beside its coordinate along every axis; beyond the outermost centres the border value continues.
 * @param input `[batch, channels, ...size]`
 * @returns `[batch, channels, ...outputSize]`
 * @throws RangeError when a length does not fit.
 */
export const bilinear = <T extends Values>(geometry: ResamplingGeometry, input: T, alignment: Alignment = 'halfPixel'): T => resample(geometry, input, (j, n, m) => min(max(0, coordinate(j, n, m, alignment)), n - 1));

/**
 * Bed of nails: input `i` goes to output `i·stride`, zero elsewhere.
 * @param input `[batch, channels, ...size]`
 * @param geometry.outputSize by default `size·stride`
 * @returns `[batch, channels, ...outputSize]`
 * @throws RangeError when a length does not fit.
 */
export function bedOfNails<T extends Values>(
  geometry: Omit<ResamplingGeometry, 'outputSize'> & { readonly stride: readonly number[]; readonly outputSize?: readonly number[] },
  input: T,
): T {
  const { size, stride } = geometry;
  const apart = (axis: number): number => stride[axis] ?? 1;
  const outputSize = size.map((inputs, axis) => inputs * apart(axis));
  return resample({ outputSize, ...geometry }, input, (j, n, _m, axis) => j % apart(axis) === 0 && j / apart(axis) < n ? j / apart(axis) : -1);
}

/**
 * Axis by axis, since all of them are separable.
 * @param coordinateOf the input that an output is; between two inputs it mixes them, and where there is none (below 0) it is zero
 */
function resample<T extends Values>(
  geometry: ResamplingGeometry, input: T, coordinateOf: (output: number, inputs: number, outputs: number, axis: number) => number,
): T {
  const { batch, channels, size, outputSize } = geometry;
  const longer = size.length > outputSize.length ? size : outputSize;
  checkGeometry({ batch, channels, axes: longer.map((_, axis) => ({ inputSize: size[axis], outputSize: outputSize[axis] })) });
  checkLength('input', input, [batch, channels, ...size]);
  let values: ArrayLike<number> = input;
  const shape = [batch, channels, ...size];
  outputSize.forEach((outputs, axis) => {
    const given = values;
    const inputs = size[axis] ?? 1;
    const coordinates = Array.from({ length: outputs }, (_, j) => coordinateOf(j, inputs, outputs, axis));
    values = alongAxis(shape, axis + 2, outputs, (start, step, j) => {
      const at = coordinates[j] as number;
      const fraction = at % 1;
      const from = start + floor(at) * step;
      const value = at < 0 ? 0 : given[from] as number;
      return fraction > 0 ? value * (1 - fraction) + (given[from + step] as number) * fraction : value;
    });
    shape[axis + 2] = outputs;
  });
  return typedLike(input, values);
}

function coordinate(j: number, inputs: number, outputs: number, alignment: Alignment): number {
  if (alignment === 'corners') return outputs > 1 ? j * (inputs - 1) / (outputs - 1) : 0;
  return alignment === 'halfPixel' ? (j + 0.5) * inputs / outputs - 0.5 : j * inputs / outputs;
}
