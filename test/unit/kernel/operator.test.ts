import assert from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { type Axis } from '../../../src/geometry/axis';
import { type ConvolutionGeometry, inputShape, outputShape, valueCount, weightsShape } from '../../../src/kernel/convolutionGeometry';
import { type Engine } from '../../../src/kernel/engine';
import { Operator } from '../../../src/kernel/operator';
import { type Direction } from '../../../src/kernel/plan';
import { portableEngine } from '../../../src/kernel/portable/engine';
import { load } from '../../../src/kernel/simdEngine';
import { assertClose, innerProduct } from './compare';
import { naiveGradients, naiveTransposedConvolution, withBias } from './naive';
import { Random, randomGeometry, randomLayerInBlocks } from './random';

// Relaxed SIMD is not there in every Node: that module is tested where it is, and in the browser.
const engines = [
  { name: 'portable', engine: portableEngine, tolerance: 1e-13 },
  { name: 'SIMD', engine: load(false), tolerance: 1e-5 },
  { name: 'relaxed SIMD', engine: load(true), tolerance: 1e-5 },
].filter((entry): entry is { name: string; engine: Engine; tolerance: number } => entry.engine !== undefined);

const geometries = 5000;
const directions = ['forward', 'adjoint', 'weights'] as const;

describe('operator', function () {
  this.timeout(120_000);

  it('finds the SIMD engine', () => {
    assert.ok(engines.length >= 2);
  });

  it(`equals the definition on ${geometries} random geometries, every third in all directions, with every engine and strategy`, () => {
    const random = new Random(42);
    const strategies = new Set<string>();
    for (let index = 0; index < geometries; index++) compareAll(randomGeometry(random), random, strategies, index % 3 === 0);
    assert.deepEqual([...strategies].sort(), ['columns', 'direct', 'pairs']);
  });

  it('equals the definition on layers whose planes and rows are cut into blocks', () => {
    const random = new Random(43);
    const strategies = new Set<string>();
    let cut = 0;
    for (let index = 0; index < 30; index++) {
      const geometry = randomLayerInBlocks(random);
      if (new Operator(geometry, 'forward', portableEngine).steps > geometry.batch * geometry.groups) cut++;
      compareAll(geometry, random, strategies);
    }
    assert.ok(cut > 25);
  });

  it('equals the definition for single inputs whose products are the outputs, and others', () => {
    const random = new Random(44);
    for (let index = 0; index < 100; index++) {
      const axes = Array.from({ length: random.integer(1, 3) }, () => {
        const kernelSize = random.integer(1, 5);
        const cropLeft = random.chance(0.2) ? 1 : 0;
        return { ...one, kernelSize, cropLeft, outputSize: kernelSize - cropLeft + (random.chance(0.2) ? 1 : 0), dilation: random.chance(0.2) ? 2 : 1 };
      });
      const groups = random.integer(1, 2);
      const geometry = { batch: random.integer(1, 2), groups, flip: random.chance(0.3), inputChannels: groups * random.integer(16, 40), outputChannels: groups * random.integer(1, 20), axes };
      compareAll(geometry, random, new Set());
    }
  });

  it('equals the definition where two taps meet in every output, and whole numbers stay exact', () => {
    const random = new Random(45);
    const strategies = new Set<string>();
    let pairs = 0;
    for (let index = 0; index < 60; index++) {
      const rank = random.pick([2, 2, 3]);
      const stride = random.integer(1, 4);
      const groups = random.integer(1, 2);
      const axis = { ...one, kernelSize: 2 * stride, stride, inputSize: random.integer(3, 19), cropLeft: random.integer(-3, stride + 3) };
      const outer = { ...axis, outputSize: (axis.inputSize + 1) * stride - axis.cropLeft - random.integer(-3, 3) };
      const inner = Array.from({ length: rank - 1 }, (_, at) => {
        const [kernelSize, inputSize] = [random.pick([1, 2, 4]), at === rank - 2 ? 8 * random.integer(1, rank === 2 ? 10 : 2) : random.integer(1, 3)];
        return { ...one, kernelSize, stride: 2, inputSize, outputSize: 2 * inputSize, cropLeft: random.integer(0, 1) };
      });
      const inputChannels = groups * random.pick([16, 17, 40, random.integer(300, 500)]);
      const geometry = { batch: random.integer(1, 2), groups, flip: random.chance(0.1), inputChannels, outputChannels: groups * random.integer(1, 5), axes: [outer, ...inner] };
      if (new Operator(geometry, 'forward', portableEngine).plan.strategy === 'pairs') pairs++;
      compareAll(geometry, random, strategies, false);
      const whole = (length: number): Float64Array => Float64Array.from({ length }, () => random.integer(-9, 9));
      const [input, weights] = [whole(valueCount(inputShape(geometry))), whole(valueCount(weightsShape(geometry)))];
      const expected = naiveTransposedConvolution(geometry, input, weights);
      for (const { engine } of engines) {
        assert.deepEqual(run(geometry, 'forward', engine, strategies, operator => { operator.source.set(input); operator.setWeights(weights); }), expected);
      }
    }
    assert.ok(pairs > 30, `${pairs}`);
  });

  it('keeps an infinite input, or none that is a number, to the outputs that it meets', () => {
    const geometry = layer(16, 2, 9, 16);
    const random = new Random(46);
    for (const value of [Infinity, NaN]) for (let row = 0; row < 9; row++) {
      const { input, weights } = randomTensors(random, geometry);
      input[row * 16 + 5] = value;
      const expected = naiveTransposedConvolution(geometry, input, weights);
      for (const { engine, name } of engines) {
        const result = run(geometry, 'forward', engine, new Set(), operator => { operator.source.set(input); operator.setWeights(weights); });
        assert.deepEqual(result.map(output => Number.isFinite(output) ? 1 : 0), expected.map(output => Number.isFinite(output) ? 1 : 0), `${name}, row ${row}`);
      }
    }
  });

  const one = { inputSize: 1, kernelSize: 1, stride: 1, dilation: 1, cropLeft: 0, outputSize: 1 };
  const edges: readonly [what: string, change: Partial<ConvolutionGeometry>, axis: Partial<Axis>][] = [
    ['no images', { batch: 0 }, {}],
    ['no inputs', {}, { inputSize: 0, outputSize: 5 }],
    ['no outputs', {}, { inputSize: 5, outputSize: 0 }],
    ['no input channels', { inputChannels: 0 }, { inputSize: 3, outputSize: 3 }],
    ['no output channels', { outputChannels: 0 }, { inputSize: 3, outputSize: 3 }],
    ['a window that no input reaches', {}, { inputSize: 2, cropLeft: 9, outputSize: 4 }],
    ['a window before the first output', {}, { inputSize: 2, cropLeft: -20, outputSize: 7 }],
    ['a kernel larger than the output', {}, { inputSize: 2, kernelSize: 9, cropLeft: 4, outputSize: 3 }],
    ['a kernel that only its last tap reaches in with', {}, { kernelSize: 12, stride: 3, cropLeft: 11, outputSize: 2 }],
    ['a stride larger than the kernel', {}, { inputSize: 3, stride: 7, outputSize: 21 }],
    ['a stride far larger than the output', {}, { inputSize: 2, kernelSize: 2, stride: 5000, outputSize: 3 }],
  ];
  for (const [what, change, axis] of edges) {
    it(`computes with ${what}`, () => {
      const random = new Random(9);
      for (const channels of [1, 20]) for (const rank of [1, 2, 3]) {
        const axes = Array.from({ length: rank }, () => ({ ...one, ...axis }));
        compareAll({ batch: 2, groups: 1, flip: false, inputChannels: channels, outputChannels: 2, axes, ...change }, random, new Set());
      }
    });
  }

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
      const geometry = layer(32, 8, 70, 90);
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

    it(`gives the same again and again, in the same memory (${name})`, () => {
      for (const direction of directions) for (const geometry of [layer(2, 2, 4, 4), layer(32, 8, 70, 40), layer(40, 8, 1, 1)]) {
        const operator = ready(geometry, direction, engine);
        const { source, result } = operator;
        operator.run();
        const first = [...result];
        operator.run();
        assert.deepEqual([...operator.result], first);
        assert.equal(operator.source, source);
        assert.equal(operator.result, result);
      }
    });

    it(`allocates nothing that grows with the work once it runs (${name})`, () => {
      for (const direction of directions) for (const geometry of [layer(3, 3, 32, 32), layer(32, 8, 40, 40), layer(100, 64, 1, 1)]) {
        const operator = ready(geometry, direction, engine);
        // Until the functions are compiled.
        for (let index = 0; index < 40; index++) operator.run();
        const runs = 20;
        const bytes = allocated(() => { for (let index = 0; index < runs; index++) operator.run(); });
        assert.ok(bytes.buffers <= 0, `${direction}: ${bytes.buffers} bytes of buffers`);
        assert.ok(bytes.heap / runs / operator.steps < 10_000, `${direction}, ${operator.plan.strategy}: ${bytes.heap / runs} bytes a run`);
      }
    });

    it(`lets its memory go and does not work once disposed of (${name})`, async () => {
      const operator = new Operator(layer(2, 2, 4, 4), 'forward', engine);
      const buffer = new WeakRef(operator.result.buffer);
      operator.dispose();
      assert.throws(() => operator.run(), /disposed/);
      assert.throws(() => operator.result, /disposed/);
      // What was looked at stays until the end of the turn.
      await new Promise(resolve => { setTimeout(resolve, 1); });
      collectGarbage();
      assert.equal(buffer.deref(), undefined);
      assert.throws(() => operator.source, /disposed/);
    });
  }

  it('refuses weights of another length', () => {
    const operator = new Operator(layer(2, 2, 4, 4), 'forward', portableEngine);
    assert.throws(() => operator.setWeights(new Float32Array(63)), /weights has 63 values, expected 64 for shape \[2, 2, 4, 4\]/);
    assert.throws(() => operator.setWeights(new Float32Array(64), new Float32Array(3)), /bias has 3 values, expected 2/);
  });
});

