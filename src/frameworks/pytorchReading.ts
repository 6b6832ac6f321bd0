import { compare } from '../algebra/bounds';
import { isMultipleOf } from '../algebra/division';
import { type Int, asConstant, multiply, subtract, unknown } from '../algebra/integer';
import { maximum } from '../algebra/maximum';
import { format } from '../algebra/format';
import type { Api, Problem, Reading, Signature } from './api';
import type { ArgumentValue, GivenArguments, Shape } from './argument';
import { bind } from './bind';
import { misplaced } from './misplaced';
import { TorchArguments, type TorchTraits, biasSizeError, emptyKernelError, operatorName, wrongWeightRank } from './pytorchArguments';
import { applyTorch } from './pytorchForward';
import { type TorchChannels, type TorchGeometry, torchFormula, torchWindow } from './pytorchGeometry';
import { certainlyAtLeast, firstBelow, repeat } from './read';
import { makeReading } from './reading';
import { constants, integer, likeWritten, listText, pythonText, sizes, typeName } from './value';

/** Reads a call of a PyTorch transposed convolution. Source: semantics.md 2. */
export function readTorch(api: Api, traits: TorchTraits, signature: Signature, call: GivenArguments): Reading {
  const isModule = traits.form === 'layer';
  const binding = bind(signature, call, isModule
    ? { name: `${traits.name}.__init__`, receivers: 1 }
    : { name: traits.name, receivers: 0, wording: 'torch' });
  const given = new TorchArguments(binding, traits, signature.parameters.map(parameter => parameter.name));
  const channels = isModule ? moduleChannels(given, traits) : functionChannels(given, traits);
  const { kernelSize } = channels;
  const stride = given.sizes('stride');
  const dilation = given.sizes('dilation');
  const outputPadding = given.sizes('output_padding');
  const padding = isStringPadding(given) ? repeat(unknown, traits.rank) : given.sizes('padding');

  checkStringPadding(given, traits, { kernelSize, stride, dilation });
  checkPaddingMode(given, traits);
  checkOutputPadding(given, traits, outputPadding, stride, dilation);
  checkBias(given, traits, channels);

  const geometry = { kernelSize, stride, padding, outputPadding, dilation };
  return makeReading({
    api, rank: traits.rank, kernelSize, stride, dilation,
    inputChannels: channels.inputChannels, outputChannels: channels.outputChannels, groups: channels.groups,
    bias: given.bias(), layout: 'channelsFirst', flip: false,
    input: isModule ? undefined : shapeOf(given.get('input').value),
    arguments: canonicalArguments(given, traits, geometry, channels),
    problems: given.problems,
    assumed: [],
    missing: missing(given, traits, geometry),
    window: (axis, inputSize) => torchWindow(geometry, axis, inputSize),
    formula: (axis, inputSize) => torchFormula(geometry, axis, inputSize),
    apply: (input, forward) => applyTorch({ ...geometry, ...channels, traits, bias: given.bias() }, input, forward),
  });
}

function moduleChannels(given: TorchArguments, traits: TorchTraits): TorchChannels & { kernelSize: readonly Int[] } {
  const inputChannels = traits.lazy ? unknown : given.channels('in_channels');
  const outputChannels = given.channels('out_channels');
  const groups = given.groups();
  if (!traits.lazy) {
    given.checkGroups(inputChannels, groups, 'in_channels');
    given.checkGroups(outputChannels, groups, 'out_channels');
  }
  return { inputChannels, outputChannels, groups, kernelSize: given.kernelSize(inputChannels, outputChannels) };
}

