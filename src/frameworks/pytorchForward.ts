import { bounds, compare } from '../algebra/bounds';
import { floorDivide, isMultipleOf } from '../algebra/division';
import { type Int, constant, multiply, one, subtract, unknown } from '../algebra/integer';
import { format } from '../algebra/format';
import type { Applied, ForwardCall, Problem } from './api';
import type { ArgumentValue, Shape } from './argument';
import { type TorchTraits, biasSizeError, operatorName } from './pytorchArguments';
import { type TorchChannels, type TorchGeometry, torchWindow } from './pytorchGeometry';
import { listText, pythonText, sizesText } from './value';
import { readSize, repeat } from './read';

type TorchLayer = TorchGeometry & TorchChannels & { readonly traits: TorchTraits; readonly bias: boolean | undefined };

/**
 * Calls the layer on an input `[batch, channels, *spatial]` or `[channels, *spatial]`.
 * Source: semantics.md 2.3 to 2.6.
 */
export function applyTorch(layer: TorchLayer, input: Shape | undefined, forward: ForwardCall = {}): Applied {
  if (input === undefined) return { output: undefined, problems: [] };
  const { rank } = layer.traits;
  if (input.length !== rank + 2 && input.length !== rank + 1) return { output: undefined, problems: [rankProblem(layer.traits, input)] };

  const leading = input.length - rank;
  const channels = input[leading - 1] ?? unknown;
  const spatial = input.slice(leading);
  const problems: Problem[] = [];
  if (layer.traits.quantized && leading === 1) problems.push(unbatchedProblem(layer.traits));
  if (compare(channels, layer.inputChannels) === 'different') problems.push(channelProblem(layer, input, channels));
  if (layer.traits.lazy) problems.push(...lazyProblems(layer, channels));

  const computed = spatial.map((size, axis) => torchWindow(layer, axis, size).outputSize);
  const requested = forward.outputSize === undefined || forward.outputSize.kind === 'none'
    ? computed
    : requestedSizes(layer, forward.outputSize, input, spatial, problems);
  problems.push(...emptyProblems(spatial, requested));
  return { output: [...input.slice(0, leading - 1), layer.outputChannels, ...requested], problems };
}

function rankProblem(traits: TorchTraits, input: Shape): Problem {
  const name = traits.lazy ? traits.name : operatorName(traits);
  const size = traits.lazy ? `torch.Size(${listText(input)})` : listText(input);
  const quote = `RuntimeError: Expected ${traits.rank + 1}D (unbatched) or ${traits.rank + 2}D (batched) input to ${name}, but got input of size: ${size}`;
  return atCall('invalid-argument', `${traits.label} needs an input of ${traits.rank + 1} or ${traits.rank + 2} dimensions, but this one has ${input.length}.`, quote);
}

function unbatchedProblem(traits: TorchTraits): Problem {
  const axes = ['L', 'H, W', 'D, H, W'][traits.rank - 1] ?? '';
  return atCall('invalid-argument', `${traits.label} needs a batch dimension.`, `ValueError: Input shape must be \`(N, C, ${axes})\`!`);
}

function channelProblem(layer: TorchLayer, input: Shape, channels: Int): Problem {
  const { rank } = layer.traits;
  const weight = [layer.inputChannels, perGroup(layer), ...layer.kernelSize];
  const batched = input.length === rank + 2 ? input : [one, ...input];
  return atCall('channel-mismatch',
    `${layer.traits.label} expects ${format(layer.inputChannels)} input channels, but the input has ${format(channels)}.`,
    `RuntimeError: Given transposed=1, weight of size ${listText(weight)}, expected input${listText(batched)} to have ${format(layer.inputChannels)} channels, but got ${format(channels)} channels instead`);
}

/**
 * A lazy module checks its groups once it knows the input's channels. Output channels that the groups do not divide
 * are lost in the weight, but not in the bias.
 */
function lazyProblems(layer: TorchLayer, channels: Int): readonly Problem[] {
  const { groups, outputChannels } = layer;
  const report = (message: string, quote: string): Problem => ({ ...atCall('groups-mismatch', message, quote), parameter: 'groups' });
  if (isMultipleOf(channels, groups) === false) {
    return [report(`The input's ${format(channels)} channels are not divisible by groups ${format(groups)}.`, 'ValueError: in_channels must be divisible by groups')];
  }
  if (layer.bias !== true || isMultipleOf(outputChannels, groups) !== false) return [];
  const each = floorDivide(outputChannels, groups);
  return [report(`out_channels ${format(outputChannels)} is not divisible by groups ${format(groups)}.`,
    biasSizeError([channels, each, ...layer.kernelSize], multiply(each, groups), outputChannels))];
}

