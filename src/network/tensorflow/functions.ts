import { add, asConstant, constant, multiply, one, subtract, unknown } from '../../algebra/integer';
import type { Shape } from '../../frameworks/argument';
import type { Site } from '../../python/machine';
import { asInteger, asItems, integer, tuple, unknownValue, type Arguments, type Value } from '../../python/values';
import { integers, LibraryCall } from '../call';
import type { NetworkContext } from '../context';
import { sizes } from '../keras/input';
import { divided, joined } from '../keras/layers';
import { axisOf, reshaped } from '../shapes/reshape';
import { hostValue, tensor, type Tensor } from '../values';
import type { Operation } from '../operation';
import { applyLayer } from './applyLayer';
import { slimOperations } from './slim';

function firstTensor(given: Arguments, context: NetworkContext): Tensor | undefined {
  const value = given.positional[0]?.value ?? given.keywords.find(argument => ['x', 'input', 'inputs', 'value', 'images', 'image', 'tensor', 'features', 'input_tensor', 'a'].includes(argument.name))?.value;
  return context.implied.known(value);
}

const passing: Operation = (given, _site, context) => {
  const input = firstTensor(given, context);
  return tensor(input?.shape, input?.origin);
};

const fromShape = (position: number, name = 'shape'): Operation => (given, site) => {
  const value = given.keywords.find(argument => argument.name === name)?.value ?? given.positional[position]?.value;
  return tensor(value === undefined ? undefined : shapeFrom(value, site));
};

/** Sizes from a list; None is a size that the run decides. */
function shapeFrom(value: Value, site: Site): Shape | undefined {
  const items = site.machine.items(value);
  if (items === undefined) return undefined;
  return items.some(item => item.kind === 'none') ? sizes(value, site, true) : items.map(item => asInteger(item) ?? unknown);
}

/** `tf.concat(values, axis)`, which used to be `tf.concat(axis, values)`. */
const concatenate: Operation = (given, site, context) => {
  const call = new LibraryCall(given, site, ['values', 'axis']);
  const [first, second] = [call.value('values') ?? call.value('inputs') ?? call.value('xs'), call.value('axis')];
  const [list, axis] = first?.kind === 'integer' ? [second, first] : [first, second];
  return joined('concatenate', list === undefined ? undefined : site.machine.items(list), axis === undefined ? -1 : asConstant(asInteger(axis) ?? unknown), site, context);
};

const elementwise: Operation = (given, site) => {
  const [left, right] = given.positional;
  if (left === undefined || right === undefined) return tensor(undefined);
  return site.machine.host.binary('+', left.value, right.value, site);
};

const reshape: Operation = (given, site, context) => {
  const input = firstTensor(given, context);
  const call = new LibraryCall(given, site, ['tensor', 'shape']);
  const value = call.value('shape') ?? call.value('newshape');
  const target = value === undefined ? undefined : integers(site.machine, value);
  return tensor(target === undefined ? undefined : reshaped(input?.shape, target), input?.origin);
};

/** `tf.image.resize(images, size)`: height and width of `(N, H, W, C)` or `(H, W, C)`. */
const resize: Operation = (given, site, context) => {
  const input = firstTensor(given, context);
  const size = new LibraryCall(given, site, ['images', 'size']).list('size');
  const [height, width] = size ?? [];
  if (input?.shape === undefined || height === undefined || width === undefined || input.shape.length < 3) return tensor(undefined);
  return tensor([...input.shape.slice(0, -3), height, width, input.shape.at(-1) ?? unknown], input.origin);
};

const pad: Operation = (given, site, context) => {
  const input = firstTensor(given, context);
  const value = new LibraryCall(given, site, ['tensor', 'paddings']).value('paddings');
  const rows = value === undefined ? undefined : site.machine.items(value)?.map(row => integers(site.machine, row));
  if (input?.shape === undefined || rows?.length !== input.shape.length) return tensor(undefined);
  return tensor(input.shape.map((size, axis) => add(size, ...rows[axis] ?? [unknown])), input.origin);
};

const expandDimensions: Operation = (given, site, context) => {
  const input = firstTensor(given, context);
  const at = input?.shape === undefined ? undefined : axisOf(new LibraryCall(given, site, ['input', 'axis']).number('axis'), input.shape.length + 1);
  return tensor(input?.shape === undefined || at === undefined ? undefined : [...input.shape.slice(0, at), one, ...input.shape.slice(at)], input?.origin);
};