/** All engines, and unless `backwards` is false all directions, against the definition, each value. */
function compareAll(geometry: ConvolutionGeometry, random: Random, strategies: Set<string>, backwards = true): void {
  const { input, weights, output, bias } = randomTensors(random, geometry);
  const engineResult = (direction: Direction, engine: Engine, prepare: (operator: Operator) => void): Float64Array => run(geometry, direction, engine, strategies, prepare);
  const unbiased = naiveTransposedConvolution(geometry, input, weights);
  const forward = bias === undefined ? unbiased : withBias(geometry, unbiased, bias);
  for (const { name, engine, tolerance } of engines) {
    const result = engineResult('forward', engine, operator => { operator.source.set(input); operator.setWeights(weights, bias); });
    assertClose(result, forward, tolerance, `forward ${name} ${JSON.stringify(geometry)}`);
  }
  if (!backwards) return;
  const adjointBias = random.chance(0.5) ? random.values(geometry.inputChannels) : undefined;
  const gradients = naiveGradients(geometry, input, weights, output);
  const adjoint = adjointBias === undefined ? gradients.adjoint : gradients.adjoint.map((value, at) => (
    value + (adjointBias[Math.floor(at / valueCount(geometry.axes.map(axis => axis.inputSize))) % geometry.inputChannels] ?? NaN)
  ));
  // The reference itself: the three directions are one trilinear form.
  const product = innerProduct(unbiased, output);
  const scale = Math.sqrt(innerProduct(output, output) * innerProduct(unbiased, unbiased)) + 1;
  assert.ok(Math.abs(innerProduct(gradients.adjoint, input) - product) <= 1e-12 * scale);
  assert.ok(Math.abs(innerProduct(gradients.weights, weights) - product) <= 1e-12 * scale);
  for (const { name, engine, tolerance } of engines) {
    const what = `${name} ${JSON.stringify(geometry)}`;
    assertClose(engineResult('adjoint', engine, operator => { operator.source.set(output); operator.setWeights(weights, adjointBias); }), adjoint, tolerance, `adjoint ${what}`);
    assertClose(engineResult('weights', engine, operator => { operator.source.set(input); operator.gradient.set(output); }), gradients.weights, tolerance, `weights ${what}`);
  }
}

