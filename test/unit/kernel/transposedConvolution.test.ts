import assert from 'node:assert/strict';
import { type Axis, convolutionAxis } from '../../../src/geometry/axis';
import { type ConvolutionGeometry, inputShape, outputShape, valueCount, weightsShape } from '../../../src/kernel/convolutionGeometry';
import { convolution, transposedConvolution, weightGradient } from '../../../src/kernel/transposedConvolution';
import { fractionallyStridedConvolution } from '../../../webview/grids/fractionallyStrided';
import { assertClose, innerProduct } from './compare';
import { naiveTransposedConvolution } from './naive';
import { Random, randomGeometry } from './random';

describe('transposed convolution', function () {
  this.timeout(30_000);
  /** From the real libraries: input [1, 10, 100], weights 1, 2, 3, …; window and flip are what each framework means by its arguments. */
  const golden: readonly [name: string, axis: Omit<Axis, 'inputSize'>, flip: boolean, output: readonly number[]][] = [
    ['torch K=3 s=2', window(3, 2, 1, 0, 7), false, [1, 2, 13, 20, 130, 200, 300]],
    ['torch K=3 s=2 p=1 op=1', window(3, 2, 1, 1, 6), false, [2, 13, 20, 130, 200, 300]],
    ['torch K=4 s=2 p=1', window(4, 2, 1, 1, 6), false, [2, 13, 24, 130, 240, 300]],
    ['torch K=2 s=2 op=1', window(2, 2, 1, 0, 7), false, [1, 2, 10, 20, 100, 200, 0]],
    ['torch K=5 s=2 p=2 op=1', window(5, 2, 1, 2, 6), false, [13, 24, 135, 240, 350, 400]],
    ['torch K=2 s=3 op=2', window(2, 3, 1, 0, 10), false, [1, 2, 0, 10, 20, 0, 100, 200, 0, 0]],
    ['torch K=3 s=2 d=2', window(3, 2, 2, 0, 9), false, [1, 0, 12, 0, 123, 0, 230, 0, 300]],
    ['torch K=2 s=1 op=1 d=2', window(2, 1, 2, 0, 6), false, [1, 10, 102, 20, 200, 0]],
    ['torch K=6 s=3 p=2 op=1', window(6, 3, 1, 2, 9), false, [3, 14, 25, 36, 140, 250, 360, 400, 500]],
    ['torch K=3 s=2 p=3', window(3, 2, 1, 3, 1), false, [20]],
    ['keras K=4 s=2 same op=1', window(4, 2, 1, 1, 5), false, [2, 13, 24, 130, 240]],
    ['keras K=7 s=2 same', window(7, 2, 1, 2, 6), false, [13, 24, 135, 246, 357, 460]],
    ['keras K=2 s=3 valid', window(2, 3, 1, 0, 9), false, [1, 2, 0, 10, 20, 0, 100, 200, 0]],
    ['lax K=4 s=2 SAME', window(4, 2, 1, 1, 6), true, [3, 42, 31, 420, 310, 200]],
    ['lax K=3 s=2 SAME d=2', window(3, 2, 2, 1, 6), true, [0, 32, 0, 321, 0, 210]],
    ['zeros before the first output', window(2, 2, 1, -2, 7), false, [0, 0, 1, 2, 10, 20, 100]],
  ];
  for (const [name, axis, flip, output] of golden) {
    it(`gives the values of ${name}`, () => {
      const geometry: ConvolutionGeometry = { batch: 1, inputChannels: 1, outputChannels: 1, groups: 1, flip, axes: [{ inputSize: 3, ...axis }] };
      const weights = Float32Array.from({ length: axis.kernelSize }, (_, t) => t + 1);
      assert.deepEqual([...transposedConvolution(geometry, Float32Array.of(1, 10, 100), weights)], output);
    });
  }

  it('gives the values of torch with groups', () => {
    const geometry: ConvolutionGeometry = { batch: 1, inputChannels: 4, outputChannels: 4, groups: 2, flip: false, axes: [{ inputSize: 1, ...window(1, 1, 1, 0, 1) }] };
    const output = transposedConvolution(geometry, Float64Array.of(1, 10, 100, 1000), Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8));
    assert.deepEqual([...output], [31, 42, 7500, 8600]);
  });

  it('equals the definition on random geometries', () => {
    for (const { geometry, input, weights, bias } of cases(400, 1)) {
      assertClose(transposedConvolution(geometry, input, weights, bias), naiveTransposedConvolution(geometry, input, weights, bias), 1e-13, JSON.stringify(geometry));
    }
  });

  it('equals zero insertion followed by a convolution', () => {
    for (const { geometry, input, weights, bias } of cases(300, 2)) {
      assertClose(fractionallyStridedConvolution(geometry, input, weights, bias), transposedConvolution(geometry, input, weights, bias), 1e-13, JSON.stringify(geometry));
    }
  });

  it('is the adjoint of the convolution, and the weight gradient the third of the trilinear form', () => {
    for (const { geometry, input, weights, random } of cases(300, 3)) {
      const output = random.values(valueCount(outputShape(geometry)));
      const forward = innerProduct(transposedConvolution(geometry, input, weights), output);
      const backward = innerProduct(input, convolution(geometry, output, weights));
      const byWeights = innerProduct(weights, weightGradient(geometry, input, output));
      assertClose([backward, byWeights], [forward, forward], 1e-11, JSON.stringify(geometry));
    }
  });

  it('keeps the type of the input', () => {
    const geometry: ConvolutionGeometry = { batch: 1, inputChannels: 1, outputChannels: 1, groups: 1, flip: false, axes: [{ inputSize: 2, ...window(2, 2, 1, 0, 4) }] };
    assert.ok(transposedConvolution(geometry, new Float32Array(2), new Float64Array(2)) instanceof Float32Array);
    assert.ok(transposedConvolution(geometry, new Float64Array(2), new Float32Array(2)) instanceof Float64Array);
  });

  const wrong: readonly [name: string, change: Partial<ConvolutionGeometry>, lengths: readonly [number, number, number], message: RegExp][] = [
    ['an input of another length', {}, [5, 8, 2], /input has 5 values, expected 6 for shape \[1, 2, 3\]/],
    ['weights of another length', {}, [6, 9, 2], /weights has 9 values, expected 8 for shape \[2, 2, 2\]/],
    ['a bias of another length', {}, [6, 8, 1], /bias has 1 values, expected 2 for shape \[2\]/],
    ['groups that do not divide the channels', { groups: 3 }, [6, 8, 2], /inputChannels \(2\) must be divisible by groups \(3\)/],
    ['groups of zero', { groups: 0 }, [6, 8, 2], /groups must be an integer ≥ 1, got 0/],
    ['no axis', { axes: [] }, [6, 8, 2], /expected 1 to 3 axes, got 0/],
    ['a stride of zero', { axes: [{ inputSize: 3, ...window(2, 0, 1, 0, 6) }] }, [6, 8, 2], /stride must be an integer ≥ 1, got 0/],
    ['a crop that is no integer', { axes: [{ inputSize: 3, ...window(2, 1, 1, 0.5, 6) }] }, [6, 8, 2], /cropLeft must be an integer, got 0.5/],
  ];
  for (const [name, change, [input, weights, bias], message] of wrong) {
    it(`refuses ${name}`, () => {
      const geometry: ConvolutionGeometry = { batch: 1, inputChannels: 2, outputChannels: 2, groups: 1, flip: false, axes: [{ inputSize: 3, ...window(2, 2, 1, 0, 6) }], ...change };
      assert.throws(() => transposedConvolution(geometry, new Float32Array(input), new Float32Array(weights), new Float32Array(bias)), { name: 'RangeError', message });
    });
  }
});

