import { atLeast, checkLength, type Values, valueCount, zerosLike } from './convolutionGeometry';

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
  return resample(geometry, input, (j, n, m) => {
    const at = alignment === 'corners' ? Math.floor(coordinate(j, n, m, alignment) + 0.5)
      : Math.floor((alignment === 'halfPixel' ? j + 0.5 : j) * n / m);
    return { low: Math.min(at, n - 1), high: 0, fraction: 0 };
  });
}

/**
 * Linear in one dimension, bilinear in two, trilinear in three: each output mixes the two inputs
 * beside its coordinate along every axis; beyond the outermost centres the border value continues.
 * @param input `[batch, channels, ...size]`
 * @returns `[batch, channels, ...outputSize]`
 * @throws RangeError when a length does not fit.
 */
export function bilinear<T extends Values>(geometry: ResamplingGeometry, input: T, alignment: Alignment = 'halfPixel'): T {
  return resample(geometry, input, (j, n, m) => {
    const at = Math.max(0, coordinate(j, n, m, alignment));
    const low = Math.min(Math.floor(at), n - 1);
    return { low, high: Math.min(low + 1, n - 1), fraction: at - low };
  });
}

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
  const { batch, channels, size, stride } = geometry;
  const outputSize = geometry.outputSize ?? size.map((inputs, axis) => inputs * (stride[axis] ?? 1));
  check({ batch, channels, size, outputSize }, input);
  const output = zerosLike(input, valueCount([batch, channels, ...outputSize]));
  const [nz, ny, nx] = three(size);
  const [mz, my, mx] = three(outputSize);
  const [sz, sy, sx] = three(stride);
  let read = 0;
  for (let plane = 0; plane < batch * channels; plane++) {
    for (let z = 0; z < nz; z++) for (let y = 0; y < ny; y++) for (let x = 0; x < nx; x++) {
      const value = input[read++] ?? 0;
      const inside = z * sz < mz && y * sy < my && x * sx < mx;
      if (inside) output[((plane * mz + z * sz) * my + y * sy) * mx + x * sx] = value;
    }
  }
  return output;
}

/** The inputs one output mixes along an axis: `low·(1 - fraction) + high·fraction`. */
interface Neighbours {
  readonly low: number;
  readonly high: number;
  readonly fraction: number;
}

/** Axis by axis: mixing is separable, and a zero fraction copies. */
function resample<T extends Values>(
  geometry: ResamplingGeometry, input: T, neighbours: (output: number, inputs: number, outputs: number) => Neighbours,
): T {
  check(geometry, input);
  for (const inputSize of geometry.size) atLeast(1, { inputSize });
  let values: Values = input;
  const shape = [geometry.batch, geometry.channels, ...geometry.size];
  geometry.outputSize.forEach((outputs, axis) => {
    const inputs = shape[axis + 2] ?? 1;
    const outer = valueCount(shape.slice(0, axis + 2));
    const inner = valueCount(shape.slice(axis + 3));
    const table = Array.from({ length: outputs }, (_, j) => neighbours(j, inputs, outputs));
    const mixed = new Float64Array(outer * outputs * inner);
    let written = 0;
    for (let row = 0; row < outer; row++) for (const { low, high, fraction } of table) {
      const from = (row * inputs + low) * inner;
      const other = (row * inputs + high) * inner;
      for (let i = 0; i < inner; i++) {
        const value = values[from + i] ?? 0;
        mixed[written++] = fraction === 0 ? value : value * (1 - fraction) + (values[other + i] ?? 0) * fraction;
      }
    }
    shape[axis + 2] = outputs;
    values = mixed;
  });
  const result = zerosLike(input, values.length);
  result.set(values);
  return result;
}

function coordinate(j: number, inputs: number, outputs: number, alignment: Alignment): number {
  if (alignment === 'corners') return outputs > 1 ? j * (inputs - 1) / (outputs - 1) : 0;
  return alignment === 'halfPixel' ? (j + 0.5) * inputs / outputs - 0.5 : j * inputs / outputs;
}

function check(geometry: ResamplingGeometry, input: Values): void {
  const { batch, channels, size, outputSize } = geometry;
  if (size.length < 1 || size.length > 3 || size.length !== outputSize.length) {
    throw new RangeError(`expected 1 to 3 axes and as many output sizes, got ${size.length} and ${outputSize.length}`);
  }
  atLeast(0, { batch, channels });
  for (const inputSize of size) atLeast(0, { inputSize });
  for (const outputs of outputSize) atLeast(0, { outputSize: outputs });
  checkLength('input', input, [batch, channels, ...size]);
}

function three(sizes: readonly number[]): readonly [number, number, number] {
  const [z, y, x] = [1, 1, ...sizes].slice(-3);
  return [z ?? 1, y ?? 1, x ?? 1];
}