/** Kernel 4, stride 2, padding 1 in two dimensions. */
function layer(inputChannels: number, outputChannels: number, height: number, width: number): ConvolutionGeometry {
  const axes = [height, width].map(inputSize => ({ inputSize, kernelSize: 4, stride: 2, dilation: 1, cropLeft: 1, outputSize: 2 * inputSize }));
  return { batch: 1, inputChannels, outputChannels, groups: 1, flip: false, axes };
}

function run(geometry: ConvolutionGeometry, direction: Direction, engine: Engine, strategies: Set<string>, prepare: (operator: Operator) => void): Float64Array {
  const operator = new Operator(geometry, direction, engine);
  strategies.add(operator.plan.strategy);
  prepare(operator);
  // Nothing of what was there before may stay.
  operator.result.fill(NaN);
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

/** With random tensors in it. */
function ready(geometry: ConvolutionGeometry, direction: Direction, engine: Engine): Operator {
  const random = new Random(3);
  const operator = new Operator(geometry, direction, engine);
  operator.source.set(random.values(operator.source.length));
  if (direction === 'weights') operator.gradient.set(random.values(operator.gradient.length));
  else operator.setWeights(random.values(valueCount(weightsShape(geometry))));
  return operator;
}

/** Bytes that a piece of work leaves behind on the heap and in buffers. */
function allocated(work: () => void): { readonly heap: number; readonly buffers: number } {
  // The least of some tries: what compilers and other tests leave behind comes at any time.
  const tries = Array.from({ length: 5 }, () => {
    collectGarbage();
    const before = process.memoryUsage();
    work();
    const after = process.memoryUsage();
    return { heap: after.heapUsed - before.heapUsed, buffers: after.arrayBuffers - before.arrayBuffers };
  });
  return { heap: Math.min(...tries.map(({ heap }) => heap)), buffers: Math.min(...tries.map(({ buffers }) => buffers)) };
}

function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}

function changed(values: Float64Array, at: number, by: number): Float64Array {
  const copy = values.slice();
  copy[at] = (copy[at] ?? NaN) + by;
  return copy;
}
