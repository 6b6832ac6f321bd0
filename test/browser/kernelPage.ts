// Runs inside the browser: the SIMD engines against the definition, where relaxed SIMD is to be had.
import { inputShape, outputShape, valueCount, weightsShape } from '../../src/kernel/convolutionGeometry';
import { Operator } from '../../src/kernel/operator';
import { load, simdEngine } from '../../src/kernel/simdEngine';
import { transposedConvolution } from '../../src/kernel/transposedConvolution';
import { assertClose, innerProduct } from '../unit/kernel/compare';
import { naiveTransposedConvolution } from '../unit/kernel/naive';
import { Random, randomGeometry } from '../unit/kernel/random';

/** @returns what is wrong, empty when all is right */
function compare(relaxed: boolean, geometries: number): string {
  const engine = load(relaxed);
  if (engine === undefined) return 'no such engine';
  const random = new Random(42);
  for (let index = 0; index < geometries; index++) {
    const geometry = randomGeometry(random);
    const [input, weights, output] = [inputShape, weightsShape, outputShape].map(shape => random.values(valueCount(shape(geometry)))) as [Float64Array, Float64Array, Float64Array];
    const expected = naiveTransposedConvolution(geometry, input, weights);
    try {
      const forward = new Operator(geometry, 'forward', engine);
      forward.source.set(input);
      forward.setWeights(weights);
      forward.run();
      assertClose(forward.result, expected, 1e-5, 'forward');
      const adjoint = new Operator(geometry, 'adjoint', engine);
      adjoint.source.set(output);
      adjoint.setWeights(weights);
      adjoint.run();
      const scale = Math.sqrt(innerProduct(output, output) * innerProduct(expected, expected)) + 1;
      const difference = Math.abs(innerProduct(adjoint.result, input) - innerProduct(expected, output));
      if (!(difference <= 1e-5 * scale)) throw new Error(`adjoint off by ${difference}`);
    } catch (error) {
      return `${String(error)} ${JSON.stringify(geometry)}`;
    }
  }
  return '';
}

/** A job large enough for SIMD: the engine that was there for it, and how much of the result is right. */
function compute(): { readonly engine: string; readonly right: boolean } {
  const axis = { inputSize: 64, kernelSize: 4, stride: 2, dilation: 1, cropLeft: 1, outputSize: 128 };
  const geometry = { batch: 1, inputChannels: 4, outputChannels: 2, groups: 1, flip: false, axes: [axis] };
  const [input, weights] = [new Float32Array(256).fill(1), new Float32Array(32).fill(0.5)];
  const result = transposedConvolution({ ...geometry, batch: 100 }, new Float32Array(25600).fill(1), weights);
  const once = naiveTransposedConvolution(geometry, input, weights);
  return { engine: simdEngine()?.name ?? 'portable', right: result.every((value, at) => value === once[at % once.length]) };
}

Object.assign(window, { compare, compute });
