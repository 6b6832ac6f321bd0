import { floorDivide, isMultipleOf } from '../algebra/division';
import { add, constant, multiply, unknown, zero, type Int } from '../algebra/integer';
import type { Shape } from '../frameworks/argument';
import type { Site } from '../python/machine';
import { asItems, type Arguments } from '../python/values';
import { integers, LibraryCall } from './call';

/**
 * Learned numbers of a layer, weights and bias; `unknown` for layers that are not listed here.
 * Formulas: the shapes of `weight` and `bias` in the frameworks' documentation.
 * @param input the shape of its input, where the constructor does not tell the channels.
 */
export function learnedParameters(name: string, given: Arguments, site: Site, input: Shape | undefined): Int {
  const short = name.slice(name.lastIndexOf('.') + 1);
  if (name.startsWith('torch.')) return ofPyTorch(short, given, site, input);
  return name.startsWith('keras.') ? ofKeras(short, given, site, input) : unknown;
}

/** Layers without learned numbers, of both frameworks. */
const fixed = new RegExp(`^(?:${[
  '.*Pool.*', '.*Pad(?:ding)?\\d[dD]', 'Cropping\\dD', 'Up[sS]ampl.*', 'Pixel(?:Uns|S)huffle', 'ChannelShuffle', 'Flatten', 'Unflatten', 'Reshape', 'Permute', 'RepeatVector',
  '.*Dropout.*', 'GaussianNoise', 'ActivityRegularization', 'Masking', 'Rescaling', 'Identity', 'Activation', 'GLU',
  'ReLU6?', 'LeakyReLU', 'RReLU', 'ELU', 'CELU', 'SELU', 'GELU', 'SiLU', 'Mish', 'Hard.*', '(?:Log)?Sigmoid', 'Tanh(?:shrink)?', 'Soft.*', 'LogSoftmax', 'Threshold', 'ThresholdedReLU',
  'LocalResponseNorm', 'UnitNormalization', 'Normalization', 'Concatenate', 'Add', 'Multiply', 'Average', 'Maximum', 'Minimum', 'Subtract',
].join('|')})$`);

function ofPyTorch(name: string, given: Arguments, site: Site, input: Shape | undefined): Int {
  if (fixed.test(name)) return zero;
  const convolution = /^(Lazy)?Conv([123])d$/.exec(name);
  if (convolution !== null) {
    const rank = Number(convolution[2]);
    const lazy = convolution[1] !== undefined;
    const call = new LibraryCall(given, site, [...lazy ? [] : ['in_channels'], 'out_channels', 'kernel_size', 'stride', 'padding', 'dilation', 'groups', 'bias']);
    const channels = lazy ? input?.at(-rank - 1) ?? unknown : call.integer('in_channels');
    const output = call.integer('out_channels');
    return withBias(multiply(divided(channels, call.integer('groups', 1)), output, ...call.sizes('kernel_size', rank)), output, call.flag('bias', true));
  }
  switch (name) {
    case 'Linear': case 'LazyLinear': {
      const lazy = name === 'LazyLinear';
      const call = new LibraryCall(given, site, lazy ? ['out_features', 'bias'] : ['in_features', 'out_features', 'bias']);
      const output = call.integer('out_features');
      return withBias(multiply(lazy ? input?.at(-1) ?? unknown : call.integer('in_features'), output), output, call.flag('bias', true));
    }
    case 'BatchNorm1d': case 'BatchNorm2d': case 'BatchNorm3d': case 'SyncBatchNorm': return scaleAndShift(new LibraryCall(given, site, ['num_features', 'eps', 'momentum', 'affine']), 'num_features', true);
    case 'InstanceNorm1d': case 'InstanceNorm2d': case 'InstanceNorm3d': return scaleAndShift(new LibraryCall(given, site, ['num_features', 'eps', 'momentum', 'affine']), 'num_features', false);
    case 'GroupNorm': return scaleAndShift(new LibraryCall(given, site, ['num_groups', 'num_channels', 'eps', 'affine']), 'num_channels', true);
    case 'LazyBatchNorm1d': case 'LazyBatchNorm2d': case 'LazyBatchNorm3d': return multiply(2, input?.[1] ?? unknown);
    case 'LayerNorm': {
      const call = new LibraryCall(given, site, ['normalized_shape', 'eps', 'elementwise_affine', 'bias']);
      const sizes = call.list('normalized_shape') ?? [call.integer('normalized_shape')];
      return withBias(multiply(...sizes), multiply(...sizes), call.flag('bias', true), call.flag('elementwise_affine', true));
    }
    case 'Embedding': {
      const call = new LibraryCall(given, site, ['num_embeddings', 'embedding_dim']);
      return multiply(call.integer('num_embeddings'), call.integer('embedding_dim'));
    }
    case 'PReLU': return new LibraryCall(given, site, ['num_parameters']).integer('num_parameters', 1);
    default: return unknown;
  }
}

