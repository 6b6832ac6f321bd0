import { tapReaches, threeAxes } from './axisPlan';
import { type ConvolutionGeometry, valueCount, weightsShape } from './convolutionGeometry';

/**
 * Calls `visit` for each run of products of a transposed convolution: weight `weight` times the
 * inputs from `input` on, one after the other, belong to the outputs from `output` on, `stride` of
 * the last axis apart. Forward pass, adjoint and gradient are this enumeration with another statement inside.
 */
export function forEachRun(
  geometry: ConvolutionGeometry,
  visit: (weight: number, input: number, output: number, count: number) => void,
): void {
  const { batch, inputChannels, outputChannels, groups, flip } = geometry;
  const [z, y, x] = threeAxes(geometry.axes);
  const taps = [z, y, x].map(tapReaches);
  const [depthTaps = [], heightTaps = [], widthTaps = []] = taps;
  const inputPlane = z.inputSize * y.inputSize * x.inputSize;
  const outputPlane = z.outputSize * y.outputSize * x.outputSize;
  const tapCount = valueCount(taps.map(axis => axis.length));
  const groupInputs = inputChannels / groups;
  const groupOutputs = outputChannels / groups;
  if (valueCount(weightsShape(geometry)) === 0) return;

  for (let image = 0; image < batch; image++) {
    for (let inputChannel = 0; inputChannel < inputChannels; inputChannel++) {
      const inputStart = (image * inputChannels + inputChannel) * inputPlane;
      const firstOutputChannel = Math.floor(inputChannel / groupInputs) * groupOutputs;
      for (let channel = 0; channel < groupOutputs; channel++) {
        const outputStart = (image * outputChannels + firstOutputChannel + channel) * outputPlane;
        const weightStart = (inputChannel * groupOutputs + channel) * tapCount;
        let position = 0;
        for (const zTap of depthTaps) for (const yTap of heightTaps) for (const xTap of widthTaps) {
          const weight = weightStart + (flip ? tapCount - 1 - position : position);
          position++;
          for (let iz = 0; iz < zTap.count; iz++) for (let iy = 0; iy < yTap.count; iy++) {
            const input = inputStart + ((zTap.firstInput + iz) * y.inputSize + yTap.firstInput + iy) * x.inputSize + xTap.firstInput;
            const output = outputStart + xTap.firstOutput
              + ((zTap.firstOutput + iz * z.stride) * y.outputSize + yTap.firstOutput + iy * y.stride) * x.outputSize;
            visit(weight, input, output, xTap.count);
          }
        }
      }
    }
  }
}