describe('convolution', () => {
  it('correlates, with stride and padding', () => {
    const axis = convolutionAxis({ size: 5, kernelSize: 3, stride: 2, padding: [1, 1] });
    assert.equal(axis.inputSize, 3);
    const geometry: ConvolutionGeometry = { batch: 1, inputChannels: 1, outputChannels: 1, groups: 1, flip: false, axes: [axis] };
    assert.deepEqual([...convolution(geometry, Float32Array.of(1, 2, 3, 4, 5), Float32Array.of(1, 10, 100), Float32Array.of(0.5))], [210.5, 432.5, 54.5]);
  });
});

function window(kernelSize: number, stride: number, dilation: number, cropLeft: number, outputSize: number): Omit<Axis, 'inputSize'> {
  return { kernelSize, stride, dilation, cropLeft, outputSize };
}

function* cases(count: number, seed: number): Generator<{ geometry: ConvolutionGeometry; input: Float64Array; weights: Float64Array; bias: Float64Array | undefined; random: Random }> {
  const random = new Random(seed);
  for (let index = 0; index < count; index++) {
    const geometry = randomGeometry(random);
    yield {
      geometry, random,
      input: random.values(valueCount(inputShape(geometry))),
      weights: random.values(valueCount(weightsShape(geometry))),
      bias: random.chance(0.5) ? random.values(geometry.outputChannels) : undefined,
    };
  }
}
