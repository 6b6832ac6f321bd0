import { checkGeometry, checkLength, type ConvolutionGeometry, inputShape, outputShape, type Values, valueCount, zerosLike } from './convolutionGeometry';
import { engineFor, Operator } from './operator';
import { type Direction } from './plan';

/**
 * Transposed convolution: input `i` and tap `t` add `input[i]·weights[t]` at position
 * `i·stride + t·dilation` of the full result, of which the output is the window that starts at
 * `cropLeft`; what lies outside the full result is zero; the bias is added everywhere
 * (the definition in PyTorch's and TensorFlow's terms: Dumoulin and Visin, arXiv:1603.07285, chapter 4).
 *
 * These functions do a whole job at once. To run one geometry many times, keep an `Operator`.
 * @param input `[batch, inputChannels, ...inputSize]`
 * @param weights `[inputChannels, outputChannels / groups, ...kernelSize]`
 * @param bias `[outputChannels]`
 * @returns `[batch, outputChannels, ...outputSize]`
 * @throws RangeError when a length does not fit the geometry.
 */
export function transposedConvolution<T extends Values>(geometry: ConvolutionGeometry, input: T, weights: Values, bias?: Values): T {
  checkGeometry(geometry);
  checkLength('input', input, inputShape(geometry));
  return compute(geometry, 'forward', input, operator => operator.setWeights(weights, bias));
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
  return compute(geometry, 'adjoint', input, operator => operator.setWeights(weights, bias));
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
  return compute(geometry, 'weights', input, operator => operator.gradient.set(outputGradient));
}

/**
 * Gradient of {@link transposedConvolution} for its bias: the sum over images and positions.
 * @param outputGradient `[batch, outputChannels, ...outputSize]`
 * @returns `[outputChannels]`
 * @throws RangeError when the length does not fit the geometry.
 */
export function biasGradient<T extends Values>(geometry: ConvolutionGeometry, outputGradient: T): T {
  checkGeometry(geometry);
  checkLength('output gradient', outputGradient, outputShape(geometry));
  const { batch, outputChannels, axes } = geometry;
  const plane = valueCount(axes.map(axis => axis.outputSize));
  const gradient = zerosLike(outputGradient, outputChannels);
  for (let channel = 0; channel < outputChannels; channel++) {
    let sum = 0;
    for (let image = 0; image < batch; image++) {
      const start = (image * outputChannels + channel) * plane;
      for (let at = start; at < start + plane; at++) sum += outputGradient[at] as number;
    }
    gradient[channel] = sum;
  }
  return gradient;
}

function compute<T extends Values>(geometry: ConvolutionGeometry, direction: Direction, source: T, prepare: (operator: Operator) => void): T {
  const operator = new Operator(geometry, direction, engineFor(geometry, source));
  operator.source.set(source);
  prepare(operator);
  operator.run();
  const result = zerosLike(source, operator.result.length);
  result.set(operator.result);
  operator.dispose();
  return result;
}