function ofKeras(name: string, given: Arguments, site: Site, input: Shape | undefined): Int {
  if (fixed.test(name)) return zero;
  const convolution = /^(?:(Depthwise|Separable)?Conv|Convolution)([123])D$/.exec(name);
  if (convolution !== null) {
    const rank = Number(convolution[2]);
    const first = convolution[1] === 'Depthwise' ? [] : ['filters'];
    const call = new LibraryCall(given, site, [...first, 'kernel_size', 'strides', 'padding', 'data_format']);
    const format = call.text('data_format', 'channels_last');
    const channels = format === undefined || input === undefined ? unknown : (format === 'channels_first' ? input[1] : input.at(-1)) ?? unknown;
    const kernel = call.sizes('kernel_size', rank);
    const [filters, each] = [call.integer('filters'), call.integer('depth_multiplier', 1)];
    const bias = call.flag('use_bias', true);
    switch (convolution[1]) {
      case 'Depthwise': return withBias(multiply(channels, each, ...kernel), multiply(channels, each), bias);
      case 'Separable': return withBias(add(multiply(channels, each, ...kernel), multiply(channels, each, filters)), filters, bias);
      default: return withBias(multiply(divided(channels, call.integer('groups', 1)), filters, ...kernel), filters, bias);
    }
  }
  switch (name) {
    case 'Dense': {
      const call = new LibraryCall(given, site, ['units']);
      return withBias(multiply(input?.at(-1) ?? unknown, call.integer('units')), call.integer('units'), call.flag('use_bias', true));
    }
    case 'BatchNormalization': case 'LayerNormalization': case 'GroupNormalization': {
      const call = new LibraryCall(given, site);
      const axis = call.number('axis', -1);
      const size = axis === undefined ? unknown : input?.at(axis) ?? unknown;
      return withBias(zeroUnless(call.flag('scale', true), size), size, call.flag('center', true));
    }
    case 'Embedding': {
      const call = new LibraryCall(given, site, ['input_dim', 'output_dim']);
      return multiply(call.integer('input_dim'), call.integer('output_dim'));
    }
    case 'PReLU': {
      const shared = integers(site.machine, given.keywords.find(argument => argument.name === 'shared_axes')?.value ?? { kind: 'none' });
      return shared !== undefined || given.positional.length >= 4 || asItems(given.positional[0]?.value ?? { kind: 'none' }) !== undefined || input === undefined
        ? unknown : multiply(...input.slice(1));
    }
    default: return unknown;
  }
}

function withBias(weights: Int, bias: Int, has: boolean | undefined, any: boolean | undefined = true): Int {
  if (has === undefined || any === undefined) return unknown;
  return !any ? zero : has ? add(weights, bias) : weights;
}

function zeroUnless(given: boolean | undefined, size: Int): Int {
  return given === undefined ? unknown : given ? size : constant(0);
}

function scaleAndShift(call: LibraryCall, channels: string, affine: boolean): Int {
  return multiply(2, zeroUnless(call.flag('affine', affine), call.integer(channels)));
}

function divided(value: Int, divisor: Int): Int {
  return isMultipleOf(value, divisor) === true ? floorDivide(value, divisor) : unknown;
}
