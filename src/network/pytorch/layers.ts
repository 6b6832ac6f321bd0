import { bounds, compare } from '../../algebra/bounds';
import { floorDivide, isMultipleOf } from '../../algebra/division';
import { add, asConstant, constant, multiply, subtract, unknown, type Int } from '../../algebra/integer';
import { format } from '../../algebra/format';
import type { Shape } from '../../frameworks/argument';
import type { Site } from '../../python/machine';
import { integer, type Arguments, type Value } from '../../python/values';
import { LibraryCall } from '../call';
import type { NetworkContext } from '../context';
import { convolvedSize, fitting } from '../shapes/window';
import { axisOf, flattened } from '../shapes/reshape';
import { hostValue, tensor, type LayerObject, type Tensor } from '../values';
import { convolutionAttributes } from './layerAttributes';
import { resized, resizeTakes } from './resize';

/** Makes the object for a layer of `torch.nn` from its constructor's arguments. */
export type LayerMaker = (name: string, given: Arguments, site: Site, context: NetworkContext) => Value;

/** What a layer does to the shape of its input. */
interface Behaviour {
  /** The input that the layer implies when nothing else is known of it. */
  readonly implied?: { readonly rank: number; readonly channels: Int };
  output(shape: Shape, site: Site, input: Tensor): Shape | undefined;
  attribute?: LayerObject['attribute'];
}

function layer(name: string, context: NetworkContext, behaviour: Behaviour): Value {
  return hostValue({
    type: 'layer',
    name,
    ...behaviour.attribute === undefined ? {} : { attribute: behaviour.attribute },
    call(given, site) {
      const value = given.positional[0]?.value ?? given.keywords[0]?.value;
      const input = behaviour.implied === undefined
        ? context.implied.known(value)
        : context.implied.tensor(value, { ...behaviour.implied, channelsFirst: true });
      if (input?.shape === undefined) return tensor(undefined);
      return tensor(behaviour.output(input.shape, site, input), input.origin);
    },
  });
}

/** Layers that leave the shape as it is. */
const passing: LayerMaker = (name, _given, _site, context) => layer(name, context, { output: shape => shape });

/** Layers that keep the shape and tell how many channels they take: `BatchNorm2d(64)`. */
const normalizing = (rank: number): LayerMaker => (name, given, site, context) => {
  const channels = new LibraryCall(given, site, ['num_features']).integer('num_features');
  return layer(name, context, {
    ...rank === 1 ? {} : { implied: { rank, channels } },
    output(shape, at, input) {
      // In one dimension the last axis may be left out.
      if (shape.length !== rank + 2 && !(rank === 1 && shape.length === 2)) return undefined;
      const fits = checkChannels(shape[1], channels, input, at, context, 'num_features', `running_mean should contain ${text(shape[1])} elements not ${text(channels)}`);
      return fits ? shape : undefined;
    },
  });
};

const paddingModes = new Set(['zeros', 'reflect', 'replicate', 'circular']);

/** `torch.nn.Conv1d`, `2d`, `3d`. */
const convolution = (rank: number, lazy: boolean): LayerMaker => (name, given, site, context) => {
  const names = [...lazy ? [] : ['in_channels'], 'out_channels', 'kernel_size', 'stride', 'padding', 'dilation', 'groups', 'bias', 'padding_mode'];
  const call = new LibraryCall(given, site, names);
  const inputChannels = lazy ? unknown : call.integer('in_channels');
  const outputChannels = call.integer('out_channels');
  const kernelSize = call.sizes('kernel_size', rank);
  const stride = call.sizes('stride', rank, 1);
  const dilation = call.sizes('dilation', rank, 1);
  const mode = call.text('padding');
  const padding = mode === undefined ? call.sizes('padding', rank, 0) : undefined;
  const groups = call.integer('groups', 1);
  const rejected = isMultipleOf(inputChannels, groups) === false || isMultipleOf(outputChannels, groups) === false
    || (mode === 'same' && stride.some(size => bounds(size).lower > 1)) || !paddingModes.has(call.text('padding_mode', 'zeros') ?? 'zeros');
  return layer(name, context, {
    implied: { rank, channels: inputChannels },
    attribute: convolutionAttributes(name, given, site),
    output(shape, at, input) {
      if (rejected || (shape.length !== rank + 2 && shape.length !== rank + 1)) return undefined;
      const channelAxis = shape.length - rank - 1;
      const fits = checkChannels(shape[channelAxis], inputChannels, input, at, context, 'in_channels',
        `Given groups=${text(groups)}, weight of size [${[outputChannels, dividedOr(inputChannels, groups), ...kernelSize].map(text).join(', ')}], expected input[${shape.map(text).join(', ')}] to have ${text(inputChannels)} channels, but got ${text(shape[channelAxis])} channels instead`);
      if (!fits) return undefined;
      const spatial = shape.slice(-rank).map((size, axis) => {
        if (mode === 'same') return size;
        const one = { kernelSize: kernelSize[axis] ?? unknown, stride: stride[axis] ?? unknown, dilation: dilation[axis] ?? unknown };
        return convolvedSize(size, { ...one, padding: mode === 'valid' ? constant(0) : multiply(2, padding?.[axis] ?? unknown) });
      });
      const fit = fitting(spatial);
      return fit && [...shape.slice(0, channelAxis), outputChannels, ...fit];
    },
  });
};

