import { bounds } from '../../algebra/bounds';
import { ceilDivide, floorDivide, isMultipleOf } from '../../algebra/division';
import { add, asConstant, constant, multiply, one, unknown, type Int } from '../../algebra/integer';
import { format } from '../../algebra/format';
import type { Shape } from '../../frameworks/argument';
import type { Site } from '../../python/machine';
import { asInteger, asItems, type Arguments, type Value } from '../../python/values';
import { LibraryCall } from '../call';
import type { NetworkContext } from '../context';
import { checkConcatenated, combined, concatenated } from '../joining';
import { reshaped } from '../shapes/reshape';
import { convolvedSize, fitting } from '../shapes/window';
import { hostValue, tensor, type Tensor } from '../values';
import { inputShapeOf } from './input';

export type KerasLayerMaker = (name: string, given: Arguments, site: Site, context: NetworkContext) => Value;

interface Behaviour {
  readonly implied?: { readonly rank: number; readonly channelsFirst: boolean };
  output(shape: Shape, input: Tensor, site: Site): Shape | undefined;
}

function layer(name: string, given: Arguments, site: Site, context: NetworkContext, behaviour: Behaviour): Value {
  return hostValue({
    type: 'layer',
    name,
    inputShape: inputShapeOf(given, site),
    call(inner, at) {
      const value = inner.positional[0]?.value ?? inner.keywords.find(argument => argument.name === 'inputs')?.value;
      const input = behaviour.implied === undefined ? context.implied.known(value)
        : context.implied.tensor(value, { ...behaviour.implied, channels: unknown });
      if (input?.shape === undefined) return tensor(undefined);
      return tensor(behaviour.output(input.shape, input, at), input.origin);
    },
  });
}

/** The spatial sizes of a shape changed one by one; batch and channels stay. */
function spatially(shape: Shape, channelsFirst: boolean, change: (size: Int, axis: number) => Int): Shape {
  const from = channelsFirst ? 2 : 1;
  const to = channelsFirst ? shape.length : shape.length - 1;
  return shape.map((size, axis) => axis >= from && axis < to ? change(size, axis - from) : size);
}

function withChannels(shape: Shape, channelsFirst: boolean, channels: Int): Shape {
  const at = channelsFirst ? 1 : shape.length - 1;
  return shape.map((size, axis) => axis === at ? channels : size);
}

function channelsFirst(call: LibraryCall, context: NetworkContext): boolean | undefined {
  const value = call.value('data_format');
  if (value === undefined || value.kind === 'none') return context.channelsFirst;
  return value.kind === 'string' ? value.value === 'channels_first' : undefined;
}

interface Window { readonly kernelSize: readonly Int[]; readonly stride: readonly Int[]; readonly dilation: readonly Int[]; readonly padding: string | undefined }

/** Keras's output sizes: `valid` as a plain window, `same` and `causal` `ceil(n / stride)`. */
function windowed(size: Int, axis: number, window: Window): Int {
  const stride = window.stride[axis] ?? unknown;
  if (window.padding === 'same' || window.padding === 'causal') return ceilDivide(size, stride);
  if (window.padding !== 'valid') return unknown;
  return convolvedSize(size, { kernelSize: window.kernelSize[axis] ?? unknown, stride, padding: constant(0), dilation: window.dilation[axis] ?? unknown });
}