const squeeze: Operation = (given, site, context) => {
  const input = firstTensor(given, context);
  const value = new LibraryCall(given, site, ['input', 'axis']).value('axis');
  const axes = value === undefined ? undefined : (asItems(value) ?? [value]).map(item => asConstant(asInteger(item) ?? unknown));
  const { shape } = input ?? {};
  if (shape === undefined || axes === undefined || axes.includes(undefined)) return tensor(undefined);
  const gone = new Set(axes.map(axis => axisOf(axis, shape.length)));
  return tensor(shape.filter((_, axis) => !gone.has(axis)), input?.origin);
};

const transpose: Operation = (given, site, context) => {
  const input = firstTensor(given, context);
  const order = new LibraryCall(given, site, ['a', 'perm']).list('perm')?.map(asConstant);
  const { shape } = input ?? {};
  return tensor(shape === undefined || order?.length !== shape.length ? undefined : order.map(axis => shape[axis ?? -1] ?? unknown), input?.origin);
};

const depthToSpace: Operation = (given, site, context) => {
  const input = firstTensor(given, context);
  const block = new LibraryCall(given, site, ['input', 'block_size']).integer('block_size');
  const { shape } = input ?? {};
  if (shape?.length !== 4) return tensor(undefined);
  const [batch = unknown, height = unknown, width = unknown, channels = unknown] = shape;
  return tensor([batch, multiply(height, block), multiply(width, block), divided(channels, multiply(block, block))], input?.origin);
};

/** `tf.shape(x)`: the sizes as integers. */
const shapeOf: Operation = (given, _site, context) => {
  const input = firstTensor(given, context);
  return input?.shape === undefined ? unknownValue : tuple(input.shape.map(size => integer(size)));
};

/** `tf.nn.conv2d(input, filters, strides, padding)`: the filters' shape gives kernel and channels. */
const convolve = (rank: number): Operation => (given, site, context) => {
  const call = new LibraryCall(given, site, ['input', 'filters', 'strides', 'padding']);
  const filters = call.tensor('filters')?.shape ?? call.tensor('filter')?.shape;
  const strides = call.value('strides');
  const items = strides === undefined ? undefined : asItems(strides);
  const spatial = items?.length === rank + 2 ? items.slice(1, -1) : items;
  const padding = call.value('padding');
  if (filters === undefined || padding?.kind !== 'string') return tensor(undefined);
  const keywords = [
    { name: 'filters', value: integer(filters.at(-1) ?? unknown) },
    { name: 'kernel_size', value: tuple(filters.slice(0, rank).map(size => integer(size))) },
    { name: 'strides', value: spatial === undefined ? strides ?? integer(1) : tuple(spatial) },
    { name: 'padding', value: padding },
  ].map(argument => ({ ...argument, source: undefined }));
  return applyLayer(`Conv${rank}D`, { positional: [], keywords, unknownPositional: false, unknownKeywords: false }, given, site, context);
};

/** `tf.layers.conv2d(inputs, …)`: the layer of Keras with its input first. */
const inputFirst = (name: string): Operation => (given, site, context) => {
  const named = given.positional.length === 0;
  return applyLayer(name, {
    ...given,
    positional: given.positional.slice(1),
    keywords: named ? given.keywords.filter(argument => argument.name !== 'inputs') : given.keywords,
  }, given, site, context);
};

const pool: Operation = (given, site, context) => {
  const call = new LibraryCall(given, site, ['input', 'ksize', 'strides', 'padding']);
  const inner = (name: string): Value | undefined => {
    const value = call.value(name);
    const items = value === undefined ? undefined : asItems(value);
    return items?.length === 4 ? tuple(items.slice(1, 3)) : value;
  };
  const keywords = [['pool_size', inner('ksize')], ['strides', inner('strides')], ['padding', call.value('padding')]] as const;
  return applyLayer('MaxPooling2D', {
    positional: [], unknownPositional: false, unknownKeywords: false,
    keywords: keywords.flatMap(([name, value]) => value === undefined ? [] : [{ name, value, source: undefined }]),
  }, given, site, context);
};

const split: Operation = (given, site, context) => {
  const input = firstTensor(given, context);
  const call = new LibraryCall(given, site, ['value', 'num_or_size_splits', 'axis']);
  const count = call.number('num_or_size_splits');
  const at = input?.shape === undefined ? undefined : axisOf(call.number('axis', 0), input.shape.length);
  if (input?.shape === undefined || at === undefined || count === undefined || count < 1 || count > 64) return unknownValue;
  const { shape } = input;
  return tuple(Array.from({ length: count }, () => tensor(shape.map((size, axis) => axis === at ? divided(size, constant(count)) : size))));
};

