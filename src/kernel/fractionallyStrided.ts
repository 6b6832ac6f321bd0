import { cropRight } from '../geometry/axis';
import { checkGeometry, checkLength, type ConvolutionGeometry, inputShape, type Values, weightsShape } from './convolutionGeometry';
import { swapChannels } from './layout';
import { bedOfNails } from './resampling';
import { convolution } from './transposedConvolution';

/**
 * The same transposed convolution the "fractionally strided" way: zeros between the inputs, then a
 * convolution of stride 1 with the kernel turned round (Dumoulin and Visin, arXiv:1603.07285, section 4.5).
 * Shapes and errors as in `transposedConvolution`, which gives the same values.
 */
export function fractionallyStridedConvolution<T extends Values>(geometry: ConvolutionGeometry, input: T, weights: Values, bias?: Values): T {
  const { batch, inputChannels, axes } = geometry;
  checkGeometry(geometry);
  checkLength('input', input, inputShape(geometry));
  checkLength('weights', weights, weightsShape(geometry));
  const size = axes.map(axis => axis.inputSize);
  const stride = axes.map(axis => axis.stride);
  const spread = insertZeros({ batch, channels: inputChannels, size, stride }, input);
  return convolution(stretched(geometry), spread, swapChannels(weights, weightsShape(geometry), geometry.groups), bias);
}

/**
 * `stride - 1` zeros between neighbours along each axis, none after the last.
 * @param input `[batch, channels, ...size]`
 * @returns `[batch, channels, ...(size - 1)·stride + 1]`
 */
export function insertZeros<T extends Values>(
  options: { readonly batch: number; readonly channels: number; readonly size: readonly number[]; readonly stride: readonly number[] },
  input: T,
): T {
  return bedOfNails({ ...options, outputSize: stretchedSize(options.size, options.stride) }, input);
}

/**
 * The convolution that follows the zero insertion, as the adjoint it is: it runs from the stretched
 * input (its output side) to the transposed convolution's output (its input side).
 */
export function stretched(geometry: ConvolutionGeometry): ConvolutionGeometry {
  return {
    ...geometry,
    inputChannels: geometry.outputChannels,
    outputChannels: geometry.inputChannels,
    flip: !geometry.flip,
    axes: geometry.axes.map(axis => ({
      inputSize: axis.outputSize,
      kernelSize: axis.kernelSize,
      stride: 1,
      dilation: axis.dilation,
      cropLeft: axis.dilation * (axis.kernelSize - 1) - axis.cropLeft,
      outputSize: Math.max(0, (axis.inputSize - 1) * axis.stride + 1),
    })),
  };
}

/** Zeros that frame the stretched input before the convolution: negative ones are cut off. */
export function frame(geometry: ConvolutionGeometry): readonly { readonly left: number; readonly right: number }[] {
  return geometry.axes.map(axis => {
    const reach = axis.dilation * (axis.kernelSize - 1);
    return { left: reach - axis.cropLeft, right: reach - cropRight(axis) };
  });
}

function stretchedSize(size: readonly number[], stride: readonly number[]): readonly number[] {
  return size.map((inputs, axis) => Math.max(0, (inputs - 1) * (stride[axis] ?? 1) + 1));
}