/** A function takes kernel and channels from its weight `[inputChannels, outputChannels/groups, *kernel]`. */
function functionChannels(given: TorchArguments, traits: TorchTraits): TorchChannels & { kernelSize: readonly Int[] } {
  const groups = given.groups();
  const weight = shapeOf(given.get('weight').value);
  for (const name of ['input', 'weight'] as const) checkTensor(given, traits, name);
  const unread = { inputChannels: unknown, outputChannels: unknown, groups, kernelSize: repeat(unknown, traits.rank) };
  if (weight === undefined) return unread;
  if (weight.length !== traits.rank + 2) {
    given.report('invalid-argument', 'weight', `weight has ${weight.length} dimensions, but ${traits.label} needs ${traits.rank + 2}.`, {
      quote: wrongWeightRank(traits.rank, weight), when: 'call',
    });
    return unread;
  }
  const [inputChannels = unknown, perGroup = unknown, ...kernelSize] = weight;
  if (firstBelow(kernelSize, 1) !== undefined) {
    given.report('invalid-argument', 'weight', `The kernel of weight ${listText(weight)} is empty.`, { quote: emptyKernelError(traits.rank), when: 'call' });
  }
  const input = asConstant(inputChannels);
  const count = asConstant(groups);
  if (input !== undefined && count !== undefined && input < count) {
    groupsMismatch(given, `RuntimeError: Given groups=${count}, expected weight to be at least ${count} at dimension 0, but got weight of size ${listText(weight)} instead`, inputChannels, groups);
  } else if (isMultipleOf(inputChannels, groups) === false) {
    groupsMismatch(given, `RuntimeError: Given groups=${count ?? '?'}, expected weight to be divisible by ${count ?? '?'} at dimension 0, but got weight of size [${listText(weight)}] instead`, inputChannels, groups);
  }
  return { inputChannels, outputChannels: multiply(perGroup, groups), groups, kernelSize };
}

function groupsMismatch(given: TorchArguments, quote: string, inputChannels: Int, groups: Int): void {
  given.report('groups-mismatch', 'groups',
    `The weight's ${pythonText(integer(inputChannels))} input channels are not divisible by groups ${pythonText(integer(groups))}.`, { quote, when: 'call' });
}

function checkTensor(given: TorchArguments, traits: TorchTraits, parameter: 'input' | 'weight'): void {
  const bound = given.get(parameter);
  const type = typeName(bound.value);
  if (type === undefined || bound.value.kind === 'tensor' || bound.value.kind === 'sequence') return;
  const place = bound.position === undefined ? '' : ` (position ${parameter === 'input' ? 1 : 2})`;
  given.report('invalid-argument', parameter, `${parameter} must be a tensor, not ${pythonText(bound.value)}.`, {
    quote: `TypeError: ${operatorName(traits)}(): argument '${parameter}'${place} must be Tensor, not ${type}`, when: 'call',
  });
}

function isStringPadding(given: TorchArguments): boolean {
  return given.get('padding').value.kind === 'string';
}

/** TC205: only forward convolutions take 'same' and 'valid'. */
function checkStringPadding(given: TorchArguments, traits: TorchTraits, geometry: Pick<TorchGeometry, 'kernelSize' | 'stride' | 'dilation'>): void {
  const { value, position } = given.get('padding');
  if (value.kind !== 'string') return;
  const operator = operatorName(traits);
  const place = position === undefined ? '' : ' (position 5)';
  const correction = integerPadding(given, value.value.toLowerCase(), geometry);
  given.report('unsupported-padding', 'padding', `${traits.label} takes padding as integers only, not ${pythonText(value)}.`, {
    quote: traits.form === 'layer'
      ? `TypeError: ${operator}(): argument 'padding' (position 5) must be tuple of ints, but found element of type str at pos 0`
      : `TypeError: ${operator}(): argument 'padding'${place} must be tuple of ints, not str`,
    when: 'call',
    ...(correction === undefined ? {} : { correction }),
  });
}

