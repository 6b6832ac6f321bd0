import assert from 'node:assert/strict';
import { type Axis, convolutionAxis } from '../../../src/geometry/axis';
import { valueCount } from '../../../src/kernel/convolutionGeometry';
import { maxPool, maxUnpool } from '../../../src/kernel/pooling';
import { type Alignment, bedOfNails, bilinear, nearest } from '../../../src/kernel/resampling';
import { assertClose, innerProduct } from './compare';
import { digits } from './naive';
import { Random } from './random';

// Written from the definitions alone, position by position, over one to three axes.

describe('poolings and upsamplers against their definitions', function () {
  this.timeout(60_000);

  it('pools as the definition says on 5,000 random geometries', () => {
    const random = new Random(11);
    for (let index = 0; index < 5000; index++) {
      const { batch, channels, axes } = randomPooling(random);
      const shape = [batch, channels, ...axes.map(axis => axis.outputSize)];
      // Few different values, so that there are ties; now and then one that is no number.
      const input = random.values(valueCount(shape)).map(value => random.chance(0.01) ? NaN : Math.round(value * 8) + 0);
      const { values, indices } = maxPool({ batch, channels, axes }, input);
      const expected = naiveMaxPool(batch * channels, axes, input);
      assert.deepEqual([[...values], [...indices]], [expected.values, expected.indices], JSON.stringify(axes));
    }
  });

  it('unpools as the adjoint of taking what the indices say, where no index comes twice', () => {
    const random = new Random(12);
    for (let index = 0; index < 1000; index++) {
      const { batch, channels, axes } = randomPooling(random);
      const apart = axes.map(axis => ({ ...axis, stride: axis.kernelSize * axis.dilation }));
      const geometry = { batch, channels, axes: apart.map(axis => ({ ...axis, inputSize: Math.ceil(axis.outputSize / axis.stride) })) };
      const input = random.values(valueCount([batch, channels, ...axes.map(axis => axis.outputSize)]));
      const { values, indices } = maxPool(geometry, input);
      const finite = values.map(value => Number.isFinite(value) ? value : 0);
      const gradient = random.values(input.length);
      const plane = valueCount(axes.map(axis => axis.outputSize));
      const pooled = valueCount(geometry.axes.map(axis => axis.inputSize));
      const taken = Array.from(indices, (place, at) => place < 0 ? 0 : gradient[Math.floor(at / pooled) * plane + place] ?? NaN);
      assertClose([innerProduct(maxUnpool(geometry, finite, indices), gradient)], [innerProduct(finite, taken)], 1e-12);
    }
  });

  const resamplers = { nearest, bilinear };
  for (const [name, resample] of Object.entries(resamplers)) {
    it(`resamples as the definition says on 3,000 random sizes (${name})`, () => {
      const random = new Random(13);
      for (let index = 0; index < 3000; index++) {
        const rank = random.pick([1, 2, 2, 3]);
        const sizes = (): number[] => Array.from({ length: rank }, () => random.integer(1, [0, 30, 9, 5][rank] ?? 5));
        const geometry = { batch: random.chance(0.03) ? 0 : random.integer(1, 2), channels: random.integer(1, 3), size: sizes(), outputSize: sizes() };
        const alignment = random.pick<Alignment>(['halfPixel', 'corners', 'origin']);
        const input = random.values(valueCount([geometry.batch, geometry.channels, ...geometry.size]));
        const weight = name === 'nearest' ? nearestWeight : linearWeight;
        const expected = naiveResample(geometry, input, (output, at, n, m) => weight(output, at, n, m, alignment));
        assertClose(resample(geometry, input, alignment), expected, 1e-12, JSON.stringify([geometry, alignment]));
      }
    });
  }

  it('spreads inputs over a bed of nails as the definition says', () => {
    const random = new Random(14);
    for (let index = 0; index < 1000; index++) {
      const rank = random.pick([1, 2, 3]);
      const size = Array.from({ length: rank }, () => random.integer(1, 5));
      const stride = size.map(() => random.integer(1, 4));
      const outputSize = size.map((inputs, axis) => random.integer(1, inputs * (stride[axis] ?? 1) + 2));
      const input = random.values(2 * valueCount(size));
      const expected = naiveResample({ batch: 1, channels: 2, size, outputSize }, input, (output, at, _n, _m, axis) => output === at * (stride[axis] ?? 1) ? 1 : 0);
      assert.deepEqual([...bedOfNails({ batch: 1, channels: 2, size, stride, outputSize }, input)], [...expected]);
    }
  });
});