function dividedOr(value: Int, divisor: Int): Int {
  return isMultipleOf(value, divisor) === true ? floorDivide(value, divisor) : unknown;
}

function text(value: Int | undefined): string {
  return value === undefined ? '?' : format(value);
}

/** Notes an input that the layer rejects; says whether there can be an output at all. */
function checkChannels(
  found: Int | undefined, expected: Int, input: Tensor, site: Site, context: NetworkContext, parameter: string, quote: string,
): boolean {
  // A shape that another layer implied is a guess: that the two differ is not certain to happen.
  if (found === undefined || input.implied === true || compare(found, expected) !== 'different') return true;
  if (context.choosing === 0) context.page.notes.note(site, {
    kind: 'channel-mismatch',
    certain: true,
    message: `The input has ${format(found)} channels here, but ${parameter} is ${format(expected)}.`,
    quote: `RuntimeError: ${quote}`,
    related: input.origin?.last === undefined ? [] : [{ subject: input.origin.last, message: `the ${format(found)} channels come from this layer` }],
  });
  return false;
}

const pooling = (rank: number, max: boolean): LayerMaker => (name, given, site, context) => {
  const names = max ? ['kernel_size', 'stride', 'padding', 'dilation', 'return_indices', 'ceil_mode'] : ['kernel_size', 'stride', 'padding', 'ceil_mode'];
  const call = new LibraryCall(given, site, names);
  const kernelSize = call.sizes('kernel_size', rank);
  const stride = call.sizes('stride', rank, kernelSize);
  const padding = call.sizes('padding', rank, 0);
  const dilation = max ? call.sizes('dilation', rank, 1) : kernelSize.map(() => constant(1));
  const ceil = call.flag('ceil_mode', false);
  const indices = max ? call.flag('return_indices', false) : false;
  // Padding of more than half a window would make windows of padding alone.
  const tooMuch = padding.some((pad, axis) => {
    const reach = add(multiply(dilation[axis] ?? unknown, subtract(kernelSize[axis] ?? unknown, 1)), 1);
    return bounds(subtract(multiply(2, pad), reach)).lower > 0;
  });
  const made = layer(name, context, {
    output(shape) {
      if (tooMuch || shape.length < rank + 1) return undefined;
      const spatial = shape.slice(-rank).map((size, axis) => pooledSize(size, {
        kernelSize: kernelSize[axis] ?? unknown, stride: stride[axis] ?? unknown, padding: padding[axis] ?? unknown, dilation: dilation[axis] ?? unknown,
      }, ceil));
      const fit = fitting(spatial);
      return fit && [...shape.slice(0, -rank), ...fit];
    },
  });
  if (indices === false || made.kind !== 'host') return made;
  // With indices there are two results; how many there are is not known when the flag is not.
  return hostValue({
    type: 'layer', name,
    call(inner, at) {
      const pooled = at.machine.call(made, inner, at.node);
      return indices === true ? { kind: 'tuple', items: [pooled, pooled] } : { kind: 'unknown' };
    },
  });
};

interface PoolingWindow { readonly kernelSize: Int; readonly stride: Int; readonly padding: Int; readonly dilation: Int }

