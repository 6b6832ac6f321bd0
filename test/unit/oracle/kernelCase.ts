import { asConstant, constant } from '../../../src/algebra/integer';
import type { Axis, SymbolicAxis } from '../../../src/geometry/axis';
import { type ConvolutionGeometry, weightsShape } from '../../../src/kernel/convolutionGeometry';
import { channelsFirst, channelsLast, type WeightLayout, weightsFrom } from '../../../src/kernel/layout';
import { type GoldenCall, type GoldenTensor, readCall } from './golden';

/** A recorded run of a layer or function, in the framework's own layouts. */
export interface TransposedCase extends GoldenCall {
  readonly input: GoldenTensor;
  readonly weights: GoldenTensor;
  readonly bias?: GoldenTensor | null;
  readonly output: GoldenTensor;
}

/** What the kernel needs to repeat a recorded run, as the engine reads the call. */
export interface Prepared {
  readonly geometry: ConvolutionGeometry;
  /** `[batch, inputChannels, ...inputSize]` */
  readonly input: Float64Array;
  /** `[inputChannels, outputChannels / groups, ...kernelSize]` */
  readonly weights: Float64Array;
  readonly bias: Float64Array | undefined;
  /** From the kernel's layout to the framework's. */
  inOriginalLayout(output: Float64Array): Float64Array;
}

/** Sizes, crops and layout are the engine's; only channels and batch are those of the recorded tensors. */
export function prepare(run: Omit<TransposedCase, 'output'>): Prepared {
  const reading = readCall(run, { kerasVersion: 3 });
  const rank = reading.kernelSize.length;
  const last = reading.layout === 'channelsLast';
  const shape = run.input.shape.length === rank + 1 ? [1, ...run.input.shape] : run.input.shape;
  const [batch = 0, ...rest] = shape;
  const inputChannels = (last ? rest.at(-1) : rest[0]) ?? 0;
  const size = last ? rest.slice(0, -1) : rest.slice(1);
  const geometry: ConvolutionGeometry = {
    batch, inputChannels, outputChannels: known(reading.outputChannels), groups: known(reading.groups),
    axes: reading.axes(size.map(constant)).map(numeric), flip: reading.flip,
  };
  const layout: WeightLayout = reading.api.framework === 'pytorch' ? 'IOK' : 'KOI';
  return {
    geometry, ...tensors({ run, geometry, layout, last }),
    inOriginalLayout: output => last ? channelsLast(output, [batch, geometry.outputChannels, ...geometry.axes.map(axis => axis.outputSize)]) : output,
  };
}

/** The recorded tensors in the kernel's layouts. */
export function tensors(options: {
  readonly run: Pick<TransposedCase, 'input' | 'weights' | 'bias'>;
  readonly geometry: ConvolutionGeometry;
  readonly layout: WeightLayout;
  /** Whether the input has its channels last. */
  readonly last: boolean;
}): Pick<Prepared, 'input' | 'weights' | 'bias'> {
  const { run, geometry, layout, last } = options;
  const input = Float64Array.from(run.input.values);
  const size = geometry.axes.map(axis => axis.inputSize);
  return {
    input: last ? channelsFirst(input, [geometry.batch, geometry.inputChannels, ...size]) : input,
    weights: weightsFrom(layout, Float64Array.from(run.weights.values), weightsShape(geometry), geometry.groups),
    bias: run.bias ? Float64Array.from(run.bias.values) : undefined,
  };
}

function numeric(axis: SymbolicAxis): Axis {
  return {
    inputSize: known(axis.inputSize), kernelSize: known(axis.kernelSize), stride: known(axis.stride),
    dilation: known(axis.dilation), cropLeft: known(axis.cropLeft), outputSize: known(axis.outputSize),
  };
}

function known(size: Parameters<typeof asConstant>[0]): number {
  const value = asConstant(size);
  if (value === undefined) throw new Error('the engine does not know a size of this call');
  return value;
}
