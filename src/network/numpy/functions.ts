import { ceilDivide, isMultipleOf, floorDivide } from '../../algebra/division';
import { constant, multiply, one, subtract, unknown, add, asConstant, type Int } from '../../algebra/integer';
import { format } from '../../algebra/format';
import type { Shape } from '../../frameworks/argument';
import type { Site } from '../../python/machine';
import { asInteger, asItems, tuple, unknownValue, type Arguments, type Value } from '../../python/values';
import { integers, LibraryCall } from '../call';
import type { NetworkContext } from '../context';
import { checkConcatenated, concatenated } from '../joining';
import { einsumShape } from '../pytorch/einsum';
import { tensorMethod } from '../pytorch/tensorMethods';
import type { Operation } from '../operation';
import { axisOf, reshaped } from '../shapes/reshape';
import { tensor, type Tensor } from '../values';
import { numbersMethod, numbersOf, toNumberArray } from './numbers';

function firstTensor(given: Arguments, context: NetworkContext): Tensor | undefined {
  return context.implied.known(given.positional[0]?.value ?? given.keywords.find(argument => ['a', 'x', 'array', 'arr'].includes(argument.name))?.value);
}

/** Elementwise: of a number it gives a number, which is not known here. */
const passing: Operation = (given, _site, context) => {
  const input = firstTensor(given, context);
  return input === undefined ? unknownValue : tensor(input.shape, input.origin);
};

/** `np.zeros(shape)`, where a number is one axis. */
const ofShape = (position: number, name: string): Operation => (given, site) => {
  const value = given.keywords.find(argument => argument.name === name)?.value ?? given.positional[position]?.value;
  return tensor(value === undefined ? undefined : sizesFrom(value, site));
};

function sizesFrom(value: Value, site: Site): Shape | undefined {
  return integers(site.machine, value) ?? (value.kind === 'integer' ? [value.value] : undefined);
}

/** `np.random.randn(2, 3)`. */
const ofSizes: Operation = (given, site) => tensor(given.unknownPositional ? undefined : integers(site.machine, tuple(given.positional.map(argument => argument.value))));

const concatenate: Operation = (given, site, context) => {
  const call = new LibraryCall(given, site, ['arrays', 'axis']);
  const list = call.value('arrays');
  const items = list === undefined ? undefined : site.machine.items(list);
  const axis = call.number('axis', 0);
  if (items === undefined) return tensor(undefined);
  const tensors = items.map(item => context.implied.known(item));
  const known = tensors.filter(item => item !== undefined);
  const fits = checkConcatenated(known, axis, site, context, (left, right, index) =>
    `ValueError: all the input array dimensions except for the concatenation axis must match exactly, but along dimension ${axis ?? 0}, the array at index 0 has size ${format(left)} and the array at index ${index} has size ${format(right)}`);
  return tensor(fits ? concatenated(tensors.map(item => item?.shape), axis) : undefined, known[0]?.origin);
};

const stack: Operation = (given, site, context) => {
  const call = new LibraryCall(given, site, ['arrays', 'axis']);
  const list = call.value('arrays');
  const items = list === undefined ? undefined : site.machine.items(list);
  const shape = items?.[0] === undefined ? undefined : context.implied.known(items[0])?.shape;
  const at = shape === undefined ? undefined : axisOf(call.number('axis', 0), shape.length + 1);
  return tensor(shape === undefined || at === undefined || items === undefined ? undefined : [...shape.slice(0, at), constant(items.length), ...shape.slice(at)]);
};

const reshape: Operation = (given, site, context) => {
  const input = firstTensor(given, context);
  const call = new LibraryCall(given, site, ['a', 'shape']);
  const value = call.value('shape') ?? call.value('newshape');
  const target = value === undefined ? undefined : sizesFrom(value, site);
  return tensor(target === undefined ? undefined : reshaped(input?.shape, target), input?.origin);
};

const expandDimensions: Operation = (given, site, context) => {
  const input = firstTensor(given, context);
  const axis = new LibraryCall(given, site, ['a', 'axis']).value('axis');
  const { shape } = input ?? {};
  if (shape === undefined || axis === undefined) return tensor(undefined, input?.origin);
  const axes = (asItems(axis) ?? [axis]).map(item => axisOf(asConstant(asInteger(item) ?? unknown), shape.length + (asItems(axis)?.length ?? 1)));
  if (axes.includes(undefined)) return tensor(undefined, input?.origin);
  const rest = [...shape];
  return tensor(Array.from({ length: shape.length + axes.length }, (_, place) => axes.includes(place) ? one : rest.shift() ?? unknown), input?.origin);
};

const squeeze: Operation = (given, site, context) => {
  const input = firstTensor(given, context);
  const value = new LibraryCall(given, site, ['a', 'axis']).value('axis');
  const { shape } = input ?? {};
  if (shape === undefined) return tensor(undefined);
  if (value === undefined || value.kind === 'none') return tensor(shape.every(size => asConstant(size) !== undefined) ? shape.filter(size => asConstant(size) !== 1) : undefined, input?.origin);
  const axes = (asItems(value) ?? [value]).map(item => axisOf(asConstant(asInteger(item) ?? unknown), shape.length));
  return tensor(axes.includes(undefined) ? undefined : shape.filter((_, axis) => !axes.includes(axis)), input?.origin);
};

