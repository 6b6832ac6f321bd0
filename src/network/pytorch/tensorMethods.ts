import { bounds, compare } from '../../algebra/bounds';
import { floorDivide, isMultipleOf } from '../../algebra/division';
import { add, asConstant, multiply, one, subtract, unknown, type Int } from '../../algebra/integer';
import type { Shape } from '../../frameworks/argument';
import type { Site } from '../../python/machine';
import { asInteger, asItems, boolean, integer, named, tuple, unknownValue, type Arguments, type Value } from '../../python/values';
import { LibraryCall } from '../call';
import { chainable } from './containers';
import { axisOf, flattened, reshaped } from '../shapes/reshape';
import { evenChunks, evenSplits, matrixProduct, swapped } from './axes';
import { unflattened } from './layers';
import { alike, asTensor, tensor, type Tensor } from '../values';

/** What a method of a tensor gives. `undefined` for a method that is not read. */
export function tensorMethod(self: Tensor, selfValue: Value, name: string, given: Arguments, site: Site): Value | undefined {
  const method = methods[name];
  if (method === undefined) return chainable.has(name) || keeping.has(name) || keepsInPlace(name) ? alike(selfValue, self) : undefined;
  const result = method({ shape: self.shape, self: selfValue, given, call: (...names) => new LibraryCall(given, site, names), site });
  return result === 'unknown' || result === undefined ? tensor(undefined, self.origin)
    : 'kind' in result ? result : tensor(result, self.origin);
}

interface MethodCall {
  readonly shape: Shape | undefined;
  readonly self: Value;
  readonly given: Arguments;
  readonly site: Site;
  call(...names: readonly string[]): LibraryCall;
}

type Method = (call: MethodCall) => Shape | Value | 'unknown' | undefined;

/** Methods that leave the shape as it is. */
const keeping = new Set([
  'contiguous', 'clone', 'detach', 'detach_', 'exp', 'expm1', 'log', 'log2', 'log10', 'log1p', 'abs', 'sqrt', 'rsqrt', 'square', 'reciprocal', 'pow', 'clamp', 'clamp_min', 'clamp_max', 'clip',
  'relu', 'sigmoid', 'tanh', 'softmax', 'log_softmax', 'silu', 'gelu', 'selu', 'sin', 'cos', 'tan', 'atan', 'sinh', 'cosh', 'erf', 'erfinv', 'neg', 'negative', 'sign', 'round', 'floor', 'ceil', 'trunc', 'frac',
  'masked_fill', 'long', 'int', 'short', 'bool', 'cfloat', 'flip', 'fliplr', 'flipud', 'roll', 'numpy', 'data', 'type_as', 'triu', 'tril', 'dropout', 'cumsum', 'cumprod', 'nan_to_num', 'isnan', 'isinf', 'logical_not',
  'pin_memory', 'retain_grad', 'conj', 'real', 'imag', 'angle', 'renorm', 'index_add', 'index_fill', 'index_copy', 'scatter', 'scatter_add', 'bernoulli', 'as_subclass', 'astype', 'copy', 'block_until_ready', 'resolve_conj', 'resolve_neg',
]);

/** Methods that change a tensor in place keep its shape, but for these. */
function keepsInPlace(name: string): boolean {
  return /^[a-z]\w*[a-z0-9]_$/.test(name) && !['unsqueeze_', 'squeeze_', 'transpose_', 't_', 'resize_', 'swapaxes_', 'swapdims_', 'set_', 'resize_as_'].includes(name);
}

/** Sizes given one by one, or as one sequence. */
function sizesGiven(given: Arguments, site: Site, skip = 0): Shape | undefined {
  if (given.unknownPositional) return undefined;
  const values = given.positional.slice(skip).map(argument => argument.value);
  const [first] = values;
  const items = first === undefined ? [] : site.machine.items(first) ?? (values.length === 1 && first.kind !== 'integer' ? undefined : values);
  return items?.map(item => asInteger(item) ?? unknown);
}

const reshape: Method = ({ shape, given, site }) => {
  const target = sizesGiven(given, site);
  return target === undefined ? undefined : reshaped(shape, target);
};

