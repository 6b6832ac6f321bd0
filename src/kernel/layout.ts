import { checkLength, type Values, valueCount, zerosLike } from './convolutionGeometry';

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

/**
 * @param weights in `layout`; with groups, `I` counts all input channels and `O` those of one group,
 * except in `OIK` and `OKI`, where `O` counts all and `I` those of one group.
 * @param shape the canonical `[inputChannels, outputChannels / groups, ...kernelSize]`
 */
export function weightsFrom<T extends Values>(layout: WeightLayout, weights: T, shape: readonly number[], groups = 1): T {
  const [inputChannels = 0, groupOutputs = 0, ...kernelSize] = shape;
  const axes = kernelSize.map((_, axis) => axis);
  const kernelLast = axes.map(axis => axis + 2);
  checkLength('weights', weights, shape);
  if (layout === 'IOK') return weights;
  if (layout === 'KOI') return permute(weights, [...kernelSize, groupOutputs, inputChannels], [axes.length + 1, axes.length, ...axes]);
  if (layout === 'KIO') return permute(weights, [...kernelSize, inputChannels, groupOutputs], [axes.length, axes.length + 1, ...axes]);
  const groupInputs = inputChannels / groups;
  const outputsFirst = layout === 'OIK' ? weights
    : permute(weights, [groups * groupOutputs, ...kernelSize, groupInputs], [0, axes.length + 1, ...axes.map(axis => axis + 1)]);
  return permute(outputsFirst, [groups, groupOutputs, groupInputs, ...kernelSize], [0, 2, 1, ...kernelLast.map(axis => axis + 1)]);
}

/**
 * Canonical weights of the adjoint, that runs the other way: `[outputChannels, inputChannels / groups, ...kernelSize]`.
 * @param shape `[inputChannels, outputChannels / groups, ...kernelSize]`
 */
export function swapChannels<T extends Values>(weights: T, shape: readonly number[], groups: number): T {
  const [inputChannels = 0, groupOutputs = 0, ...kernelSize] = shape;
  return permute(weights, [groups, inputChannels / groups, groupOutputs, ...kernelSize], [0, 2, 1, ...kernelSize.map((_, axis) => axis + 3)]);
}

/** `[batch, ...size, channels]` (NHWC and its like) to `[batch, channels, ...size]`, the shape given. */
export function channelsFirst<T extends Values>(values: T, shape: readonly number[]): T {
  const [batch = 0, channels = 0, ...size] = shape;
  return permute(values, [batch, ...size, channels], [0, size.length + 1, ...size.map((_, axis) => axis + 1)]);
}

/** `[batch, channels, ...size]`, the shape given, to `[batch, ...size, channels]` (NHWC and its like). */
export function channelsLast<T extends Values>(values: T, shape: readonly number[]): T {
  return permute(values, shape, [0, ...shape.slice(2).map((_, axis) => axis + 2), 1]);
}

/**
 * Axis `a` of the result is axis `order[a]` of `values`.
 * @throws RangeError when the number of values is not that of `shape`.
 */
export function permute<T extends Values>(values: T, shape: readonly number[], order: readonly number[]): T {
  checkLength('values', values, shape);
  const size = order.map(axis => shape[axis] ?? 1);
  const step = order.map(axis => valueCount(shape.slice(axis + 1)));
  const result = zerosLike(values, values.length);
  let written = 0;
  const copy = (axis: number, from: number): void => {
    const length = size[axis] ?? 1;
    const apart = step[axis] ?? 1;
    for (let index = 0; index < length; index++) {
      if (axis < size.length - 1) copy(axis + 1, from + index * apart);
      else result[written++] = values[from + index * apart] ?? 0;
    }
  };
  if (values.length > 0) copy(0, 0);
  return result;
}