const transpose: Operation = (given, site, context) => {
  const input = firstTensor(given, context);
  const { shape } = input ?? {};
  const call = new LibraryCall(given, site, ['a', 'axes']);
  if (shape === undefined) return tensor(undefined);
  if (call.value('axes') === undefined) return tensor([...shape].reverse(), input?.origin);
  const order = call.list('axes')?.map(axis => axisOf(asConstant(axis), shape.length));
  return tensor(order?.length !== shape.length ? undefined : order.map(axis => shape[axis ?? -1] ?? unknown), input?.origin);
};

/** `np.pad(array, widths)`: a number for all sides, a pair for all axes, or a pair an axis. */
const pad: Operation = (given, site, context) => {
  const input = firstTensor(given, context);
  const { shape } = input ?? {};
  const widths = new LibraryCall(given, site, ['array', 'pad_width']).value('pad_width');
  if (shape === undefined || widths === undefined) return tensor(undefined);
  if (widths.kind === 'integer') return tensor(shape.map(size => add(size, multiply(2, widths.value))), input?.origin);
  const rows = site.machine.items(widths);
  const pairs = rows?.map(row => integers(site.machine, row));
  const [only] = pairs ?? [];
  const flat = rows?.length === 2 && rows.every(row => row.kind === 'integer') ? integers(site.machine, widths) : pairs?.length === 1 ? only : undefined;
  if (flat !== undefined) return tensor(shape.map(size => add(size, ...flat)), input?.origin);
  if (pairs?.length !== shape.length) return tensor(undefined, input?.origin);
  return tensor(shape.map((size, axis) => pairs[axis]?.length === 2 ? add(size, ...pairs[axis]) : unknown), input?.origin);
};

/** `np.repeat(a, repeats, axis)`: without an axis, of all elements in a row. */
const repeat: Operation = (given, site, context) => {
  const input = firstTensor(given, context);
  const { shape } = input ?? {};
  const call = new LibraryCall(given, site, ['a', 'repeats', 'axis']);
  const times = call.integer('repeats');
  if (shape === undefined) return tensor(undefined);
  if (call.value('axis') === undefined) return tensor([multiply(times, ...shape)], input?.origin);
  const at = axisOf(call.number('axis'), shape.length);
  return tensor(at === undefined ? undefined : shape.map((size, axis) => axis === at ? multiply(size, times) : size), input?.origin);
};

/** `np.split(a, sections, axis=0)` into equal parts, or at the given indices. */
const split: Operation = (given, site, context) => {
  const input = firstTensor(given, context);
  const { shape } = input ?? {};
  const call = new LibraryCall(given, site, ['ary', 'indices_or_sections', 'axis']);
  const at = shape === undefined ? undefined : axisOf(call.number('axis', 0), shape.length);
  const whole = shape?.[at ?? -1];
  if (shape === undefined || at === undefined || whole === undefined) return unknownValue;
  const sections = call.value('indices_or_sections');
  const count = sections?.kind === 'integer' ? asConstant(sections.value) : undefined;
  const cuts = sections === undefined ? undefined : asItems(sections)?.map(item => asInteger(item) ?? unknown);
  const sizes = count !== undefined && count > 0 && count <= 256 && isMultipleOf(whole, count) === true ? Array.from({ length: count }, () => floorDivide(whole, count))
    : cuts !== undefined && cuts.length < 256 ? [...cuts, whole].map((end, index) => subtract(end, cuts[index - 1] ?? 0)) : undefined;
  return sizes === undefined ? unknownValue : tuple(sizes.map(size => tensor(shape.map((old, axis) => axis === at ? size : old))));
};

/** A function that is a method of arrays as well: `np.mean(x, axis)` is `x.mean(axis)`. */
const asMethod = (name: string): Operation => (given, site, context) => {
  const [input, ...rest] = given.positional;
  const known = context.implied.known(input?.value);
  return known === undefined || input === undefined ? tensor(undefined) : tensorMethod(known, input.value, name, { ...given, positional: rest }, site) ?? tensor(undefined);
};

/** `np.array(…)`: small flat lists of numbers keep them. */
const array = (single: boolean): Operation => (given, _site, context) => {
  const [first] = given.positional;
  const known = context.implied.known(first?.value);
  const small = toNumberArray(first?.value, single);
  if (small !== undefined) return given.keywords.some(({ name }) => name !== 'dtype') ? tensor(undefined) : small;
  return known === undefined ? unknownValue : tensor(known.shape, known.origin);
};

/** `np.any(x)` and others on numbers that are known. */
const ofNumbers = (name: string): Operation => (given, site, context) => {
  const [first] = given.positional;
  const flat = first !== undefined && (numbersOf(first.value) !== undefined || context.implied.known(first.value) === undefined);
  const result = !flat || given.positional.length + given.keywords.length > 1 ? undefined : numbersMethod(site.machine, first.value, name);
  return result ?? asMethod(name)(given, site, context);
};

