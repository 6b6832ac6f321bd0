// Runs inside the browser: the SIMD engines against the definition, where relaxed SIMD is to be had.
import { inputShape, outputShape, type Values, valueCount, weightsShape } from '../../src/kernel/convolutionGeometry';
import { Operator } from '../../src/kernel/operator';
import { type Direction } from '../../src/kernel/plan';
import { load, simdEngine } from '../../src/kernel/simdEngine';
import { transposedConvolution } from '../../src/kernel/transposedConvolution';
import { assertClose } from '../unit/kernel/compare';
import { naiveGradients, naiveTransposedConvolution } from '../unit/kernel/naive';
import { Random, randomGeometry, randomLayerInBlocks } from '../unit/kernel/random';

/** @returns what is wrong, empty when all is right */
function compare(relaxed: boolean, geometries: number): string {
  const engine = load(relaxed);
  if (engine === undefined) return 'no such engine';
  const random = new Random(42);
  for (let index = 0; index < geometries; index++) {
    // Every fiftieth is large enough to be cut into blocks.
    const geometry = index % 50 === 0 ? randomLayerInBlocks(random) : randomGeometry(random);
    const [input, weights, output] = [inputShape, weightsShape, outputShape].map(shape => random.values(valueCount(shape(geometry)))) as [Float64Array, Float64Array, Float64Array];
    const result = (direction: Direction, source: Float64Array): Values => {
      const operator = new Operator(geometry, direction, engine);
      operator.source.set(source);
      if (direction === 'weights') operator.gradient.set(output);
      else operator.setWeights(weights);
      operator.result.fill(NaN);
      operator.run();
      return operator.result;
    };
    try {
      assertClose(result('forward', input), naiveTransposedConvolution(geometry, input, weights), 1e-5, 'forward');
      if (index % 3 > 0) continue;
      const expected = naiveGradients(geometry, input, weights, output);
      assertClose(result('adjoint', output), expected.adjoint, 1e-5, 'adjoint');
      assertClose(result('weights', input), expected.weights, 1e-5, 'weights');
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