const methods: Readonly<Record<string, Method>> = {
  view: reshape, reshape, view_as: ({ call }) => call('other').tensor('other')?.shape, reshape_as: ({ call }) => call('other').tensor('other')?.shape,
  expand_as: ({ call }) => call('other').tensor('other')?.shape,
  size({ shape, self, call }) {
    const value = call('dim').value('dim');
    if (value === undefined) return shape === undefined ? unknownValue : tuple(shape.map(size => integer(size)));
    const axis = asConstant(asInteger(value) ?? unknown);
    if (axis === undefined) return unknownValue;
    const at = shape === undefined ? undefined : axisOf(axis, shape.length);
    if (shape !== undefined) return integer(shape[at ?? -1] ?? unknown);
    return self.kind === 'unknown' && self.name !== undefined ? named(`${self.name}.size(${axis})`, `${self.key ?? self.name}.shape[${axis}]`) : unknownValue;
  },
  dim: ({ shape }) => shape === undefined ? unknownValue : integer(shape.length),
  ndimension: ({ shape }) => shape === undefined ? unknownValue : integer(shape.length),
  numel: ({ shape }) => shape === undefined ? unknownValue : integer(multiply(...shape)),
  flatten({ shape, call }) {
    const read = call('start_dim', 'end_dim');
    const [start, end] = [read.number('start_dim', 0), read.number('end_dim', -1)];
    return shape === undefined || start === undefined || end === undefined ? undefined : flattened(shape, start, end);
  },
  unflatten: ({ shape, call }) => shape === undefined ? undefined : unflattened(shape, call('dim', 'sizes').number('dim'), call('dim', 'sizes').list('sizes')),
  permute({ shape, given, site }) {
    const order = sizesGiven(given, site)?.map(asConstant);
    if (shape === undefined || order?.length !== shape.length) return undefined;
    const axes = order.map(axis => axisOf(axis, shape.length));
    return axes.some((axis, place) => axis !== undefined && axes.indexOf(axis) !== place) ? undefined : axes.map(axis => shape[axis ?? -1] ?? unknown);
  },
  transpose,
  t: ({ shape }) => shape === undefined ? undefined : swapped(shape, 0, shape.length - 1),
  unsqueeze({ shape, call }) {
    const axis = call('dim').number('dim');
    const at = shape === undefined ? undefined : axisOf(axis, shape.length + 1);
    return shape === undefined || at === undefined ? undefined : [...shape.slice(0, at), one, ...shape.slice(at)];
  },
  squeeze({ shape, call }) {
    const value = call('dim').value('dim');
    if (shape === undefined) return undefined;
    if (value === undefined) return shape.every(size => asConstant(size) !== undefined) ? shape.filter(size => asConstant(size) !== 1) : undefined;
    const at = axisOf(asConstant(asInteger(value) ?? unknown), shape.length);
    if (at === undefined) return undefined;
    const size = asConstant(shape[at] ?? unknown);
    return size === undefined ? undefined : size === 1 ? shape.filter((_, axis) => axis !== at) : shape;
  },
  expand({ shape, given, site }) {
    const target = sizesGiven(given, site);
    // Only sizes of one are stretched.
    if (shape !== undefined && target?.some((size, axis) => {
      const own = shape[axis - target.length + shape.length] ?? one;
      return bounds(own).lower > 1 && bounds(size).lower > 0 && compare(own, size) === 'different';
    }) === true) return undefined;
    return target?.map((size, axis) => asConstant(size) === -1 ? shape?.[axis - target.length + shape.length] ?? unknown : size);
  },
  repeat({ shape, given, site, call }) {
    // With an axis it is NumPy's.
    if (given.keywords.some(argument => argument.name === 'axis')) {
      const at = shape === undefined ? undefined : axisOf(call('repeats', 'axis').number('axis'), shape.length);
      return at === undefined ? undefined : shape?.map((size, axis) => axis === at ? multiply(size, call('repeats').integer('repeats')) : size);
    }
    const times = sizesGiven(given, site);
    if (shape === undefined || times === undefined || times.length < shape.length) return undefined;
    return times.map((count, axis) => multiply(count, shape[axis - times.length + shape.length] ?? one));
  },
  repeat_interleave({ shape, call }) {
    const read = call('repeats', 'dim');
    const at = shape === undefined ? undefined : axisOf(read.number('dim'), shape.length);
    return at === undefined ? undefined : shape?.map((size, axis) => axis === at ? multiply(size, read.integer('repeats')) : size);
  },
  chunk: ({ shape, call }) => parts(shape, call('chunks', 'dim').number('dim', 0), size => evenChunks(size, call('chunks', 'dim').number('chunks'))),
  split({ shape, call }) {
    const read = call('split_size', 'dim');
    const value = read.value('split_size');
    const list = value === undefined ? undefined : asItems(value);
    const given = list?.map(item => asInteger(item) ?? unknown);
    return parts(shape, read.number('dim', 0), size => given === undefined ? evenSplits(size, read.number('split_size'))
      : compare(add(...given), size) === 'different' ? undefined : given);
  },
  mean: reduction, sum: reduction, prod: reduction, amax: reduction, amin: reduction, std: reduction, var: reduction, any: reduction, all: reduction,
  logsumexp: reduction, argmax: reduction, argmin: reduction, nanmean: reduction, nansum: reduction,
  max: extreme, min: extreme, median: extreme,
  sort: ({ shape, self }) => pair(tensor(shape, asTensor(self)?.origin)),
  topk({ shape, call }) {
    const read = call('k', 'dim');
    const at = shape === undefined ? undefined : axisOf(read.number('dim', -1), shape.length);
    return pair(tensor(at === undefined ? undefined : shape?.map((size, axis) => axis === at ? read.integer('k') : size)));
  },
  norm: ({ call }) => call('p', 'dim').value('dim') === undefined ? [] : 'unknown',
  item: () => unknownValue, tolist: () => unknownValue,
  is_contiguous: () => unknownValue, backward: () => ({ kind: 'none' }),
  new_zeros: ({ given, site }) => sizesGiven(given, site), new_ones: ({ given, site }) => sizesGiven(given, site), new_empty: ({ given, site }) => sizesGiven(given, site),
  // `x.new(2, 3)` and `x.new(y.size())` are made of sizes; a list is data.
  new: ({ given, site }) => given.positional[0]?.value.kind === 'list' ? undefined : sizesGiven(given, site),
  ger: outer, outer,
  new_full: ({ call }) => call('size').list('size'),
  swapaxes: ({ shape, call }) => shape === undefined ? undefined : swapped(shape, call('axis0', 'axis1').number('axis0'), call('axis0', 'axis1').number('axis1')),
  swapdims: ({ shape, call }) => shape === undefined ? undefined : swapped(shape, call('dim0', 'dim1').number('dim0'), call('dim0', 'dim1').number('dim1')),
  movedim: moved, moveaxis: moved,
  ravel: ({ shape }) => shape === undefined ? undefined : [multiply(...shape)],
  tile({ shape, given, site }) {
    const times = sizesGiven(given, site);
    if (shape === undefined || times === undefined) return undefined;
    const rank = Math.max(shape.length, times.length);
    return Array.from({ length: rank }, (_, axis) => multiply(shape[axis - rank + shape.length] ?? one, times[axis - rank + times.length] ?? one));
  },
  broadcast_to: ({ given, site }) => sizesGiven(given, site),
  narrow({ shape, call }) {
    const read = call('dim', 'start', 'length');
    const at = shape === undefined ? undefined : axisOf(read.number('dim'), shape.length);
    const end = add(read.integer('start'), read.integer('length'));
    if (at !== undefined && bounds(subtract(end, shape?.[at] ?? unknown)).lower > 0) return undefined;
    return at === undefined ? undefined : shape?.map((size, axis) => axis === at ? read.integer('length') : size);
  },
  select({ shape, call }) {
    const at = shape === undefined ? undefined : axisOf(call('dim', 'index').number('dim'), shape.length);
    return at === undefined ? undefined : shape?.filter((_, axis) => axis !== at);
  },
  index_select({ shape, call }) {
    const read = call('dim', 'index');
    const at = shape === undefined ? undefined : axisOf(read.number('dim'), shape.length);
    const count = read.tensor('index')?.shape?.[0] ?? unknown;
    return at === undefined ? undefined : shape?.map((size, axis) => axis === at ? count : size);
  },
  gather: ({ call }) => call('dim', 'index').tensor('index')?.shape,
  unbind({ shape, call }) {
    const at = shape === undefined ? undefined : axisOf(call('dim').number('dim', 0), shape.length);
    const count = at === undefined ? undefined : asConstant(shape?.[at] ?? unknown);
    if (shape === undefined || count === undefined || count > 256) return unknownValue;
    return tuple(Array.from({ length: count }, () => tensor(shape.filter((_, axis) => axis !== at))));
  },
  tensor_split: ({ shape, call }) => parts(shape, call('indices_or_sections', 'dim').number('dim', 0), size => {
    const count = call('indices_or_sections', 'dim').number('indices_or_sections');
    return count === undefined ? undefined : isMultipleOf(size, count) === true ? evenChunks(size, count) : undefined;
  }),
  unfold({ shape, call }) {
    const read = call('dimension', 'size', 'step');
    const at = shape === undefined ? undefined : axisOf(read.number('dimension'), shape.length);
    if (shape === undefined || at === undefined) return undefined;
    const window = read.integer('size');
    return [...shape.map((size, axis) => axis === at ? add(floorDivide(subtract(size, window), read.integer('step')), 1) : size), window];
  },
  add: operator, sub: operator, mul: operator, multiply: operator, div: operator, true_divide: operator, maximum: operator, minimum: operator, eq: operator, ne: operator, gt: operator, lt: operator, ge: operator, le: operator,
  mm({ shape, call }) { return matrixProduct(shape, call('mat2').tensor('mat2')?.shape); },
  nelement: ({ shape }) => shape === undefined ? unknownValue : integer(multiply(...shape)),
  unsqueeze_: call => methods['unsqueeze']?.(call), squeeze_: call => methods['squeeze']?.(call),
  matmul({ shape, call }) { return matrixProduct(shape, call('other').tensor('other')?.shape); },
  bmm({ shape, call }) { return matrixProduct(shape, call('mat2').tensor('mat2')?.shape); },
};

