import assert from 'node:assert/strict';
import type { Axis } from '../../../src/geometry/axis';
import type { ConvolutionGeometry } from '../../../src/kernel/convolutionGeometry';
import { fractionallyStridedConvolution } from '../../../webview/grids/fractionallyStrided';
import { channelsLast } from '../../../src/kernel/layout';
import { convolution, transposedConvolution, weightGradient } from '../../../src/kernel/transposedConvolution';
import { assertClose } from '../kernel/compare';
import { type GoldenTensor, goldenCases } from './golden';
import { type Prepared, prepare, tensors, type TransposedCase } from './kernelCase';

const tolerance = 1e-5;

/** Call, geometry of the engine and arithmetic of the kernel together against the real frameworks. */
describe('oracle: values of transposed convolutions', () => {
  for (const [file, least] of [['values-pytorch', 150], ['values-keras', 120], ['values-tensorflow', 180]] as const) {
    const cases = goldenCases<TransposedCase>(file);

    it(`${file} holds at least ${least} runs`, () => assert.ok(cases.length >= least));

    for (const api of new Set(cases.map(run => run.api))) {
      const runs = cases.filter(run => run.api === api);
      it(`${api}: ${runs.length} runs of ${file} by scattering`, () => {
        for (const run of runs) check(run, prepare(run), transposedConvolution);
      });
      it(`${api}: ${runs.length} runs of ${file} by zero insertion`, () => {
        for (const run of runs) check(run, prepare(run), fractionallyStridedConvolution);
      });
    }
  }

  it('jax.lax.conv_transpose, with the kernel backwards and forwards', () => {
    const runs = goldenCases<LaxCase>('values-jax');
    assert.ok(runs.length >= 50);
    for (const run of runs) check(run, prepareLax(run), transposedConvolution);
  });
});

interface GradientCase extends Omit<TransposedCase, 'output'> {
  readonly outputGradient: GoldenTensor;
  readonly inputGradient: GoldenTensor;
  readonly weightGradient: GoldenTensor;
}

describe('oracle: gradients', () => {
  const cases = goldenCases<GradientCase>('values-gradients');

  it('has at least 100 runs', () => assert.ok(cases.length >= 100));

  it('of the input are those of autograd', () => {
    for (const run of cases) {
      const { geometry, weights } = prepare(run);
      const gradient = convolution(geometry, Float64Array.from(run.outputGradient.values), weights);
      assertClose(gradient, run.inputGradient.values, tolerance, JSON.stringify(run.kwargs));
    }
  });

  it('of the weights are those of autograd', () => {
    for (const run of cases) {
      const { geometry, input } = prepare(run);
      const gradient = weightGradient(geometry, input, Float64Array.from(run.outputGradient.values));
      assertClose(gradient, run.weightGradient.values, tolerance, JSON.stringify(run.kwargs));
    }
  });
});

interface LaxCase extends Pick<TransposedCase, 'input' | 'weights' | 'output'> {
  readonly strides: readonly number[];
  readonly padding: 'SAME' | 'VALID' | readonly { readonly tuple: readonly [number, number] }[] | readonly (readonly [number, number])[];
  readonly dilation: readonly number[];
  readonly transposeKernel: boolean;
}

type Compute = (geometry: ConvolutionGeometry, input: Float64Array, weights: Float64Array, bias?: Float64Array) => Float64Array;

function check(run: { readonly output: GoldenTensor }, { geometry, input, weights, bias, inOriginalLayout }: Prepared, compute: Compute): void {
  const output = inOriginalLayout(compute(geometry, input, weights, bias));
  assertClose(output, run.output.values, tolerance, JSON.stringify(run).slice(0, 300));
}

/** JAX is not among the APIs that the engine reads: its geometry is written out here (semantics: JAX family). */
function prepareLax(run: LaxCase): Prepared {
  const rank = run.strides.length;
  const [batch = 0, ...rest] = run.input.shape;
  const axes = run.strides.map((stride, axis): Axis => {
    const [inputSize = 0, kernelSize = 0, dilation = 1] = [rest[axis], run.weights.shape[axis], run.dilation[axis]];
    const reach = dilation * (kernelSize - 1) + 1;
    const excess = Math.max(reach - stride, 0);
    if (run.padding === 'SAME') return { inputSize, kernelSize, stride, dilation, cropLeft: Math.floor(excess / 2), outputSize: inputSize * stride };
    if (run.padding === 'VALID') return { inputSize, kernelSize, stride, dilation, cropLeft: 0, outputSize: inputSize * stride + excess };
    const [low = 0, high = 0] = pair(run.padding[axis]);
    return { inputSize, kernelSize, stride, dilation, cropLeft: reach - 1 - low, outputSize: (inputSize - 1) * stride + 2 - reach + low + high };
  });
  const [inputChannels = 0, outputChannels = 0] = run.transposeKernel ? run.weights.shape.slice(rank).reverse() : run.weights.shape.slice(rank);
  const geometry: ConvolutionGeometry = { batch, inputChannels, outputChannels, groups: 1, axes, flip: !run.transposeKernel };
  return {
    geometry, ...tensors({ run, geometry, layout: run.transposeKernel ? 'KOI' : 'KIO', last: true }),
    inOriginalLayout: output => channelsLast(output, [batch, outputChannels, ...axes.map(axis => axis.outputSize)]),
  };
}

function pair(value: LaxCase['padding'][number] | undefined): readonly number[] {
  if (value === undefined || typeof value === 'string') return [];
  return 'tuple' in value ? value.tuple : value;
}
