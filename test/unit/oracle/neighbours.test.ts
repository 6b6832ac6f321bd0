import assert from 'node:assert/strict';
import { convolutionAxis } from '../../../src/geometry/axis';
import { channelsFirst, channelsLast } from '../../../src/kernel/layout';
import { maxPool, maxUnpool } from '../../../src/kernel/pooling';
import { type Alignment, bilinear, nearest } from '../../../src/kernel/resampling';
import { convolution } from '../../../src/kernel/transposedConvolution';
import { assertClose } from '../kernel/compare';
import { type GoldenTensor, goldenCases } from './golden';

const tolerance = 1e-5;

interface ConvolutionCase {
  readonly operation: 'convolution';
  readonly stride: readonly number[];
  readonly padding: readonly number[];
  readonly dilation: readonly number[];
  readonly groups: number;
  readonly input: GoldenTensor;
  readonly weights: GoldenTensor;
  readonly bias: GoldenTensor | null;
  readonly output: GoldenTensor;
}

interface ResamplingCase {
  readonly operation: 'nearest' | 'bilinear';
  readonly alignment: Alignment;
  readonly layout?: 'channelsLast';
  readonly input: GoldenTensor;
  readonly output: GoldenTensor;
}

interface PoolingCase {
  readonly operation: 'maxPool';
  readonly kernel: readonly number[];
  readonly stride: readonly number[];
  readonly padding: readonly number[];
  readonly dilation: readonly number[];
  readonly ceil_mode: boolean;
  readonly input: GoldenTensor;
  readonly output: GoldenTensor;
  readonly indices: readonly number[];
  readonly unpooled: GoldenTensor;
}

type NeighbourCase = ConvolutionCase | ResamplingCase | PoolingCase;

describe('oracle: neighbouring operations', () => {
  const cases = [...goldenCases<NeighbourCase>('values-neighbours'), ...goldenCases<ResamplingCase>('values-resampling')];
  const of = <Name extends NeighbourCase['operation']>(name: Name): readonly Extract<NeighbourCase, { operation: Name }>[] =>
    cases.filter((run): run is Extract<NeighbourCase, { operation: Name }> => run.operation === name);

  it('convolution', () => {
    const runs = of('convolution');
    assert.ok(runs.length >= 60);
    for (const run of runs) {
      const [batch = 0, channels = 0, ...size] = run.input.shape;
      const [, outputs = 0] = run.output.shape;
      const axes = axesOf(run, size, run.weights.shape.slice(2));
      // As the adjoint of a transposed convolution: its input side is the convolution's output.
      const output = convolution({ batch, inputChannels: outputs, outputChannels: channels, groups: run.groups, axes, flip: false },
        Float64Array.from(run.input.values), Float64Array.from(run.weights.values), run.bias ? Float64Array.from(run.bias.values) : undefined);
      assert.deepEqual(axes.map(axis => axis.inputSize), run.output.shape.slice(2));
      assertClose(output, run.output.values, tolerance, JSON.stringify(run));
    }
  });

  for (const [operation, resample] of [['nearest', nearest], ['bilinear', bilinear]] as const) {
    const runs = cases.filter((run): run is ResamplingCase => run.operation === operation);
    for (const alignment of new Set(runs.map(run => run.alignment))) {
      it(`${operation}, ${alignment}`, () => {
        for (const run of runs.filter(one => one.alignment === alignment)) checkResampling(run, resample);
      });
    }
  }

  it('resampling was recorded in every alignment', () => {
    const recorded = new Set(cases.map(run => 'alignment' in run ? `${run.operation} ${run.alignment}` : ''));
    for (const name of ['nearest origin', 'nearest halfPixel', 'nearest corners', 'bilinear origin', 'bilinear halfPixel', 'bilinear corners']) {
      assert.ok(recorded.has(name), name);
    }
  });

  it('max pooling: values and indices', () => {
    const runs = of('maxPool');
    assert.ok(runs.length >= 30);
    for (const run of runs) {
      const { values, indices } = maxPool(poolingGeometry(run), Float64Array.from(run.input.values));
      assertClose(values, run.output.values, tolerance, JSON.stringify(run));
      assert.deepEqual([...indices], run.indices, JSON.stringify(run));
    }
  });

  it('max unpooling', () => {
    for (const run of of('maxPool')) {
      const unpooled = maxUnpool(poolingGeometry(run), Float64Array.from(run.output.values), Int32Array.from(run.indices));
      assertClose(unpooled, run.unpooled.values, tolerance, JSON.stringify(run));
    }
  });
});

function checkResampling(run: ResamplingCase, resample: typeof nearest): void {
  const last = run.layout === 'channelsLast';
  const [batch = 0, channels = 0, ...size] = last ? first(run.input.shape) : run.input.shape;
  const [, , ...outputSize] = last ? first(run.output.shape) : run.output.shape;
  const values = Float64Array.from(run.input.values);
  const output = resample({ batch, channels, size, outputSize }, last ? channelsFirst(values, [batch, channels, ...size]) : values, run.alignment);
  assertClose(last ? channelsLast(output, [batch, channels, ...outputSize]) : output, run.output.values, tolerance, JSON.stringify(run));
}

function first([batch = 0, ...rest]: readonly number[]): readonly number[] {
  return [batch, ...rest.slice(-1), ...rest.slice(0, -1)];
}

function poolingGeometry(run: PoolingCase): Parameters<typeof maxPool>[0] {
  const [batch = 0, channels = 0, ...size] = run.input.shape;
  return { batch, channels, axes: axesOf({ ...run, ceil: run.ceil_mode }, size, run.kernel) };
}

function axesOf(
  settings: { readonly stride: readonly number[]; readonly padding: readonly number[]; readonly dilation: readonly number[]; readonly ceil?: boolean },
  size: readonly number[], kernelSize: readonly number[],
): ReturnType<typeof convolutionAxis>[] {
  return size.map((length, axis) => {
    const padding = settings.padding[axis] ?? 0;
    return convolutionAxis({
      size: length, kernelSize: kernelSize[axis] ?? 1, stride: settings.stride[axis] ?? 1, dilation: settings.dilation[axis] ?? 1,
      padding: [padding, padding], ceil: settings.ceil ?? false,
    });
  });
}