/** All products of the numbers of two vectors. */
function outer({ shape, call }: MethodCall): Shape | undefined {
  const other = call('other').tensor('other')?.shape;
  return shape?.length === 1 && other?.length === 1 ? [...shape, ...other] : undefined;
}

/** `x.add(y)` is `x + y`. */
function operator({ self, call, site }: MethodCall): Value | undefined {
  const other = call('other').value('other');
  return other === undefined ? undefined : site.machine.host.binary('+', self, other, site);
}

/** `x.max()` is a number, `x.max(dim)` values and indices, `x.max(y)` elementwise. */
function extreme(method: MethodCall): Shape | Value | undefined {
  const first = method.call('dim').value('dim');
  if (first === undefined) return [];
  // NumPy's gives no indices.
  if (method.given.keywords.some(argument => argument.name === 'axis' || argument.name === 'keepdims')) return unknownValue;
  if (first.kind === 'host') return method.site.machine.host.binary('+', method.self, first, method.site);
  return pair(tensor(reduction(method), asTensor(method.self)?.origin));
}

/** Values and indices, by position or as attributes are the same to shapes. */
function pair(value: Value): Value {
  return tuple([value, value]);
}

/** PyTorch swaps two axes; NumPy takes the order of all, and without arguments turns it round. */
function transpose(method: MethodCall): Shape | undefined {
  const { shape, given, call } = method;
  if (shape === undefined) return undefined;
  if (given.positional.length + given.keywords.length === 0) return [...shape].reverse();
  const order = sizesGiven(given, method.site);
  if (order?.length === shape.length && shape.length > 2 || (given.positional.length === 1 && given.keywords.length === 0)) {
    const axes = order?.map(axis => axisOf(asConstant(axis), shape.length));
    return axes?.length !== shape.length ? undefined : axes.map(axis => shape[axis ?? -1] ?? unknown);
  }
  return swapped(shape, call('dim0', 'dim1').number('dim0'), call('dim0', 'dim1').number('dim1'));
}

