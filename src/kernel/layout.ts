import { checkLength, typedLike, valueCount, type Values } from './convolutionGeometry';

/**
 * The kernel knows one layout: `[batch, channels, ...size]` and weights
 * `[inputChannels, outputChannels / groups, ...kernelSize]`. What comes in another is converted here, at the edge.
 */

/**
 * Where a framework keeps the weights of a transposed convolution (`I` input channels, `O` output
 * channels of a group, `K` the kernel's axes):
 * - `IOK` PyTorch, ONNX, Paddle, MXNet, tinygrad
 * - `KOI` TensorFlow, Keras, tfjs, Haiku, JAX and Flax with `transpose_kernel`
 * - `KIO` JAX and Flax otherwise
 * - `OKI` MLX
 * - `OIK` Equinox, whose `O` counts all output channels and whose `I` those of a group
 */
export type WeightLayout = 'IOK' | 'KOI' | 'KIO' | 'OKI' | 'OIK';

/** Groups, input and output channels of a group, the kernel's axes. */
const canonical = 'giok';
/** The groups are the outer part of the channels that count them all: `I`, but `O` where outputs come first. */
const weightOrders: Readonly<Record<WeightLayout, string>> = { IOK: canonical, KOI: 'kogi', KIO: 'kgio', OKI: 'goki', OIK: 'goik' };

/**
 * @param weights in `layout`; with groups, `I` counts all input channels and `O` those of one group,
 * except in `OIK` and `OKI`, where `O` counts all and `I` those of one group.
 * @param shape the canonical `[inputChannels, outputChannels / groups, ...kernelSize]`
 */
export const weightsFrom = <T extends Values>(layout: WeightLayout, weights: T, shape: readonly number[], groups?: number): T => reorder(weights, shape, weightOrders[layout], canonical, groups);

/** The other way round, from `[inputChannels, outputChannels / groups, ...kernelSize]`, the shape given. */
export const weightsTo = <T extends Values>(layout: WeightLayout, weights: T, shape: readonly number[], groups?: number): T => reorder(weights, shape, canonical, weightOrders[layout], groups);

// A tensor `[batch, channels, ...size]` is reordered as weights of one group are.

/** `[batch, ...size, channels]` (NHWC and its like) to `[batch, channels, ...size]`, the shape given. */
export const channelsFirst = <T extends Values>(values: T, shape: readonly number[]): T => reorder(values, shape, 'giko', canonical);

/** `[batch, channels, ...size]`, the shape given, to `[batch, ...size, channels]` (NHWC and its like). */
export const channelsLast = <T extends Values>(values: T, shape: readonly number[]): T => reorder(values, shape, canonical, 'giko');

/**
 * From one order of axes, a letter each, to another.
 * @throws RangeError when the number of values is not that of the shape.
 */
function reorder<T extends Values>(values: T, shape: readonly number[], from: string, to: string, groups = 1): T {
  checkLength('values', values, shape);
  const [inputs = 0, outputs = 0, ...kernelSize] = shape;
  const sizes: Readonly<Record<string, number>> = { g: groups, i: inputs / groups, o: outputs, k: valueCount(kernelSize) };
  const sizeOf = (axis: string): number => sizes[axis] ?? 1;
  const apart = Array.from(to, axis => valueCount(Array.from(from.split(axis)[1] ?? '', sizeOf)));
  const result = typedLike(values, values.length);
  let written = 0;
  const copy = (place: number, start: number): void => {
    if (place === 4) result[written++] = values[start] as number;
    else for (let index = 0; index < sizeOf(to.charAt(place)); index++) copy(place + 1, start + index * (apart[place] ?? 0));
  };
  copy(0, 0);
  return result;
}
