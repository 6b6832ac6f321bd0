import { checkLength, type ConvolutionGeometry, inputShape, type Values, weightsShape } from '../../src/kernel/convolutionGeometry';
import { weightsTo } from '../../src/kernel/layout';
import { bedOfNails } from '../../src/kernel/resampling';
import { convolution } from '../../src/kernel/transposedConvolution';

/**
 * The same transposed convolution the "fractionally strided" way: zeros between the inputs, then a
 * convolution of stride 1 with the kernel turned round (Dumoulin and Visin, arXiv:1603.07285, section 4.5).
 * Shapes and errors as in `transposedConvolution`, which gives the same values.
 */
export function fractionallyStridedConvolution<T extends Values>(geometry: ConvolutionGeometry, input: T, weights: Values, bias?: Values): T {
  const { batch, inputChannels, outputChannels, groups, flip, axes } = geometry;
  checkLength('input', input, inputShape(geometry));
  // The convolution runs from the stretched input, its output side, to the transposed convolution's output.
  const stretched = axes.map(({ inputSize, kernelSize, stride, dilation, cropLeft, outputSize }) => ({
    inputSize: outputSize, kernelSize, stride: 1, dilation, cropLeft: dilation * (kernelSize - 1) - cropLeft,
    outputSize: Math.max(0, (inputSize - 1) * stride + 1),
  }));
  const spread = bedOfNails({
    batch, channels: inputChannels,
    size: axes.map(axis => axis.inputSize), stride: axes.map(axis => axis.stride), outputSize: stretched.map(axis => axis.outputSize),
  }, input);
  return convolution(
    { ...geometry, inputChannels: outputChannels, outputChannels: inputChannels, flip: !flip, axes: stretched },
    spread, weightsTo('OIK', weights, weightsShape(geometry), groups), bias,
  );
}