/** Integers that do what the string means in Keras: 'valid' crops nothing, 'same' gives n·s, so that `2p - op = k - s`. */
function integerPadding(given: TorchArguments, mode: string, geometry: Pick<TorchGeometry, 'kernelSize' | 'stride' | 'dilation'>): Problem['correction'] {
  if (mode === 'valid') return { title: 'Set padding to 0', set: { padding: integer(0) } };
  const kernelSize = constants(geometry.kernelSize);
  const stride = constants(geometry.stride);
  const dilation = constants(geometry.dilation);
  if (mode !== 'same' || kernelSize === undefined || stride === undefined || dilation === undefined) return undefined;
  const padding: number[] = [];
  const outputPadding: number[] = [];
  for (const [axis, kernel] of kernelSize.entries()) {
    const excess = (dilation[axis] ?? 1) * (kernel - 1) + 1 - (stride[axis] ?? 1);
    padding.push(Math.max(0, Math.ceil(excess / 2)));
    outputPadding.push(excess >= 0 ? excess % 2 : -excess);
    if ((outputPadding[axis] ?? 0) >= Math.max(stride[axis] ?? 1, dilation[axis] ?? 1)) return undefined;
  }
  const written = given.get('output_padding');
  const set: Record<string, ArgumentValue | undefined> = { padding: likeWritten(padding, integer(0)) };
  if (outputPadding.some(size => size > 0)) set['output_padding'] = likeWritten(outputPadding, written.value);
  else if (written.given) set['output_padding'] = written.position === undefined ? undefined : integer(0);
  const parts = Object.entries(set).map(([name, value]) => value === undefined ? `no ${name}` : `${name}=${pythonText(value)}`);
  return { title: `Use ${parts.join(' and ')}: output = stride × input`, set };
}

function checkPaddingMode(given: TorchArguments, traits: TorchTraits): void {
  if (traits.form !== 'layer') return;
  const { value } = given.get('padding_mode');
  if (value.kind === 'unknown' || value.kind === 'other' || (value.kind === 'string' && value.value === 'zeros')) return;
  given.report('unsupported-padding', 'padding_mode', `${traits.label} supports padding_mode='zeros' only, not ${pythonText(value)}.`, {
    quote: `ValueError: Only "zeros" padding mode is supported for ${traits.name}`, when: 'construction',
    correction: { title: 'Remove padding_mode', set: { padding_mode: undefined } },
  });
}

/**
 * TC201: legal below stride or below dilation, on each axis. When the value stands sixth, where Conv2d has its
 * dilation, that may be what was meant, and TC302 says so as well: the value cannot be an output padding.
 */
function checkOutputPadding(given: TorchArguments, traits: TorchTraits, outputPadding: readonly Int[], stride: readonly Int[], dilation: readonly Int[]): void {
  const tooLarge = (axis: number): boolean => {
    const size = outputPadding[axis] ?? unknown;
    return certainlyAtLeast(size, stride[axis] ?? unknown) && certainlyAtLeast(size, dilation[axis] ?? unknown);
  };
  const axis = outputPadding.findIndex((_, index) => tooLarge(index));
  if (axis < 0) return;
  const bound = given.get('output_padding');
  const allowed = outputPadding.map((size, index) => tooLarge(index) ? subtract(maximum(stride[index] ?? unknown, dilation[index] ?? unknown), 1) : size);
  const least = constants(allowed);
  const clamped = least === undefined ? undefined : likeWritten(least, bound.value);
  const text = (values: readonly Int[]): string => pythonText(integer(values[axis] ?? unknown));
  given.report('output-padding-too-large', 'output_padding',
    `output_padding ${text(outputPadding)} must be smaller than stride ${text(stride)} or dilation ${text(dilation)}.`, {
      quote: `RuntimeError: output padding must be smaller than either stride or dilation, but got ${axisTexts({ output_padding: outputPadding, stride, dilation })}`,
      when: 'call',
      ...(clamped === undefined ? {} : { correction: { title: `Set output_padding to ${pythonText(clamped)}`, set: { output_padding: clamped } } }),
    });
  if (bound.position === undefined || given.get('dilation').given) return;
  given.problems.push(misplaced({
    bound, parameter: 'output_padding', meant: 'dilation', meantIsGiven: false, label: traits.label, when: 'call',
    sibling: traits.form === 'layer' ? `nn.Conv${traits.rank}d` : `F.conv${traits.rank}d`,
  }));
}

/** `output_padding_height: 2 output_padding_width: 2 …`; in 1-D PyTorch adds a height of its own. */
function axisTexts(values: { readonly output_padding: readonly Int[]; readonly stride: readonly Int[]; readonly dilation: readonly Int[] }): string {
  const names = values.stride.length === 3 ? ['depth', 'height', 'width'] : ['height', 'width'];
  const padded = { output_padding: 0, stride: 1, dilation: 1 };
  return (['output_padding', 'stride', 'dilation'] as const).map(parameter => {
    const shown = values[parameter].length === 1 ? [padded[parameter], ...values[parameter]] : values[parameter];
    return names.map((name, axis) => `${parameter}_${name}: ${pythonText(integer(shown[axis] ?? unknown))}`).join(' ');
  }).join(' ');
}