/** Output channels in one group, as the weight has them; unknown unless they divide. */
function perGroup(layer: TorchLayer): Int {
  if (compare(layer.groups, 1) === 'equal') return layer.outputChannels;
  const groups = bounds(layer.groups);
  const channels = bounds(layer.outputChannels);
  const exact = groups.lower === groups.upper && channels.lower === channels.upper && groups.lower > 0;
  return exact ? constant(Math.floor(channels.lower / groups.lower)) : unknown;
}

/** TC203, and inputs without any element. */
function emptyProblems(spatial: readonly Int[], output: readonly Int[]): readonly Problem[] {
  if (spatial.some(size => bounds(size).upper < 1)) {
    return [atCall('empty-output', `The input is empty: its sizes are ${sizesText(spatial)}.`, 'RuntimeError: Only zero batch or zero channel inputs are supported, but got input shape')];
  }
  if (output.every(size => bounds(size).upper >= 1)) return [];
  // One-dimensional input goes through the two-dimensional operator with a height of 1.
  const text = (values: readonly Int[]): string => (values.length === 1 ? [one, ...values] : values).map(size => format(size)).join(' x ');
  return [atCall('empty-output', `The output would be empty: ${output.map(size => format(size)).join(' × ')}.`,
    `RuntimeError: Given input size per channel: (${text(spatial)}). Calculated output size per channel: (${text(output)}). Output size is too small`)];
}

/**
 * `forward(x, output_size)`: replaces output_padding; each entry from the smallest size to `stride - 1` more.
 * Leading entries for batch and channels are dropped unchecked.
 */
function requestedSizes(layer: TorchLayer, requested: ArgumentValue, input: Shape, spatial: readonly Int[], problems: Problem[]): readonly Int[] {
  const { traits } = layer;
  const notKnown = repeat(unknown, traits.rank);
  const report = (message: string, quote: string): readonly Int[] => {
    problems.push({ ...atCall('output-shape-mismatch', message, quote), parameter: 'output_size' });
    return notKnown;
  };
  if (traits.quantized) {
    return report(`${traits.label} has no output_size.`, `TypeError: ${traits.name}.forward() got an unexpected keyword argument 'output_size'`);
  }
  if (requested.kind === 'integer') return report('output_size must be a list or tuple, not an integer.', "TypeError: object of type 'int' has no len()");
  if (requested.kind !== 'sequence' && requested.kind !== 'string') return notKnown;
  const length = requested.kind === 'string' ? requested.value.length : requested.items.length;
  if (length !== traits.rank && length !== input.length) {
    return report(`output_size needs ${traits.rank} or ${input.length} entries, not ${length}.`,
      `ValueError: ConvTranspose${traits.rank}D: for ${input.length}D input, output_size must have ${traits.rank} or ${input.length} elements (got ${length})`);
  }
  if (requested.kind === 'string') {
    return report(`output_size must be a list or tuple, not ${pythonText(requested)}.`, "TypeError: '<' not supported between instances of 'str' and 'int'");
  }
  const { items } = requested;
  const spatialItems = items.slice(items.length - traits.rank);
  const float = spatialItems.findIndex(item => item.kind === 'float');
  if (float >= 0) {
    return report('output_size must be integers.', `TypeError: ${operatorName(traits)}(): argument 'output_padding' (position 6) must be tuple of ints, but found element of type float at pos 0`);
  }
  const wanted = spatialItems.map(item => readSize(item) ?? unknown);
  const none = { ...layer, outputPadding: repeat(constant(0), traits.rank) };
  const smallest = spatial.map((size, axis) => torchWindow(none, axis, size).outputSize);
  const largest = smallest.map((size, axis) => subtract(addStride(size, layer.stride[axis] ?? unknown), 1));
  const outside = wanted.some((size, axis) =>
    bounds(subtract(size, smallest[axis] ?? unknown)).upper < 0 || bounds(subtract(size, largest[axis] ?? unknown)).lower > 0);
  if (!outside) return wanted;
  return report(
    `output_size ${pythonText(requested)} is not possible for this input: sizes from ${sizesText(smallest)} to ${sizesText(largest)} are.`,
    `ValueError: requested an output size of ${requested.form === 'list' ? listText(wanted) : sizesText(wanted)}, but valid sizes range from ${listText(smallest)} to ${listText(largest)} (for an input of torch.Size(${listText(input.slice(2))}))`);
}

function addStride(size: Int, stride: Int): Int {
  return subtract(size, multiply(-1, stride));
}

function atCall(kind: Problem['kind'], message: string, quote: string): Problem {
  return { kind, parameter: undefined, message, quote, when: 'call' };
}
