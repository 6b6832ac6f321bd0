import type { ConvolutionGeometry, Values } from './convolutionGeometry';
import { engineFor, Operator } from './operator';
import type { Direction } from './plan';

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
export const transposedConvolution = <T extends Values>(geometry: ConvolutionGeometry, input: T, weights: Values, bias?: Values): T => compute(geometry, 'forward', input, weights, bias);

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
export const convolution = <T extends Values>(geometry: ConvolutionGeometry, input: T, weights: Values, bias?: Values): T => compute(geometry, 'adjoint', input, weights, bias);

/**
 * Gradient of {@link transposedConvolution} for its weights, and of {@link convolution} too: the
 * result is bilinear in input side and output side, `Σ_i input[i]·output[i·stride + t·dilation - cropLeft]`.
 * @param input `[batch, inputChannels, ...inputSize]`
 * @param outputGradient `[batch, outputChannels, ...outputSize]`
 * @returns `[inputChannels, outputChannels / groups, ...kernelSize]`
 * @throws RangeError when a length does not fit the geometry.
 */
export const weightGradient = <T extends Values>(geometry: ConvolutionGeometry, input: T, outputGradient: Values): T => compute(geometry, 'weights', input, outputGradient);

function compute<T extends Values>(geometry: ConvolutionGeometry, direction: Direction, source: T, other: Values, bias?: Values): T {
  const operator = new Operator(geometry, direction, engineFor(geometry, source));
  operator.load(source, other, bias);
  operator.run();
  return operator.resultLike(source);
}