const convolution = (rank: number, channels: (call: LibraryCall, input: Int) => Int, names: readonly string[]): KerasLayerMaker => (name, given, site, context) => {
  const call = new LibraryCall(given, site, names);
  const window: Window = {
    kernelSize: call.sizes('kernel_size', rank), stride: call.sizes('strides', rank, 1), dilation: call.sizes('dilation_rate', rank, 1),
    padding: call.text('padding', 'valid')?.toLowerCase(),
  };
  const first = channelsFirst(call, context);
  const groups = call.integer('groups', 1);
  const filters = call.integer('filters');
  const above = (sizes: readonly Int[]): boolean => sizes.some(size => bounds(size).lower > 1);
  const kernel = call.value('kernel_size');
  const items = kernel === undefined ? undefined : asItems(kernel);
  const rejected = isMultipleOf(filters, groups) === false || (above(window.stride) && above(window.dilation))
    || (window.padding === 'causal' && rank !== 1) || (items !== undefined && items.length !== rank);
  return layer(name, given, site, context, {
    ...first === undefined ? {} : { implied: { rank, channelsFirst: first } },
    output(shape) {
      if (rejected || shape.length !== rank + 2 || first === undefined) return undefined;
      const old = shape[first ? 1 : shape.length - 1] ?? unknown;
      if (isMultipleOf(old, groups) === false) return undefined;
      return fitting(withChannels(spatially(shape, first, (size, axis) => windowed(size, axis, window)), first, channels(call, old)));
    },
  });
};

const convolutionNames = ['filters', 'kernel_size', 'strides', 'padding', 'data_format', 'dilation_rate', 'groups'];
const separableNames = convolutionNames;
const depthwiseNames = ['kernel_size', 'strides', 'padding', 'depth_multiplier', 'data_format', 'dilation_rate'];

const pooling = (rank: number): KerasLayerMaker => (name, given, site, context) => {
  const call = new LibraryCall(given, site, ['pool_size', 'strides', 'padding', 'data_format']);
  const kernelSize = call.sizes('pool_size', rank, 2);
  const window: Window = { kernelSize, stride: call.sizes('strides', rank, kernelSize), dilation: kernelSize.map(() => one), padding: call.text('padding', 'valid')?.toLowerCase() };
  const first = channelsFirst(call, context);
  return layer(name, given, site, context, {
    output: shape => shape.length !== rank + 2 || first === undefined ? undefined : fitting(spatially(shape, first, (size, axis) => windowed(size, axis, window))),
  });
};

const globalPooling = (rank: number): KerasLayerMaker => (name, given, site, context) => {
  const call = new LibraryCall(given, site, ['data_format', 'keepdims']);
  const first = channelsFirst(call, context);
  const keep = call.flag('keepdims', false);
  return layer(name, given, site, context, {
    output(shape) {
      if (first === undefined || keep === undefined || shape.length !== rank + 2) return undefined;
      const channels = shape[first ? 1 : shape.length - 1] ?? unknown;
      return keep ? spatially(shape, first, () => one) : [shape[0] ?? unknown, channels];
    },
  });
};

const upSampling = (rank: number): KerasLayerMaker => (name, given, site, context) => {
  const call = new LibraryCall(given, site, ['size', 'data_format']);
  const factor = call.sizes('size', rank, 2);
  const first = channelsFirst(call, context);
  return layer(name, given, site, context, {
    output: shape => first === undefined || shape.length !== rank + 2 ? undefined : spatially(shape, first, (size, axis) => multiply(size, factor[axis] ?? unknown)),
  });
};

/** Padding or cropping: an integer, one a axis for both sides, or a pair an axis. */
const bordering = (rank: number, sign: 1 | -1, parameter: string): KerasLayerMaker => (name, given, site, context) => {
  const call = new LibraryCall(given, site, [parameter, 'data_format']);
  const value = call.value(parameter);
  const items = value === undefined ? undefined : asItems(value);
  const both = (amount: Value | undefined): Int => {
    const pair = amount === undefined ? undefined : asItems(amount);
    if (pair !== undefined) return pair.length === 2 ? add(...pair.map(item => asInteger(item) ?? unknown)) : unknown;
    return amount === undefined ? unknown : multiply(2, asInteger(amount) ?? unknown);
  };
  const amount = (axis: number): Int => {
    if (value === undefined) return constant(2);
    if (items === undefined) return both(value);
    // In one dimension the pair is left and right.
    return rank === 1 ? items.length === 2 ? add(...items.map(item => asInteger(item) ?? unknown)) : unknown : both(items[axis]);
  };
  const first = channelsFirst(call, context);
  const wrong = items !== undefined && items.length !== (rank === 1 ? 2 : rank);
  const rejected = (amount: Int): boolean => sign < 0 && bounds(amount).upper < 0;
  return layer(name, given, site, context, {
    output: shape => first === undefined || wrong || shape.length !== rank + 2 || shape.slice(1, -1).some((_, axis) => rejected(amount(axis))) ? undefined
      : fitting(spatially(shape, rank === 1 ? false : first, (size, axis) => add(size, multiply(sign, amount(axis))))),
  });
};

