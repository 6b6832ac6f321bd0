import { type ConvolutionGeometry, outputShape, valueCount } from '../../../src/kernel/convolutionGeometry';

/**
 * Transposed convolution in gather form, written from the definition alone and sharing no code with
 * the kernel: each output asks every tap whether an input lands on it. Slow, in float64.
 */
export function naiveTransposedConvolution(
  geometry: ConvolutionGeometry, input: ArrayLike<number>, weights: ArrayLike<number>, bias?: ArrayLike<number>,
): Float64Array {
  const { batch, inputChannels, outputChannels, groups, axes, flip } = geometry;
  const inputPlane = valueCount(axes.map(axis => axis.inputSize));
  const outputPlane = valueCount(axes.map(axis => axis.outputSize));
  const tapCount = valueCount(axes.map(axis => axis.kernelSize));
  const groupInputs = inputChannels / groups;
  const groupOutputs = outputChannels / groups;
  const output = new Float64Array(valueCount(outputShape(geometry)));

  for (let position = 0; position < outputPlane; position++) {
    const at = digits(position, axes.map(axis => axis.outputSize));
    for (let tap = 0; tap < tapCount; tap++) {
      const taps = digits(tap, axes.map(axis => axis.kernelSize));
      let from = 0;
      let lands = true;
      axes.forEach((axis, a) => {
        const rest = (at[a] ?? 0) + axis.cropLeft - (taps[a] ?? 0) * axis.dilation;
        const i = rest / axis.stride;
        lands &&= Number.isInteger(i) && i >= 0 && i < axis.inputSize;
        from = from * axis.inputSize + i;
      });
      if (!lands) continue;
      const weightTap = flip ? tapCount - 1 - tap : tap;
      for (let image = 0; image < batch; image++) for (let out = 0; out < outputChannels; out++) {
        const group = Math.floor(out / groupOutputs);
        for (let ci = group * groupInputs; ci < (group + 1) * groupInputs; ci++) {
          const weight = weights[(ci * groupOutputs + out % groupOutputs) * tapCount + weightTap] ?? NaN;
          const value = input[(image * inputChannels + ci) * inputPlane + from] ?? NaN;
          const to = (image * outputChannels + out) * outputPlane + position;
          output[to] = (output[to] ?? 0) + weight * value;
        }
      }
    }
  }
  return bias === undefined ? output : withBias(geometry, output, bias);
}

/** The bias added to every output, also to those that no input reaches. */
export function withBias(geometry: ConvolutionGeometry, output: Float64Array, bias: ArrayLike<number>): Float64Array {
  const plane = valueCount(geometry.axes.map(axis => axis.outputSize));
  return output.map((value, at) => value + (bias[Math.floor(at / plane) % geometry.outputChannels] ?? NaN));
}

function digits(index: number, sizes: readonly number[]): number[] {
  const result: number[] = [];
  let rest = index;
  for (const size of [...sizes].reverse()) {
    result.unshift(rest % size);
    rest = Math.floor(rest / size);
  }
  return result;
}
