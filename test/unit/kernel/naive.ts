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

  const tapPlaces = Array.from({ length: tapCount }, (_, tap) => digits(tap, axes.map(axis => axis.kernelSize)));
  for (let position = 0; position < outputPlane; position++) {
    const at = digits(position, axes.map(axis => axis.outputSize));
    for (let tap = 0; tap < tapCount; tap++) {
      const taps = tapPlaces[tap] ?? [];
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

/**
 * The adjoint and the gradient for the weights, from the definition in scatter form: input `i` and tap `t`
 * meet at output `i·stride + t·dilation - cropLeft`. In float64.
 * @param input `[batch, inputChannels, ...inputSize]`, and `output` of the other side
 */
export function naiveGradients(
  geometry: ConvolutionGeometry, input: ArrayLike<number>, weights: ArrayLike<number>, output: ArrayLike<number>,
): { readonly adjoint: Float64Array; readonly weights: Float64Array } {
  const { batch, inputChannels, outputChannels, groups, axes, flip } = geometry;
  const inputSize = axes.map(axis => axis.inputSize);
  const kernelSize = axes.map(axis => axis.kernelSize);
  const [inputPlane, outputPlane, taps] = [valueCount(inputSize), valueCount(axes.map(axis => axis.outputSize)), valueCount(kernelSize)];
  const groupOutputs = outputChannels / groups;
  const adjoint = new Float64Array(batch * inputChannels * inputPlane);
  const gradient = new Float64Array(inputChannels * groupOutputs * taps);
  const inputPlaces = Array.from({ length: inputPlane }, (_, from) => digits(from, inputSize));
  const tapPlaces = Array.from({ length: taps }, (_, tap) => digits(tap, kernelSize));
  for (let from = 0; from < inputPlane; from++) for (let tap = 0; tap < taps; tap++) {
    let to = 0;
    let lands = true;
    axes.forEach(({ stride, dilation, cropLeft, outputSize: size }, a) => {
      const place = (inputPlaces[from]?.[a] ?? 0) * stride + (tapPlaces[tap]?.[a] ?? 0) * dilation - cropLeft;
      lands &&= place >= 0 && place < size;
      to = to * size + place;
    });
    if (!lands) continue;
    for (let ci = 0; ci < inputChannels; ci++) for (let co = 0; co < groupOutputs; co++) {
      const weight = (ci * groupOutputs + co) * taps + (flip ? taps - 1 - tap : tap);
      const out = Math.floor(ci / (inputChannels / groups)) * groupOutputs + co;
      for (let image = 0; image < batch; image++) {
        const x = (image * inputChannels + ci) * inputPlane + from;
        const y = output[(image * outputChannels + out) * outputPlane + to] ?? NaN;
        adjoint[x] = (adjoint[x] ?? 0) + (weights[weight] ?? NaN) * y;
        gradient[weight] = (gradient[weight] ?? 0) + (input[x] ?? NaN) * y;
      }
    }
  }
  return { adjoint, weights: gradient };
}

/** The bias added to every output, also to those that no input reaches. */
export function withBias(geometry: ConvolutionGeometry, output: Float64Array, bias: ArrayLike<number>): Float64Array {
  const plane = valueCount(geometry.axes.map(axis => axis.outputSize));
  return output.map((value, at) => value + (bias[Math.floor(at / plane) % geometry.outputChannels] ?? NaN));
}

/** Row-major index to coordinates. */
export function digits(index: number, sizes: readonly number[]): number[] {
  const result: number[] = [];
  let rest = index;
  for (const size of [...sizes].reverse()) {
    result.unshift(rest % size);
    rest = Math.floor(rest / size);
  }
  return result;
}