function pooledSize(size: Int, window: PoolingWindow, ceil: boolean | undefined): Int {
  if (ceil === false) return convolvedSize(size, { ...window, padding: multiply(2, window.padding) });
  if (ceil === undefined) return unknown;
  const rounded = convolvedSize(add(size, subtract(window.stride, 1)), { ...window, padding: multiply(2, window.padding) });
  // The last window must start inside the input or its left padding.
  const start = bounds(subtract(multiply(subtract(rounded, 1), window.stride), add(size, window.padding)));
  if (start.upper < 0) return rounded;
  return start.lower >= 0 ? subtract(rounded, 1) : unknown;
}

/** `LPPool2d(norm_type, kernel_size, stride=None, ceil_mode=False)`. */
const normPooling = (rank: number): LayerMaker => (name, given, site, context) =>
  pooling(rank, false)(name, { ...given, positional: given.positional.slice(1).flatMap((value, index) => index === 2 ? [{ value: integer(0), source: undefined }, value] : [value]) }, site, context);

const adaptive = (rank: number): LayerMaker => (name, given, site, context) => {
  const call = new LibraryCall(given, site, ['output_size']);
  const value = call.value('output_size');
  const items = value === undefined ? undefined : site.machine.items(value);
  const target = items === undefined ? call.sizes('output_size', rank) : undefined;
  return layer(name, context, {
    output: shape => shape.length < rank + 1 || (items !== undefined && items.length !== rank) ? undefined : [...shape.slice(0, -rank), ...shape.slice(-rank).map((size, axis) => {
      const item = items?.[axis];
      if (item?.kind === 'none') return size;
      return item !== undefined ? new LibraryCall({ positional: [{ value: item, source: undefined }], keywords: [], unknownPositional: false, unknownKeywords: false }, site, ['size']).integer('size') : target?.[axis] ?? unknown;
    })],
  });
};

const linear = (lazy: boolean): LayerMaker => (name, given, site, context) => {
  const call = new LibraryCall(given, site, lazy ? ['out_features'] : ['in_features', 'out_features']);
  const features = lazy ? unknown : call.integer('in_features');
  const output = call.integer('out_features');
  return layer(name, context, {
    implied: { rank: 0, channels: features },
    output(shape, at, input) {
      const fits = checkChannels(shape.at(-1), features, input, at, context, 'in_features',
        `mat1 and mat2 shapes cannot be multiplied (${format(multiply(...shape.slice(0, -1)))}x${text(shape.at(-1))} and ${text(features)}x${text(output)})`);
      return fits ? [...shape.slice(0, -1), output] : undefined;
    },
  });
};

const flatten: LayerMaker = (name, given, site, context) => {
  const call = new LibraryCall(given, site, ['start_dim', 'end_dim']);
  const [start, end] = [call.number('start_dim', 1), call.number('end_dim', -1)];
  return layer(name, context, { output: shape => start === undefined || end === undefined ? undefined : flattened(shape, start, end) });
};

const unflatten: LayerMaker = (name, given, site, context) => {
  const call = new LibraryCall(given, site, ['dim', 'unflattened_size']);
  const axis = call.number('dim');
  const sizes = call.list('unflattened_size');
  return layer(name, context, { output: shape => unflattened(shape, axis, sizes) });
};

/** One axis split into several; one of them may be `-1`. */
export function unflattened(shape: Shape, axis: number | undefined, sizes: Shape | undefined): Shape | undefined {
  const at = axisOf(axis, shape.length);
  if (at === undefined || sizes === undefined) return undefined;
  const whole = shape[at] ?? unknown;
  const others = multiply(...sizes.filter(size => asConstant(size) !== -1));
  if (sizes.some(size => asConstant(size) === -1) ? isMultipleOf(whole, others) === false : compare(whole, others) === 'different') return undefined;
  return [...shape.slice(0, at), ...sizes.map(size => asConstant(size) === -1 ? dividedOr(whole, others) : size), ...shape.slice(at + 1)];
}

/** `PixelShuffle(r)`: channels into space. */
const pixelShuffle = (down: boolean): LayerMaker => (name, given, site, context) => {
  const parameter = down ? 'downscale_factor' : 'upscale_factor';
  const factor = new LibraryCall(given, site, [parameter]).integer(parameter);
  return layer(name, context, { output: shape => shuffled(shape, factor, down) });
};

