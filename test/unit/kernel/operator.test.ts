import assert from 'node:assert/strict';
import { type ConvolutionGeometry, inputShape, outputShape, valueCount, weightsShape } from '../../../src/kernel/convolutionGeometry';
import { type Engine } from '../../../src/kernel/engine';
import { Operator } from '../../../src/kernel/operator';
import { type Direction } from '../../../src/kernel/plan';
import { portableEngine } from '../../../src/kernel/portable/engine';
import { load } from '../../../src/kernel/simdEngine';
import { assertClose, innerProduct } from './compare';
import { naiveTransposedConvolution, withBias } from './naive';
import { Random, randomGeometry } from './random';

// Relaxed SIMD is not there in every Node: that module is tested where it is, and in the browser.
const engines = [
  { name: 'portable', engine: portableEngine, tolerance: 1e-13 },
  { name: 'SIMD', engine: load(false), tolerance: 1e-5 },
  { name: 'relaxed SIMD', engine: load(true), tolerance: 1e-5 },
].filter((entry): entry is { name: string; engine: Engine; tolerance: number } => entry.engine !== undefined);

const geometries = 5000;

describe('operator', function () {
  this.timeout(120_000);

  it('finds the SIMD engine', () => {
    assert.ok(engines.length >= 2);
  });

  it(`equals the definition on ${geometries} random geometries, with every engine and strategy`, () => {
    const random = new Random(42);
    const strategies = new Set<string>();
    for (let index = 0; index < geometries; index++) {
      const geometry = randomGeometry(random);
      const { input, weights, output, bias } = randomTensors(random, geometry);
      const unbiased = naiveTransposedConvolution(geometry, input, weights);
      const expected = bias === undefined ? unbiased : withBias(geometry, unbiased, bias);
      const products = innerProduct(unbiased, output);
      for (const { name, engine, tolerance } of engines) {
        const what = `${name} ${JSON.stringify(geometry)}`;
        const forward = run(geometry, 'forward', engine, strategies, operator => { operator.source.set(input); operator.setWeights(weights, bias); });
        assertClose(forward, expected, tolerance, `forward ${what}`);
        if (index % 4 > 0) continue;
        // The three directions are one trilinear form. Cancellation in it is bounded by the sum of its absolute terms.
        const scale = Math.sqrt(innerProduct(output, output) * innerProduct(unbiased, unbiased)) + 1;
        const adjoint = run(geometry, 'adjoint', engine, strategies, operator => { operator.source.set(output); operator.setWeights(weights); });
        const gradient = run(geometry, 'weights', engine, strategies, operator => { operator.source.set(input); operator.gradient.set(output); });
        assert.ok(Math.abs(innerProduct(adjoint, input) - products) <= tolerance * scale, `adjoint ${what}`);
        assert.ok(Math.abs(innerProduct(gradient, weights) - products) <= tolerance * scale, `weights ${what}`);
      }
    }
    assert.deepEqual([...strategies].sort(), ['gatherMultiply', 'multiplyScatter', 'phaseCorrelation', 'singleInput', 'weightSums']);
  });

  for (const { name, engine } of engines) {
    it(`gives gradients that finite differences confirm (${name})`, () => {
      const random = new Random(7);
      for (let index = 0; index < 20; index++) {
        const geometry = { ...randomGeometry(random), batch: 1 };
        const { input, weights, output } = randomTensors(random, geometry);
        const gradient = run(geometry, 'weights', engine, new Set(), operator => { operator.source.set(input); operator.gradient.set(output); });
        const adjoint = run(geometry, 'adjoint', engine, new Set(), operator => { operator.source.set(output); operator.setWeights(weights); });
        const loss = (x: Float64Array, w: Float64Array): number => innerProduct(naiveTransposedConvolution(geometry, x, w), output);
        const weight = random.integer(0, weights.length - 1);
        const place = random.integer(0, input.length - 1);
        // The loss is linear in each: a difference of any length is exact but for rounding.
        const byWeight = loss(input, changed(weights, weight, 0.5)) - loss(input, changed(weights, weight, -0.5));
        const byInput = loss(changed(input, place, 0.5), weights) - loss(changed(input, place, -0.5), weights);
        assert.ok(Math.abs((gradient[weight] ?? NaN) - byWeight) < 2e-4, `weight ${JSON.stringify(geometry)}`);
        assert.ok(Math.abs((adjoint[place] ?? NaN) - byInput) < 2e-4, `input ${JSON.stringify(geometry)}`);
      }
    });

    it(`does a run in parts as well as in one (${name})`, () => {
      const geometry = layer(32, 8, 70, 40);
      const operator = new Operator(geometry, 'forward', engine);
      const { input, weights } = randomTensors(new Random(3), geometry);
      operator.source.set(input);
      operator.setWeights(weights);
      operator.run();
      const whole = [...operator.result];
      operator.result.fill(NaN);
      assert.ok(operator.steps > 2);
      for (let step = 0; step < operator.steps; step += 2) operator.runSteps(step, step + 2);
      assert.deepEqual([...operator.result], whole);
    });

    it(`keeps its memory from run to run, and does not work once disposed of (${name})`, () => {
      const operator = new Operator(layer(2, 2, 4, 4), 'forward', engine);
      const { source, result } = operator;
      operator.setWeights(new Float32Array(64).fill(1), Float32Array.of(1, 2));
      operator.source.fill(1);
      operator.run();
      const first = [...result];
      operator.run();
      assert.deepEqual([...result], first);
      assert.equal(operator.source, source);
      assert.equal(operator.result, result);
      operator.dispose();
      assert.throws(() => operator.run(), /disposed/);
    });
  }

  it('refuses weights of another length', () => {
    const operator = new Operator(layer(2, 2, 4, 4), 'forward', portableEngine);
    assert.throws(() => operator.setWeights(new Float32Array(63)), /weights has 63 values, expected 64 for shape \[2, 2, 4, 4\]/);
    assert.throws(() => operator.setWeights(new Float32Array(64), new Float32Array(3)), /bias has 3 values, expected 2/);
  });
});

/** Kernel 4, stride 2, padding 1 in two dimensions. */
function layer(inputChannels: number, outputChannels: number, height: number, width: number): ConvolutionGeometry {
  const axes = [height, width].map(inputSize => ({ inputSize, kernelSize: 4, stride: 2, dilation: 1, cropLeft: 1, outputSize: 2 * inputSize }));
  return { batch: 1, inputChannels, outputChannels, groups: 1, flip: false, axes };
}

function run(geometry: ConvolutionGeometry, direction: Direction, engine: Engine, strategies: Set<string>, prepare: (operator: Operator) => void): Float64Array {
  const operator = new Operator(geometry, direction, engine);
  strategies.add(operator.strategy);
  prepare(operator);
  operator.run();
  const result = Float64Array.from(operator.result);
  operator.dispose();
  return result;
}

function randomTensors(random: Random, geometry: ConvolutionGeometry): { input: Float64Array; weights: Float64Array; output: Float64Array; bias: Float64Array | undefined } {
  return {
    input: random.values(valueCount(inputShape(geometry))),
    weights: random.values(valueCount(weightsShape(geometry))),
    output: random.values(valueCount(outputShape(geometry))),
    bias: random.chance(0.5) ? random.values(geometry.outputChannels) : undefined,
  };
}

function changed(values: Float64Array, at: number, by: number): Float64Array {
  const copy = values.slice();
  copy[at] = (copy[at] ?? NaN) + by;
  return copy;
}