/** `tf.stack([n, 2 * h])` of sizes is a list of sizes; of tensors it has an axis more. */
const stack: Operation = (given, site, context) => {
  const call = new LibraryCall(given, site, ['values', 'axis']);
  const list = call.value('values') ?? call.value('x');
  const items = list === undefined ? undefined : site.machine.items(list);
  if (items === undefined) return unknownValue;
  const shape = items[0] === undefined ? undefined : context.implied.known(items[0])?.shape;
  if (shape === undefined) return items.some(item => item.kind === 'host') ? tensor(undefined) : tuple(items);
  const at = axisOf(call.number('axis', 0), shape.length + 1);
  return tensor(at === undefined ? undefined : [...shape.slice(0, at), constant(items.length), ...shape.slice(at)]);
};

/** `tf.slice(input, begin, size)`: a size of -1 is all that is left. */
const slice: Operation = (given, site, context) => {
  const input = firstTensor(given, context);
  const call = new LibraryCall(given, site, ['input_', 'begin', 'size']);
  const [begin, size] = [call.list('begin'), call.list('size')];
  const { shape } = input ?? {};
  if (shape === undefined || size?.length !== shape.length) return tensor(undefined, input?.origin);
  return tensor(shape.map((whole, axis) => {
    const length = size[axis] ?? unknown;
    return asConstant(length) === -1 ? subtract(whole, begin?.[axis] ?? unknown) : length;
  }), input?.origin);
};

/** The shape without the axes that are reduced, or with 1 for each. */
function reduced(shape: Shape | undefined, given: Arguments, site: Site, names: readonly string[]): Shape | undefined {
  const call = new LibraryCall(given, site, names);
  const axes = call.value('axis') ?? call.value('axes') ?? call.value('reduction_indices');
  const keep = call.value('keepdims') === undefined ? call.flag('keep_dims', false) : call.flag('keepdims', false);
  if (shape === undefined || keep === undefined) return undefined;
  if (axes === undefined || axes.kind === 'none') return keep ? shape.map(() => one) : [];
  const places = (site.machine.items(axes) ?? [axes]).map(item => axisOf(asConstant(asInteger(item) ?? unknown), shape.length));
  if (places.includes(undefined)) return undefined;
  return keep ? shape.map((size, axis) => places.includes(axis) ? one : size) : shape.filter((_, axis) => !places.includes(axis));
}

const reduction: Operation = (given, site, context) => {
  const input = firstTensor(given, context) ?? context.implied.known(given.keywords.find(argument => argument.name === 'input_tensor')?.value);
  return tensor(reduced(input?.shape, given, site, ['input_tensor', 'axis', 'keepdims']), input?.origin);
};

/** `tf.nn.moments(x, axes)`: mean and variance. */
const moments: Operation = (given, site, context) => {
  const input = firstTensor(given, context);
  const one = tensor(reduced(input?.shape, given, site, ['x', 'axes']), input?.origin);
  return tuple([one, one]);
};

const passingNames = [
  ...['relu', 'relu6', 'leaky_relu', 'elu', 'selu', 'sigmoid', 'tanh', 'softmax', 'softplus', 'dropout', 'bias_add', 'batch_normalization', 'silu', 'gelu', 'l2_normalize', 'lrn', 'local_response_normalization', 'fused_batch_norm'].map(name => `tensorflow.nn.${name}`),
  ...['relu', 'sigmoid', 'tanh', 'softmax', 'leaky_relu', 'elu', 'gelu', 'silu', 'abs', 'exp', 'log', 'square', 'sqrt', 'clip', 'cast', 'nn.relu', 'stop_gradient'].map(name => `keras.ops.${name}`),
  ...['relu', 'sigmoid', 'tanh', 'softmax', 'elu', 'gelu', 'swish', 'leaky_relu'].map(name => `keras.activations.${name}`),
  ...['identity', 'cast', 'tanh', 'sigmoid', 'abs', 'exp', 'sqrt', 'square', 'clip_by_value', 'stop_gradient', 'convert_to_tensor', 'math.tanh', 'math.sigmoid', 'math.abs', 'math.exp', 'ones_like', 'zeros_like', 'Variable', 'constant', 'rsqrt', 'math.rsqrt', 'math.sqrt', 'math.square', 'log', 'math.log', 'nn.tanh', 'nn.sigmoid', 'pow'].map(name => `tensorflow.${name}`),
  ...['batch_normalization', 'dropout'].map(name => `tensorflow.layers.${name}`),
  ...['contrib.layers.batch_norm', 'contrib.slim.batch_norm', 'contrib.slim.dropout', 'contrib.layers.instance_norm', 'contrib.layers.dropout'].map(name => `tensorflow.${name}`),
  'tf_slim.batch_norm',
];

