import { bounds, compare } from '../algebra/bounds';
import { ceilDivide, floorDivide } from '../algebra/division';
import { type Int, asConstant, add, subtract, unknown } from '../algebra/integer';
import { format } from '../algebra/format';
import type { Applied, Problem } from './api';
import type { ArgumentValue, Shape } from './argument';
import type { Bound } from './bind';
import { effectiveKernel } from './read';
import type { Layout, RequestedShape, TensorflowTraits } from './tensorflowArguments';
import { type TensorflowGeometry, sizeRange, tensorflowWindow } from './tensorflowGeometry';
import { integer, pythonText } from './value';

type TensorflowCall = TensorflowGeometry & {
  readonly traits: TensorflowTraits;
  readonly layout: Layout | undefined;
  readonly requested: RequestedShape | undefined;
  /** The argument as written, for a correction. */
  readonly requestedShape: Bound;
  readonly inputChannels: Int;
  readonly outputChannels: Int;
};

/** Calls the function on an input `[batch, *spatial, channels]`, or `[batch, channels, *spatial]`. */
export function applyTensorflow(call: TensorflowCall, input: Shape | undefined): Applied {
  const rank = call.kernelSize.length;
  const { layout } = call;
  if (rank === 0 || layout === undefined) return { output: undefined, problems: [] };
  if (input !== undefined && input.length !== rank + 2) return { output: undefined, problems: [rankProblem(call, input)] };

  const channelsLast = layout === 'channelsLast';
  const inputSizes = call.kernelSize.map((_, axis) => input?.[axis + (channelsLast ? 1 : 2)] ?? unknown);
  const sizes = inputSizes.map((size, axis) => tensorflowWindow(call, axis, size).outputSize);
  const batch = call.requested?.batch.known === true ? call.requested.batch : input?.[0] ?? unknown;
  const output = channelsLast ? [batch, ...sizes, call.outputChannels] : [batch, call.outputChannels, ...sizes];
  const empty = sizes.some(size => bounds(size).upper < 1);
  return {
    output: input === undefined && call.requested === undefined ? undefined : output,
    problems: [
      ...(input === undefined ? [] : inputProblems(call, input, channelsLast)),
      ...sizeProblems(call, inputSizes, channelsLast),
      ...(empty ? [problem('empty-output', undefined, `The output would be empty: ${sizes.map(size => format(size)).join(' × ')}.`)] : []),
    ],
  };
}

function inputProblems(call: TensorflowCall, input: Shape, channelsLast: boolean): readonly Problem[] {
  const problems: Problem[] = [];
  const [batch = unknown] = input;
  const wanted = call.requested?.batch ?? unknown;
  if (compare(batch, wanted) === 'different') {
    problems.push(problem('output-shape-mismatch', 'output_shape', `output_shape has batch size ${format(wanted)}, but the input has ${format(batch)}.`,
      `InvalidArgumentError: ${operation(call, channelsLast)}: input and out_backprop must have the same batch size. Input batch: ${format(wanted)}, outbackprop batch: ${format(batch)}, batch_dim: 0`, call.requestedShape.source));
  }
  const channels = input[channelsLast ? input.length - 1 : 1] ?? unknown;
  if (compare(channels, call.inputChannels) === 'different') {
    problems.push(problem('channel-mismatch', 'filters', `filters take ${format(call.inputChannels)} input channels, but the input has ${format(channels)}.`,
      call.kernelSize.length === 3
        ? `InvalidArgumentError: out_backprop and filter_sizes must have the same number of channels. Got ${format(channels)} for out_backprop and ${format(call.inputChannels)} for filter_sizes`
        : `InvalidArgumentError: ${operation(call, channelsLast)}: filter and out_backprop must have the same out_depth`));
  }
  return problems;
}