const dense: KerasLayerMaker = (name, given, site, context) => {
  const units = new LibraryCall(given, site, ['units']).integer('units');
  return layer(name, given, site, context, { output: shape => bounds(units).upper < 1 ? undefined : [...shape.slice(0, -1), units] });
};

const flatten: KerasLayerMaker = (name, given, site, context) => layer(name, given, site, context, {
  output: shape => [shape[0] ?? unknown, multiply(...shape.slice(1))],
});

const reshape: KerasLayerMaker = (name, given, site, context) => {
  const target = new LibraryCall(given, site, ['target_shape']).list('target_shape');
  return layer(name, given, site, context, {
    output(shape) {
      const rest = target === undefined ? undefined : reshaped(shape.slice(1), target);
      return rest === undefined ? undefined : [shape[0] ?? unknown, ...rest];
    },
  });
};

const permute: KerasLayerMaker = (name, given, site, context) => {
  const order = new LibraryCall(given, site, ['dims']).list('dims')?.map(asConstant);
  return layer(name, given, site, context, {
    output: shape => order === undefined || order.length !== shape.length - 1 || order.some((axis, place) => axis === undefined || axis < 1 || order.indexOf(axis) !== place) ? undefined : [shape[0] ?? unknown, ...order.map(axis => shape[axis ?? -1] ?? unknown)],
  });
};

const repeatVector: KerasLayerMaker = (name, given, site, context) => {
  const times = new LibraryCall(given, site, ['n']).integer('n');
  return layer(name, given, site, context, { output: shape => shape.length !== 2 ? undefined : [shape[0] ?? unknown, times, ...shape.slice(1)] });
};

const embedding: KerasLayerMaker = (name, given, site, context) => {
  const width = new LibraryCall(given, site, ['input_dim', 'output_dim']).integer('output_dim');
  return layer(name, given, site, context, { output: shape => [...shape, width] });
};

/** `GroupNormalization(groups=32)` of the channels, which it must divide. */
const groupNormalizing: KerasLayerMaker = (name, given, site, context) => {
  const call = new LibraryCall(given, site, ['groups', 'axis']);
  const [groups, axis] = [call.integer('groups', 32), call.number('axis', -1)];
  return layer(name, given, site, context, {
    // -1 groups are as many as there are channels.
    output: shape => axis !== undefined && bounds(groups).lower > 0 && isMultipleOf(shape.at(axis) ?? unknown, groups) === false ? undefined : shape,
  });
};

const passing: KerasLayerMaker = (name, given, site, context) => layer(name, given, site, context, { output: shape => shape });

/** Joins the tensors of a list: along an axis, or element by element. */
export function joined(how: 'concatenate' | 'elementwise', items: readonly Value[] | undefined, axis: number | undefined, site: Site, context: NetworkContext): Value {
  const tensors = items?.map(item => context.implied.known(item));
  const known = tensors?.filter(item => item !== undefined) ?? [];
  const [first, ...others] = known;
  if (tensors === undefined || first === undefined) return tensor(undefined);
  const shapes = known.map(item => `(${(item.shape ?? []).map(size => format(size)).join(', ')})`);
  if (how === 'concatenate') {
    const fits = checkConcatenated(known, axis, site, context, () =>
      `ValueError: A \`Concatenate\` layer requires inputs with matching shapes except for the concatenation axis. Received: input_shape=[${shapes.join(', ')}]`);
    return tensor(fits ? concatenated(tensors.map(item => item?.shape), axis) : undefined, first.origin);
  }
  if (known.length < tensors.length) return tensor(undefined);
  let total: Tensor = first;
  for (const other of others) {
    const shape = combined(total, other, site, context, () => `ValueError: Inputs have incompatible shapes. Received shapes ${shapes.join(' and ')}`);
    total = { type: 'tensor', shape, origin: total.origin };
  }
  return tensor(total.shape, total.origin);
}

