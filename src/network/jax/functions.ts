import { floorDivide, isMultipleOf } from '../../algebra/division';
import { one, unknown } from '../../algebra/integer';
import { tuple, unknownValue } from '../../python/values';
import { LibraryCall } from '../call';
import { axisOf } from '../shapes/reshape';
import { tensor } from '../values';
import type { Operation } from '../operation';
import { readPadding, windowed } from './layers';

const passing: Operation = (given, _site, context) => {
  const input = context.implied.known(given.positional[0]?.value ?? given.keywords[0]?.value);
  return tensor(input?.shape, input?.origin);
};

/** `max_pool(inputs, window_shape, strides=None, padding='VALID')`: without strides they are 1. */
const pool: Operation = (given, site, context) => {
  const call = new LibraryCall(given, site, ['inputs', 'window_shape', 'strides', 'padding']);
  const input = context.implied.known(call.value('inputs'));
  const shape = input?.shape;
  const kernelSize = call.list('window_shape');
  if (shape === undefined || kernelSize === undefined || shape.length <= kernelSize.length) return tensor(undefined, input?.origin);
  const rank = kernelSize.length;
  const window = { kernelSize, stride: call.sizes('strides', rank, 1), dilation: kernelSize.map(() => one), padding: readPadding(call.value('padding'), rank, 'VALID') };
  return tensor([...shape.slice(0, -rank - 1), ...shape.slice(-rank - 1, -1).map((size, axis) => windowed(size, axis, window)), shape.at(-1) ?? unknown], input?.origin);
};

/** `jax.image.resize(image, shape, method)`: the shape is of all axes. */
const resize: Operation = (given, site, context) => {
  const call = new LibraryCall(given, site, ['image', 'shape']);
  return tensor(call.list('shape'), context.implied.known(call.value('image'))?.origin);
};

/** `jax.random.normal(key, shape)`. */
const random = (position: number): Operation => (given, site) => {
  const names = Array.from({ length: position + 1 }, (_, index) => index === position ? 'shape' : `argument ${index}`);
  const call = new LibraryCall(given, site, names);
  return tensor(call.value('shape') === undefined ? [] : call.list('shape'));
};

const gatedLinear: Operation = (given, site, context) => {
  const call = new LibraryCall(given, site, ['x', 'axis']);
  const shape = context.implied.known(call.value('x'))?.shape;
  const at = shape === undefined ? undefined : axisOf(call.number('axis', -1), shape.length);
  return tensor(at === undefined ? undefined : shape?.map((size, axis) => axis !== at ? size : isMultipleOf(size, 2) === true ? floorDivide(size, 2) : unknown));
};

const oneHot: Operation = (given, site, context) => {
  const call = new LibraryCall(given, site, ['x', 'num_classes']);
  const shape = context.implied.known(call.value('x'))?.shape;
  return tensor(shape === undefined ? undefined : [...shape, call.integer('num_classes')]);
};

/** A wrapper gives back what it wraps. */
const wrapping: Operation = given => given.positional[0]?.value ?? unknownValue;

const activations = [
  'relu', 'relu6', 'leaky_relu', 'elu', 'celu', 'selu', 'gelu', 'silu', 'swish', 'sigmoid', 'hard_sigmoid', 'hard_silu', 'hard_swish', 'hard_tanh', 'log_sigmoid',
  'softplus', 'soft_sign', 'softmax', 'log_softmax', 'tanh', 'standardize', 'normalize', 'mish',
];

const pairs: [string, Operation][] = [
  ...['jax.nn', 'flax.linen', 'flax.nnx'].flatMap((root): [string, Operation][] => [
    ...activations.map((name): [string, Operation] => [`${root}.${name}`, passing]), [`${root}.glu`, gatedLinear], [`${root}.one_hot`, oneHot],
    [`${root}.max_pool`, pool], [`${root}.avg_pool`, pool], [`${root}.min_pool`, pool],
  ]),
  ['jax.image.resize', resize],
  ...['normal', 'uniform', 'truncated_normal'].map((name): [string, Operation] => [`jax.random.${name}`, random(name === 'truncated_normal' ? 3 : 1)]),
  ['jax.random.bernoulli', random(2)], ['jax.random.randint', random(1)],
  ...['stop_gradient', 'tanh', 'exp', 'log', 'rsqrt', 'sqrt', 'square', 'abs', 'logistic', 'erf'].map((name): [string, Operation] => [`jax.lax.${name}`, passing]),
  ...['jit', 'checkpoint', 'remat', 'block_until_ready', 'device_put'].map((name): [string, Operation] => [`jax.${name}`, wrapping]),
  ...['jit', 'remat', 'checkpoint'].flatMap((name): [string, Operation][] => [[`flax.linen.${name}`, wrapping], [`flax.nnx.${name}`, wrapping]]),
  ['jax.random.split', () => unknownValue], ['jax.random.PRNGKey', () => unknownValue], ['jax.random.key', () => unknownValue],
  ['jax.eval_shape', (given, site) => {
    const [callee, ...rest] = given.positional;
    return callee === undefined ? tuple([]) : site.machine.call(callee.value, { ...given, positional: rest }, site.node);
  }],
];

/** Functions of JAX and Flax that shapes go through, by qualified name. */
export const jaxOperations: readonly (readonly [string, Operation])[] = pairs;