/** TC302: a number where a bias belongs. It is meant for what stands there in a sibling. */
function checkBias(given: TorchArguments, traits: TorchTraits, channels: TorchChannels): void {
  const bound = given.get('bias');
  const isModule = traits.form === 'layer';
  const { value } = bound;
  const weight = shapeOf(given.get('weight').value);
  const [size] = value.kind === 'tensor' ? value.shape ?? [] : [];
  if (size !== undefined && compare(size, channels.outputChannels) === 'different') {
    given.report('channel-mismatch', 'bias', `bias has ${format(size)} elements, but there are ${format(channels.outputChannels)} output channels.`, {
      quote: biasSizeError(weight ?? [], channels.outputChannels, size), when: 'call',
    });
  }
  if (isModule) {
    const number = value.kind === 'integer' ? asConstant(value.value) : undefined;
    // The functions have dilation after groups. 0 and 1 may be meant as False and True.
    if (bound.position === undefined || number === undefined || number < 2) return;
    given.problems.push(misplaced({ bound, parameter: 'bias', meant: 'dilation', meantIsGiven: given.get('dilation').given, label: traits.label, sibling: `F.conv_transpose${traits.rank}d` }));
    return;
  }
  const type = typeName(value);
  if (type === undefined || value.kind === 'none' || value.kind === 'tensor' || value.kind === 'sequence') return;
  const quote = `TypeError: ${operatorName(traits)}(): argument 'bias'${bound.position === undefined ? '' : ' (position 3)'} must be Tensor, not ${type}`;
  if (bound.position !== undefined && value.kind === 'integer') {
    given.problems.push(misplaced({ bound, parameter: 'bias', meant: 'stride', meantIsGiven: given.get('stride').given, label: traits.label, quote, when: 'call', sibling: `nn.ConvTranspose${traits.rank}d` }));
  } else {
    given.report('invalid-argument', 'bias', `bias must be a tensor or None, not ${pythonText(value)}.`, { quote, when: 'call' });
  }
}

function canonicalArguments(given: TorchArguments, traits: TorchTraits, geometry: TorchGeometry, channels: TorchChannels): Record<string, ArgumentValue> {
  const perAxis = (name: string, values: readonly Int[]): ArgumentValue => {
    const { value } = given.get(name);
    return value.kind === 'string' ? value : sizes(values);
  };
  const common = {
    stride: perAxis('stride', geometry.stride),
    padding: perAxis('padding', geometry.padding),
    output_padding: perAxis('output_padding', geometry.outputPadding),
    dilation: perAxis('dilation', geometry.dilation),
    groups: integer(channels.groups),
  };
  if (traits.form === 'function') {
    return { input: given.get('input').value, weight: given.get('weight').value, bias: given.get('bias').value, ...common };
  }
  const result: Record<string, ArgumentValue> = {
    ...(traits.lazy ? {} : { in_channels: integer(channels.inputChannels) }),
    out_channels: integer(channels.outputChannels),
    kernel_size: sizes(geometry.kernelSize),
    ...common,
  };
  // What has no bearing on the shape is listed where it is written.
  for (const name of ['bias', 'padding_mode']) if (given.get(name).given) result[name] = given.get(name).value;
  return result;
}

function missing(given: TorchArguments, traits: TorchTraits, geometry: TorchGeometry): readonly string[] {
  const names: [string, readonly Int[]][] = [
    [traits.form === 'layer' ? 'kernel_size' : 'weight', geometry.kernelSize],
    ['stride', geometry.stride], ['padding', geometry.padding],
    ['output_padding', geometry.outputPadding], ['dilation', geometry.dilation],
  ];
  const rejected = new Set(given.problems.map(problem => problem.parameter));
  return names.filter(([name, values]) => !rejected.has(name) && values.some(value => !value.known)).map(([name]) => name);
}

export function shapeOf(value: ArgumentValue): Shape | undefined {
  return value.kind === 'tensor' ? value.shape : undefined;
}