/** The shape after moving `factor²` channels into each pixel, or back. */
export function shuffled(shape: Shape, factor: Int, down: boolean): Shape | undefined {
  const [channels, height, width] = shape.slice(-3);
  if (channels === undefined || height === undefined || width === undefined) return undefined;
  const area = multiply(factor, factor);
  return [...shape.slice(0, -3), ...down
    ? [multiply(channels, area), dividedOr(height, factor), dividedOr(width, factor)]
    : [dividedOr(channels, area), multiply(height, factor), multiply(width, factor)]];
}

const upsample = (mode: string | undefined): LayerMaker => (name, given, site, context) => {
  const call = new LibraryCall(given, site, mode === undefined ? ['size', 'scale_factor', 'mode'] : ['size', 'scale_factor']);
  const how = mode ?? call.text('mode', 'nearest');
  return layer(name, context, { output: shape => resizeTakes(how, shape.length) ? resized(shape, call.value('size'), call.value('scale_factor'), site.machine) : undefined });
};

/** @param spare how much less than the size may be padded at most; `undefined`: any amount. */
const padding = (rank: number, spare?: number): LayerMaker => (name, given, site, context) => {
  const value = new LibraryCall(given, site, ['padding']).value('padding');
  const items = value === undefined ? undefined : site.machine.items(value);
  const pads = items === undefined
    ? Array.from({ length: rank * 2 }, () => new LibraryCall(given, site, ['padding']).integer('padding'))
    : items.map(item => item.kind === 'integer' ? item.value : unknown);
  const tooMuch = (shape: Shape): boolean => spare !== undefined && pads.some((pad, index) =>
    bounds(subtract(add(pad, spare), shape[shape.length - 1 - Math.floor(index / 2)] ?? unknown)).lower > 0);
  return layer(name, context, {
    implied: { rank, channels: unknown },
    output(shape) {
      const result = tooMuch(shape) ? undefined : padded(shape, pads);
      return result?.some(size => bounds(size).upper < 0) === true ? undefined : result;
    },
  });
};

/** Pads given from the last axis backwards, two for each axis. */
export function padded(shape: Shape, pads: readonly Int[]): Shape | undefined {
  const axes = pads.length / 2;
  if (!Number.isInteger(axes) || axes > shape.length) return undefined;
  return shape.map((size, axis) => {
    const fromEnd = shape.length - 1 - axis;
    const [before, after] = [pads[2 * fromEnd], pads[2 * fromEnd + 1]];
    return before === undefined || after === undefined ? size : add(size, before, after);
  });
}

const gatedLinear: LayerMaker = (name, given, site, context) => {
  const axis = new LibraryCall(given, site, ['dim']).number('dim', -1);
  return layer(name, context, {
    output(shape) {
      const at = axisOf(axis, shape.length);
      return at === undefined ? undefined : shape.map((size, place) => place === at ? dividedOr(size, constant(2)) : size);
    },
  });
};

/** `InstanceNorm2d(C)`: with a batch or without; channels count only where they are learned. */
const instanceNormalizing = (rank: number): LayerMaker => (name, given, site, context) => {
  const call = new LibraryCall(given, site, ['num_features', 'eps', 'momentum', 'affine']);
  const channels = call.flag('affine', false) === true ? call.integer('num_features') : unknown;
  return layer(name, context, {
    output: shape => (shape.length !== rank + 1 && shape.length !== rank + 2) || compare(shape[shape.length - rank - 1] ?? unknown, channels) === 'different' ? undefined : shape,
  });
};

/** `GroupNorm(groups, channels)`. */
const groupNormalizing: LayerMaker = (name, given, site, context) => {
  const call = new LibraryCall(given, site, ['num_groups', 'num_channels']);
  const channels = call.integer('num_channels');
  const rejected = isMultipleOf(channels, call.integer('num_groups')) === false;
  return layer(name, context, {
    output(shape, at, input) {
      const fits = checkChannels(shape[1], channels, input, at, context, 'num_channels', `Expected weight to be a vector of size equal to the number of channels in input, but got weight of shape [${text(channels)}] and input of shape [${shape.map(text).join(', ')}]`);
      return rejected || !fits ? undefined : shape;
    },
  });
};