const between: Operation = (given, site) => {
  const [left, right] = given.positional;
  if (left === undefined || right === undefined) return tensor(undefined);
  return site.machine.host.binary('+', left.value, right.value, site);
};

const product: Operation = (given, site) => {
  const [left, right] = given.positional;
  if (left === undefined || right === undefined) return tensor(undefined);
  return site.machine.host.binary('@', left.value, right.value, site);
};

const einsum: Operation = (given, _site, context) => {
  const [equation, ...operands] = given.positional.map(argument => argument.value);
  if (equation?.kind !== 'string' || given.unknownPositional) return tensor(undefined);
  const tensors = operands.map(operand => context.implied.known(operand));
  return tensor(einsumShape(equation.value, tensors.map(each => each?.shape)), tensors[0]?.origin);
};

/** `np.cumsum(x)`, `np.cumprod(x)`: without an axis all numbers in one row. */
const cumulative = (operator: string): Operation => (given, site, context) => {
  const [first, ...others] = [...given.positional, ...given.keywords].map(argument => argument.value);
  const known = context.implied.known(first);
  const numbers = first === undefined || others.length > 0 ? undefined : numbersOf(first) ?? (known === undefined ? asItems(first) : undefined);
  const sums = numbers?.reduce<Value[]>((all, each) => [...all, all.length === 0 ? each : site.machine.binary(operator, all.at(-1) ?? unknownValue, each)], []);
  const row = sums === undefined ? undefined : toNumberArray({ kind: 'tuple', items: sums }, false);
  const axis = others.length === 0 || others[0]?.kind === 'none' ? undefined : others[0]?.kind;
  return row ?? tensor(axis === undefined ? known?.shape && [multiply(...known.shape)] : axis === 'integer' ? known?.shape : undefined, known?.origin);
};

/** `np.arange(end)`, `(start, end, step)`. */
const range: Operation = (given, site) => {
  const call = new LibraryCall(given, site, given.positional.length < 2 ? ['stop'] : ['start', 'stop', 'step']);
  const count: Int = ceilDivide(subtract(call.integer('stop'), call.integer('start', 0)), call.integer('step', 1));
  return tensor([count]);
};

const passingNames = [
  'tanh', 'exp', 'expm1', 'log', 'log1p', 'log2', 'abs', 'absolute', 'sqrt', 'square', 'sin', 'cos', 'sign', 'clip', 'negative', 'reciprocal', 'round', 'floor', 'ceil',
  'zeros_like', 'ones_like', 'empty_like', 'full_like', 'nan_to_num', 'flip', 'roll', 'float32', 'copy', 'ascontiguousarray', 'isnan', 'logical_not',
];

const pairs: [string, Operation][] = [
  ...passingNames.map((name): [string, Operation] => [name, passing]),
  ...['zeros', 'ones', 'empty', 'full'].map((name): [string, Operation] => [name, ofShape(0, 'shape')]),
  ['random.randn', ofSizes], ['random.rand', ofSizes],
  ['random.normal', ofShape(2, 'size')], ['random.uniform', ofShape(2, 'size')], ['random.random', ofShape(0, 'size')], ['random.random_sample', ofShape(0, 'size')],
  ['random.standard_normal', ofShape(0, 'size')],
  ['concatenate', concatenate], ['stack', stack], ['reshape', reshape], ['expand_dims', expandDimensions], ['squeeze', squeeze], ['transpose', transpose],
  ['pad', pad], ['repeat', repeat], ['split', split], ['einsum', einsum], ['arange', range],
  ...['sum', 'prod', 'any', 'all'].map((name): [string, Operation] => [name, ofNumbers(name)]),
  ...['array', 'asarray', 'atleast_1d'].map((name): [string, Operation] => [name, array(name === 'atleast_1d')]),
  ...['mean', 'std', 'var'].map((name): [string, Operation] => [name, asMethod(name)]),
  ...['max', 'min', 'amax', 'amin', 'median', 'argmax', 'argmin'].map((name): [string, Operation] => [name, asMethod(name.startsWith('arg') ? 'sum' : 'amax')]),
  ['swapaxes', asMethod('swapaxes')], ['moveaxis', asMethod('movedim')], ['tile', asMethod('tile')], ['ravel', asMethod('ravel')], ['broadcast_to', asMethod('broadcast_to')],
  ...['add', 'subtract', 'multiply', 'divide', 'true_divide', 'power', 'maximum', 'minimum'].map((name): [string, Operation] => [name, between]),
  ['matmul', product], ['cumsum', cumulative('+')], ['cumprod', cumulative('*')],
];

/** Functions of NumPy, and of JAX's NumPy, that shapes go through, by qualified name. */
export const numpyOperations: readonly (readonly [string, Operation])[] = pairs.map(([name, operation]) => [`numpy.${name}`, operation]);