function randomPooling(random: Random): { readonly batch: number; readonly channels: number; readonly axes: readonly Axis[] } {
  const rank = random.pick([1, 2, 2, 3]);
  return {
    batch: random.chance(0.03) ? 0 : random.integer(1, 2), channels: random.integer(1, 3),
    axes: Array.from({ length: rank }, () => {
      const kernelSize = random.integer(1, 4);
      return convolutionAxis({
        size: random.integer(1, [0, 20, 8, 5][rank] ?? 5), kernelSize, stride: random.integer(1, 4), dilation: random.pick([1, 1, 2]),
        padding: [random.integer(0, 2), random.integer(0, 2)], ceil: random.chance(0.3),
      });
    }),
  };
}

function naiveMaxPool(planes: number, axes: readonly Axis[], input: Float64Array): { values: number[]; indices: number[] } {
  const [outputSize, inputSize, kernelSize] = [axes.map(axis => axis.outputSize), axes.map(axis => axis.inputSize), axes.map(axis => axis.kernelSize)];
  const plane = valueCount(outputSize);
  const values: number[] = [];
  const indices: number[] = [];
  for (let channel = 0; channel < planes; channel++) for (let window = 0; window < valueCount(inputSize); window++) {
    const at = digits(window, inputSize);
    const under = Array.from({ length: valueCount(kernelSize) }, (_, tap) => {
      const places = digits(tap, kernelSize).map((t, a) => (at[a] ?? 0) * (axes[a]?.stride ?? 1) + t * (axes[a]?.dilation ?? 1) - (axes[a]?.cropLeft ?? 0));
      return places.every((place, a) => place >= 0 && place < (outputSize[a] ?? 0)) ? places.reduce((index, place, a) => index * (outputSize[a] ?? 0) + place, 0) : -1;
    }).filter(index => index >= 0);
    const valueAt = (index: number): number => input[channel * plane + index] ?? 0;
    const largest = Math.max(...under.map(valueAt));
    values.push(largest);
    indices.push(under.find(index => Object.is(valueAt(index), largest) || valueAt(index) === largest) ?? -1);
  }
  return { values, indices };
}

/** Every output as the sum of all inputs, each weighted by the product of what the axes say. */
function naiveResample(
  geometry: { readonly batch: number; readonly channels: number; readonly size: readonly number[]; readonly outputSize: readonly number[] },
  input: Float64Array, weight: (output: number, input: number, inputs: number, outputs: number, axis: number) => number,
): number[] {
  const { batch, channels, size, outputSize } = geometry;
  const plane = valueCount(size);
  const outputs: number[] = [];
  for (let channel = 0; channel < batch * channels; channel++) for (let output = 0; output < valueCount(outputSize); output++) {
    const to = digits(output, outputSize);
    let sum = 0;
    for (let from = 0; from < plane; from++) {
      const product = digits(from, size).reduce((all, at, axis) => all * weight(to[axis] ?? 0, at, size[axis] ?? 1, outputSize[axis] ?? 1, axis), 1);
      sum += product * (input[channel * plane + from] ?? NaN);
    }
    outputs.push(sum);
  }
  return outputs;
}

/** The coordinate as a fraction in lowest whole numbers, so that no rounding decides which pixel is nearest. */
function nearestWeight(output: number, at: number, n: number, m: number, alignment: Alignment): number {
  const nearestOne = alignment === 'corners' ? (m > 1 ? Math.floor((2 * output * (n - 1) + (m - 1)) / (2 * (m - 1))) : 0)
    : alignment === 'halfPixel' ? Math.floor((2 * output + 1) * n / (2 * m)) : Math.floor(output * n / m);
  return at === Math.min(n - 1, nearestOne) ? 1 : 0;
}

/** A tent over each input centre, with the border continued. */
function linearWeight(output: number, at: number, n: number, m: number, alignment: Alignment): number {
  const raw = alignment === 'corners' ? (m > 1 ? output * (n - 1) / (m - 1) : 0)
    : alignment === 'halfPixel' ? (output + 0.5) * n / m - 0.5 : output * n / m;
  return Math.max(0, 1 - Math.abs(Math.min(n - 1, Math.max(0, raw)) - at));
}