/** `LayerNorm(sizes)` of the last axes. */
const layerNormalizing: LayerMaker = (name, given, site, context) => {
  const call = new LibraryCall(given, site, ['normalized_shape']);
  const sizes = call.list('normalized_shape') ?? [call.integer('normalized_shape')];
  return layer(name, context, {
    output: shape => sizes.length > shape.length || sizes.some((size, axis) => compare(size, shape[shape.length - sizes.length + axis] ?? unknown) === 'different') ? undefined : shape,
  });
};

/** `PReLU(n)`: one number for all channels, or one for each. */
const parametricActivation: LayerMaker = (name, given, site, context) => {
  const count = new LibraryCall(given, site, ['num_parameters']).integer('num_parameters', 1);
  return layer(name, context, { output: shape => bounds(count).lower > 1 && compare(count, shape[1] ?? unknown) === 'different' ? undefined : shape });
};

const embedding: LayerMaker = (name, given, site, context) => {
  const width = new LibraryCall(given, site, ['num_embeddings', 'embedding_dim']).integer('embedding_dim');
  return layer(name, context, { output: shape => [...shape, width] });
};

const passingNames = [
  'ReLU', 'ReLU6', 'LeakyReLU', 'RReLU', 'ELU', 'CELU', 'SELU', 'GELU', 'SiLU', 'Mish', 'Hardswish', 'Hardsigmoid', 'Hardtanh',
  'Sigmoid', 'LogSigmoid', 'Tanh', 'Tanhshrink', 'Softplus', 'Softshrink', 'Softsign', 'Hardshrink', 'Threshold', 'Softmax', 'LogSoftmax',
  'Softmax2d', 'Softmin', 'Identity', 'Dropout', 'Dropout1d', 'Dropout2d', 'Dropout3d', 'AlphaDropout', 'FeatureAlphaDropout',
  'LocalResponseNorm', '_BatchNorm', '_NormBase',
  'LazyBatchNorm1d', 'LazyBatchNorm2d', 'LazyBatchNorm3d', 'LazyInstanceNorm1d', 'LazyInstanceNorm2d', 'LazyInstanceNorm3d', 'ChannelShuffle',
];

const makers: [string, LayerMaker][] = [
  ...passingNames.map((name): [string, LayerMaker] => [name, passing]),
  ...[1, 2, 3].flatMap((rank): [string, LayerMaker][] => [
    [`Conv${rank}d`, convolution(rank, false)], [`LazyConv${rank}d`, convolution(rank, true)],
    [`MaxPool${rank}d`, pooling(rank, true)], [`AvgPool${rank}d`, pooling(rank, false)],
    [`AdaptiveAvgPool${rank}d`, adaptive(rank)], [`AdaptiveMaxPool${rank}d`, adaptive(rank)],
    ...['Zero', 'Constant', 'Replication'].map((kind): [string, LayerMaker] => [`${kind}Pad${rank}d`, padding(rank)]),
    [`ReflectionPad${rank}d`, padding(rank, 1)], [`CircularPad${rank}d`, padding(rank, 0)],
  ]),
  ['GroupNorm', groupNormalizing], ['LayerNorm', layerNormalizing], ['RMSNorm', layerNormalizing], ['PReLU', parametricActivation],
  ...[1, 2, 3].map((rank): [string, LayerMaker] => [`InstanceNorm${rank}d`, instanceNormalizing(rank)]),
  ['BatchNorm2d', normalizing(2)], ['BatchNorm3d', normalizing(3)], ['BatchNorm1d', normalizing(1)], ['SyncBatchNorm', passing],
  ['Linear', linear(false)], ['LazyLinear', linear(true)],
  ['Flatten', flatten], ['Unflatten', unflatten], ['PixelShuffle', pixelShuffle(false)], ['PixelUnshuffle', pixelShuffle(true)],
  ['Upsample', upsample(undefined)], ['UpsamplingNearest2d', upsample('nearest')], ['UpsamplingBilinear2d', upsample('bilinear')],
  ['GLU', gatedLinear], ['Embedding', embedding],
  ...[1, 2].map((rank): [string, LayerMaker] => [`LPPool${rank}d`, normPooling(rank)]),
];

/** The layers of `torch.nn` beside the transposed convolutions, by qualified name. */
export const pytorchLayers: ReadonlyMap<string, LayerMaker> = new Map(makers.map(([name, maker]) => [`torch.nn.${name}`, maker]));