function moved({ shape, call }: MethodCall): Shape | undefined {
  const read = call('source', 'destination');
  if (shape === undefined) return undefined;
  const [from, to] = [axisOf(read.number('source'), shape.length), axisOf(read.number('destination'), shape.length)];
  if (from === undefined || to === undefined) return undefined;
  const rest = shape.filter((_, axis) => axis !== from);
  return [...rest.slice(0, to), shape[from] ?? unknown, ...rest.slice(to)];
}

function reduction({ shape, call }: MethodCall): Shape | undefined {
  const read = call('dim', 'keepdim');
  const value = read.value('dim');
  const keep = read.flag('keepdim', false);
  if (value === undefined || value.kind === 'none') return keep === undefined || shape === undefined && keep ? undefined : keep ? shape?.map(() => one) : [];
  const axes = asItems(value)?.map(item => asConstant(asInteger(item) ?? unknown)) ?? [asConstant(asInteger(value) ?? unknown)];
  if (shape === undefined || keep === undefined || axes.includes(undefined)) return undefined;
  const gone = new Set(axes.map(axis => axisOf(axis, shape.length)));
  return keep ? shape.map((size, axis) => gone.has(axis) ? one : size) : shape.filter((_, axis) => !gone.has(axis));
}

/** A tuple of tensors, cut along an axis into the given sizes. */
function parts(shape: Shape | undefined, axis: number | undefined, cut: (size: Int) => readonly Int[] | undefined): Value | 'unknown' {
  const at = shape === undefined ? undefined : axisOf(axis, shape.length);
  const sizes = at === undefined ? undefined : cut(shape?.[at] ?? unknown);
  if (sizes === undefined || shape === undefined) return unknownValue;
  return tuple(sizes.map(size => tensor(shape.map((old, place) => place === at ? size : old))));
}

/** An attribute of a tensor that is data, not a method. */
export function tensorAttribute(self: Tensor, name: string): Value | undefined {
  switch (name) {
    case 'shape': return self.shape === undefined ? undefined : tuple(self.shape.map(size => integer(size)));
    case 'ndim': return self.shape === undefined ? undefined : integer(self.shape.length);
    case 'data': case 'real': case 'imag': return tensor(self.shape, self.origin);
    case 'mT': case 'mH': return tensor(self.shape === undefined ? undefined : swapped(self.shape, -2, -1), self.origin);
    case 'T': return tensor(self.shape === undefined ? undefined : [...self.shape].reverse(), self.origin);
    case 'device': case 'dtype': case 'grad': return unknownValue;
    case 'is_cuda': case 'requires_grad': return unknownValue;
    case 'training': return boolean(false);
    default: return undefined;
  }
}