/** TC209: sizes that the forward convolution would not turn back into the input's. */
function sizeProblems(call: TensorflowCall, inputSizes: readonly Int[], channelsLast: boolean): readonly Problem[] {
  const ranges = inputSizes.map((size, axis) => sizeRange(call, axis, size));
  const isOutside = (axis: number): boolean => {
    const size = call.outputSize[axis] ?? unknown;
    const range = ranges[axis];
    return range !== undefined
      && (bounds(subtract(size, range.smallest)).upper < 0 || bounds(subtract(size, range.largest)).lower > 0);
  };
  const axis = inputSizes.findIndex((_, index) => isOutside(index));
  const range = ranges[axis];
  if (range === undefined) return [];
  const size = call.outputSize[axis] ?? unknown;
  const input = inputSizes[axis] ?? unknown;
  // One-dimensional calls run in two dimensions, with a height of 1.
  const place = axis + (channelsLast ? 1 : 2) + (inputSizes.length === 1 ? 1 : 0);
  const values = {
    'actual =': input, 'computed =': backwards(call, axis, size), 'spatial_dim:': place, 'input:': size,
    'filter:': call.kernelSize[axis] ?? unknown, 'output:': input, 'stride:': call.stride[axis] ?? unknown, 'dilation:': call.dilation[axis] ?? unknown,
  };
  const [actual, computed, ...rest] = Object.entries(values).map(([name, value]) => `${name} ${typeof value === 'number' ? value : format(value)}`);
  const correction = corrected(call, ranges, isOutside, channelsLast);
  const allowed = compare(range.smallest, range.largest) === 'equal' ? `only ${format(range.smallest)} is` : `${format(range.smallest)} to ${format(range.largest)} are`;
  return [{
    ...problem('output-shape-mismatch', 'output_shape',
      `output_shape asks for ${format(size)} from an input of ${format(input)}; ${allowed} possible.`,
      `InvalidArgumentError: ${operation(call, channelsLast)}: Size of out_backprop doesn't match computed: ${actual ?? ''}, ${computed ?? ''} ${rest.join(' ')}`,
      call.requestedShape.source),
    ...(correction === undefined ? {} : { correction }),
  }];
}

/** The input size that TensorFlow computes back from an output size. */
function backwards(call: TensorflowCall, axis: number, size: Int): Int {
  const stride = call.stride[axis] ?? unknown;
  const { padding } = call;
  if (padding === undefined) return unknown;
  if (padding === 'SAME') return ceilDivide(size, stride);
  const kernel = effectiveKernel(call.kernelSize[axis] ?? unknown, call.dilation[axis] ?? unknown);
  if (padding === 'VALID') return ceilDivide(add(subtract(size, kernel), 1), stride);
  const [before = unknown, after = unknown] = padding[axis] ?? [];
  return add(floorDivide(subtract(add(size, before, after), kernel), stride), 1);
}

/** The written list with each impossible size replaced by the nearest possible one, `n·s` for SAME. */
function corrected(
  call: TensorflowCall, ranges: readonly { smallest: Int; largest: Int }[], isOutside: (axis: number) => boolean, channelsLast: boolean,
): Problem['correction'] {
  const { value } = call.requestedShape;
  if (value.kind !== 'sequence') return undefined;
  const offset = value.items.length === call.kernelSize.length ? 0 : channelsLast ? 1 : 2;
  const items: ArgumentValue[] = [...value.items];
  for (const [axis, range] of ranges.entries()) {
    if (!isOutside(axis)) continue;
    const possible = asConstant(call.padding === 'SAME' ? range.largest : range.smallest);
    if (possible === undefined || possible < 1) return undefined;
    items[axis + offset] = integer(possible);
  }
  const replacement: ArgumentValue = { ...value, items };
  return { title: `Set output_shape to ${pythonText(replacement)}`, set: { output_shape: replacement } };
}

function rankProblem(call: TensorflowCall, input: Shape): Problem {
  const rank = call.kernelSize.length;
  const quotes: Readonly<Record<number, string>> = {
    1: `InvalidArgumentError: input_sizes must be 4-dimensional, got: ${input.length + 1}`,
    2: `InvalidArgumentError: input_sizes must be 4-dimensional, got: ${input.length}`,
    3: 'InvalidArgumentError: out_backprop tensor must have 5 dimensions',
  };
  return problem('invalid-argument', 'input', `${call.traits.label} needs an input of ${rank + 2} dimensions, but this one has ${input.length}.`, quotes[rank]);
}

/** The kernel that complains: that of the CPU, or of XLA for what the CPU lacks. */
function operation(call: TensorflowCall, channelsLast: boolean): string {
  const isPlain = channelsLast && call.dilation.every(dilation => compare(dilation, 1) === 'equal');
  return call.kernelSize.length === 3
    ? isPlain ? 'Conv3DBackpropInputOp' : 'Conv3DBackpropInputV2'
    : isPlain ? 'Conv2DCustomBackpropInput' : 'Conv2DBackpropInput';
}

function problem(kind: Problem['kind'], parameter: string | undefined, message: string, quote?: string, source?: number): Problem {
  return { kind, parameter, message, when: 'call', ...(quote === undefined ? {} : { quote }), ...(source === undefined ? {} : { source }) };
}
