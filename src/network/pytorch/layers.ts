import { bounds, compare } from '../../algebra/bounds';
import { isMultipleOf } from '../../algebra/division';
import { add, asConstant, constant, multiply, subtract, unknown, type Int } from '../../algebra/integer';
import { format } from '../../algebra/format';
import type { Shape } from '../../frameworks/argument';
import { LibraryCall } from '../call';
import { axisOf, flattened } from '../shapes/reshape';
import { checkChannels, dividedOr, layer, text, type LayerMaker } from './layerMaker';
import { groupNormalizing, instanceNormalizing, layerNormalizing, normalizing, parametricActivation } from './normalizationLayers';
import { resized, resizeTakes } from './resize';
import { adaptive, convolution, normPooling, pooling } from './windowLayers';

/** Layers that leave the shape as it is. */
const passing: LayerMaker = (name, _given, _site, context) => layer(name, context, { output: shape => shape });

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
