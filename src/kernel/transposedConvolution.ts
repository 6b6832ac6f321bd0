import { checkGeometry, checkLength, type ConvolutionGeometry, inputShape, outputShape, type Values, valueCount, weightsShape, zerosLike } from './convolutionGeometry';
import { forEachRun } from './direct';

/**
 * Transposed convolution: input `i` and tap `t` add `input[i]·weights[t]` at position
 * `i·stride + t·dilation` of the full result, of which the output is the window that starts at
 * `cropLeft`; what lies outside the full result is zero; the bias is added everywhere
 * (the definition in PyTorch's and TensorFlow's terms: Dumoulin and Visin, arXiv:1603.07285, chapter 4).
 * @param input `[batch, inputChannels, ...inputSize]`
 * @param weights `[inputChannels, outputChannels / groups, ...kernelSize]`
 * @param bias `[outputChannels]`
 * @returns `[batch, outputChannels, ...outputSize]`
 * @throws RangeError when a length does not fit the geometry.
 */
export function transposedConvolution<T extends Values>(geometry: ConvolutionGeometry, input: T, weights: Values, bias?: Values): T {
  checkGeometry(geometry);
  checkLength('input', input, inputShape(geometry));
  checkLength('weights', weights, weightsShape(geometry));
  const sums = startingWithBias(outputShape(geometry), bias);
  const stride = lastStride(geometry);
  forEachRun(geometry, (weight, from, to, count) => {
    const factor = weights[weight] ?? 0;
    for (let i = 0, o = to; i < count; i++, o += stride) sums[o] = (sums[o] ?? 0) + factor * (input[from + i] ?? 0);
  });
  return as(input, sums);
}

/**
 * Convolution (cross-correlation, as all frameworks call it), the adjoint of {@link transposedConvolution}
 * of the same geometry and therefore also its gradient for the input:
 * `result[i] = Σ_t weights[t]·input[i·stride + t·dilation - cropLeft]`, zero outside.
 * @param input `[batch, outputChannels, ...outputSize]`: it runs from the geometry's output side
 * @param weights `[inputChannels, outputChannels / groups, ...kernelSize]`, which is PyTorch's layout for Conv2d
 * @param bias `[inputChannels]`
 * @returns `[batch, inputChannels, ...inputSize]`
 * @throws RangeError when a length does not fit the geometry.
 */
export function convolution<T extends Values>(geometry: ConvolutionGeometry, input: T, weights: Values, bias?: Values): T {
  checkGeometry(geometry);
  checkLength('input', input, outputShape(geometry));
  checkLength('weights', weights, weightsShape(geometry));
  const sums = startingWithBias(inputShape(geometry), bias);
  const stride = lastStride(geometry);
  forEachRun(geometry, (weight, to, from, count) => {
    const factor = weights[weight] ?? 0;
    for (let i = 0, o = from; i < count; i++, o += stride) sums[to + i] = (sums[to + i] ?? 0) + factor * (input[o] ?? 0);
  });
  return as(input, sums);
}

/**
 * Gradient of {@link transposedConvolution} for its weights, and of {@link convolution} too: the
 * result is bilinear in input side and output side, `Σ_i input[i]·output[i·stride + t·dilation - cropLeft]`.
 * @param input `[batch, inputChannels, ...inputSize]`
 * @param outputGradient `[batch, outputChannels, ...outputSize]`
 * @returns `[inputChannels, outputChannels / groups, ...kernelSize]`
 * @throws RangeError when a length does not fit the geometry.
 */
export function weightGradient<T extends Values>(geometry: ConvolutionGeometry, input: T, outputGradient: Values): T {
  checkGeometry(geometry);
  checkLength('input', input, inputShape(geometry));
  checkLength('output gradient', outputGradient, outputShape(geometry));
  const sums = new Float64Array(valueCount(weightsShape(geometry)));
  const stride = lastStride(geometry);
  forEachRun(geometry, (weight, from, to, count) => {
    let sum = 0;
    for (let i = 0, o = to; i < count; i++, o += stride) sum += (input[from + i] ?? 0) * (outputGradient[o] ?? 0);
    sums[weight] = (sums[weight] ?? 0) + sum;
  });
  return as(input, sums);
}

function startingWithBias(shape: readonly number[], bias: Values | undefined): Float64Array {
  const [batch = 0, channels = 0, ...size] = shape;
  const values = new Float64Array(valueCount(shape));
  if (bias === undefined) return values;
  checkLength('bias', bias, [channels]);
  const plane = valueCount(size);
  for (let index = 0; index < batch * channels; index++) values.fill(bias[index % channels] ?? 0, index * plane, (index + 1) * plane);
  return values;
}

function lastStride(geometry: ConvolutionGeometry): number {
  return geometry.axes.at(-1)?.stride ?? 1;
}

function as<T extends Values>(like: T, values: Float64Array): T {
  if (like instanceof Float64Array) return values as Values as T;
  const result = zerosLike(like, values.length);
  result.set(values);
  return result;
}