const joining = (how: 'concatenate' | 'elementwise'): KerasLayerMaker => (name, given, site, context) => {
  const axis = new LibraryCall(given, site, ['axis']).number('axis', -1);
  return hostValue({
    type: 'layer', name, inputShape: undefined,
    call: (inner, at) => joined(how, inner.positional[0] === undefined ? undefined : at.machine.items(inner.positional[0].value), axis, at, context),
  });
};

/** `input depth · factor`, `input depth / factor²` and the like. */
export function divided(value: Int, divisor: Int): Int {
  return isMultipleOf(value, divisor) === true ? floorDivide(value, divisor) : unknown;
}

const passingNames = [
  'Activation', 'ReLU', 'LeakyReLU', 'PReLU', 'ELU', 'ThresholdedReLU', 'Softmax', 'BatchNormalization', 'LayerNormalization',
  'UnitNormalization', 'SpectralNormalization', 'Dropout', 'SpatialDropout1D', 'SpatialDropout2D', 'SpatialDropout3D', 'GaussianNoise', 'GaussianDropout',
  'AlphaDropout', 'ActivityRegularization', 'Masking', 'Rescaling', 'Identity', 'Normalization',
];

const dimensional = (rank: number): [string, KerasLayerMaker][] => [
  ...['Conv', 'Convolution'].map((prefix): [string, KerasLayerMaker] => [`${prefix}${rank}D`, convolution(rank, call => call.integer('filters'), convolutionNames)]),
  [`SeparableConv${rank}D`, convolution(rank, call => call.integer('filters'), separableNames)],
  [`DepthwiseConv${rank}D`, convolution(rank, (call, input) => multiply(input, call.integer('depth_multiplier', 1)), depthwiseNames)],
  ...['MaxPooling', 'MaxPool', 'AveragePooling', 'AvgPool'].map((prefix): [string, KerasLayerMaker] => [`${prefix}${rank}D`, pooling(rank)]),
  ...['GlobalMaxPooling', 'GlobalAveragePooling', 'GlobalMaxPool', 'GlobalAvgPool'].map((prefix): [string, KerasLayerMaker] => [`${prefix}${rank}D`, globalPooling(rank)]),
  [`UpSampling${rank}D`, upSampling(rank)],
  [`ZeroPadding${rank}D`, bordering(rank, 1, 'padding')],
  [`Cropping${rank}D`, bordering(rank, -1, 'cropping')],
];

const makers: [string, KerasLayerMaker][] = [
  ...passingNames.map((name): [string, KerasLayerMaker] => [name, passing]),
  ...[1, 2, 3].flatMap(dimensional),
  ['GroupNormalization', groupNormalizing], ['Dense', dense], ['Flatten', flatten], ['Reshape', reshape], ['Permute', permute], ['RepeatVector', repeatVector], ['Embedding', embedding],
  ['Concatenate', joining('concatenate')],
  ...['Add', 'Multiply', 'Average', 'Maximum', 'Minimum', 'Subtract'].map((name): [string, KerasLayerMaker] => [name, joining('elementwise')]),
];

/** The layers of Keras beside the transposed convolutions, by name under `keras.layers`. */
export const kerasLayers: ReadonlyMap<string, KerasLayerMaker> = new Map(makers.map(([name, maker]) => [`keras.layers.${name}`, maker]));