const pairs: [string, Operation][] = [
  ...passingNames.map((name): [string, Operation] => [name, passing]),
  ...['concat', 'concatenate'].flatMap((name): [string, Operation][] => [[`tensorflow.${name}`, concatenate], [`keras.ops.${name}`, concatenate], [`keras.backend.${name}`, concatenate], [`keras.layers.${name}`, concatenate]]),
  ...['add', 'multiply', 'average', 'maximum', 'minimum', 'subtract'].map((name): [string, Operation] => [`keras.layers.${name}`, (given, site, context) =>
    joined('elementwise', given.positional[0] === undefined ? undefined : site.machine.items(given.positional[0].value), undefined, site, context)]),
  ...['add', 'subtract', 'multiply', 'maximum', 'minimum', 'math.add', 'math.multiply', 'math.subtract'].map((name): [string, Operation] => [`tensorflow.${name}`, elementwise]),
  ...['add', 'subtract', 'multiply', 'maximum', 'minimum'].map((name): [string, Operation] => [`keras.ops.${name}`, elementwise]),
  ...['tensorflow', 'keras.ops', 'keras.backend'].flatMap((root): [string, Operation][] => [
    [`${root}.reshape`, reshape], [`${root}.expand_dims`, expandDimensions], [`${root}.squeeze`, squeeze], [`${root}.transpose`, transpose],
    [`${root}.shape`, shapeOf], [`${root}.pad`, pad],
  ]),
  ...['zeros', 'ones', 'random.normal', 'random.uniform', 'random.truncated_normal', 'random_normal', 'random_uniform', 'truncated_normal', 'random.stateless_normal', 'fill'].map((name): [string, Operation] => [`tensorflow.${name}`, fromShape(0)]),
  ...['keras.ops.zeros', 'keras.ops.ones', 'keras.random.normal', 'keras.random.uniform'].map((name): [string, Operation] => [name, fromShape(0)]),
  ['tensorflow.placeholder', fromShape(1)], ['tensorflow.get_variable', fromShape(1)],
  ...['image.resize', 'image.resize_images', 'image.resize_nearest_neighbor', 'image.resize_bilinear', 'image.resize_bicubic'].map((name): [string, Operation] => [`tensorflow.${name}`, resize]),
  ['keras.ops.image.resize', resize],
  ['tensorflow.nn.depth_to_space', depthToSpace], ['tensorflow.depth_to_space', depthToSpace], ['keras.ops.depth_to_space', depthToSpace],
  ['tensorflow.split', split], ['tensorflow.slice', slice], ['tensorflow.nn.moments', moments], ['keras.ops.moments', moments],
  ...['tensorflow.stack', 'tensorflow.pack', 'keras.ops.stack', 'keras.backend.stack'].map((name): [string, Operation] => [name, stack]),
  ...['mean', 'sum', 'max', 'min', 'prod', 'any', 'all'].flatMap((name): [string, Operation][] =>
    [`tensorflow.reduce_${name}`, `tensorflow.math.reduce_${name}`, `keras.ops.${name}`, `keras.backend.${name}`].map(full => [full, reduction])),
  ...[1, 2, 3].map((rank): [string, Operation] => [`tensorflow.nn.conv${rank}d`, convolve(rank)]),
  ['tensorflow.nn.max_pool', pool], ['tensorflow.nn.max_pool2d', pool], ['tensorflow.nn.avg_pool', pool], ['tensorflow.nn.avg_pool2d', pool],
  ...(['conv1d', 'conv2d', 'conv3d', 'max_pooling2d', 'average_pooling2d', 'dense', 'flatten', 'separable_conv2d'] as const).map((name): [string, Operation] => [`tensorflow.layers.${name}`, inputFirst({
    conv1d: 'Conv1D', conv2d: 'Conv2D', conv3d: 'Conv3D', max_pooling2d: 'MaxPooling2D', average_pooling2d: 'AveragePooling2D', dense: 'Dense', flatten: 'Flatten', separable_conv2d: 'SeparableConv2D',
  }[name])]),
  ...slimOperations,
];

/** Functions of TensorFlow and Keras that shapes go through, by qualified name. */
export const tensorflowOperations: ReadonlyMap<string, Operation> = new Map(pairs);

/** What is read of a tensor of TensorFlow beside its shape. */
export function getShape(self: Tensor): Value {
  const sizes = self.shape === undefined ? unknownValue : tuple(self.shape.map(size => integer(size)));
  return hostValue({
    type: 'layer', name: 'tensorflow.TensorShape', inputShape: undefined, call: () => unknownValue,
    items: () => asItems(sizes),
    method: (name, _given, site) => name === 'as_list' ? site.machine.list(asItems(sizes)) : undefined,
    subscript: (index, site) => site.machine.subscript(sizes, index),
  });
}

