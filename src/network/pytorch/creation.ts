import { ceilDivide } from '../../algebra/division';
import { constant, equal, subtract, unknown, type Int } from '../../algebra/integer';
import type { Shape } from '../../frameworks/argument';
import type { Site } from '../../python/machine';
import { asInteger, tuple, unknownValue, type Arguments, type Value } from '../../python/values';
import { integers, LibraryCall } from '../call';
import type { NetworkContext } from '../context';
import { numberTensor } from '../numpy/numbers';
import { alike, asTensor, tensor } from '../values';
import type { Operation } from '../operation';

/** The sizes given to `torch.zeros(2, 3)`, `torch.zeros((2, 3))` or `torch.zeros(size=…)`. */
function sizesOf(given: Arguments, site: Site): Shape | undefined {
  if (given.unknownPositional) return undefined;
  const named = given.keywords.find(argument => argument.name === 'size' || argument.name === 'shape')?.value;
  const [first] = given.positional;
  if (named !== undefined) return integers(site.machine, named);
  if (first === undefined) return [];
  return integers(site.machine, first.value) ?? (given.positional.length === 1 && first.value.kind !== 'integer' ? undefined
    : given.positional.map(argument => asInteger(argument.value) ?? unknown));
}

/** A tensor that the code makes, of sizes that it says. */
const creating = (name: string): Operation => (given, site) => tensor(sizesOf(given, site), `${name}(…)`);

/** `torch.Tensor(2, 3)` is made of sizes, `torch.Tensor([2, 3])` holds these numbers. */
const fromSizesOrData = (name: string): Operation => (given, site, context) => {
  const [first] = given.positional;
  const items = first === undefined ? undefined : site.machine.items(first.value);
  return items === undefined ? creating(name)(given, site, context) : tensor(dataShape(first?.value, site));
};

/** `torch.tensor([[1, 2]])`: the shape of nested lists, which are the same length throughout. */
const fromData: Operation = (given, site, context) => {
  const value = given.positional[0]?.value ?? given.keywords.find(argument => argument.name === 'data')?.value;
  const known = value === undefined ? undefined : context.implied.known(value);
  if (value?.kind === 'integer' || value?.kind === 'float') return numberTensor(value);
  return known === undefined && value?.kind !== 'unknown' ? tensor(dataShape(value, site)) : alike(value, known);
};

function dataShape(value: Value | undefined, site: Site, depth = 8): Shape | undefined {
  switch (value?.kind) {
    case 'integer': case 'float': case 'boolean': case 'ratio': return [];
    case 'list': case 'tuple': {
      const items = site.machine.items(value);
      if (items === undefined || depth === 0) return undefined;
      const inner = items.map(item => dataShape(item, site, depth - 1));
      const [first] = inner;
      if (items.length === 0) return [constant(0)];
      const alike = first !== undefined && inner.every(shape => shape?.length === first.length && shape.every((size, axis) => equal(size, first[axis] ?? unknown)));
      return alike ? [constant(items.length), ...first] : undefined;
    }
    case 'host': return asTensor(value)?.shape?.length === 0 ? [] : undefined;
    default: return undefined;
  }
}

/** `torch.arange(end)`, `(start, end, step)`: one axis of `ceil((end - start) / step)`. */
const range: Operation = (given, site) => {
  const call = new LibraryCall(given, site, given.positional.length < 2 ? ['end'] : ['start', 'end', 'step']);
  return tensor([ceilDivide(subtract(call.integer('end'), call.integer('start', 0)), call.integer('step', 1))]);
};

/** One axis of the length that an argument gives: `torch.linspace(0, 1, steps)`, `torch.hann_window(n)`. */
const oneAxis = (names: readonly string[], length: string): Operation => (given, site) => tensor([new LibraryCall(given, site, names).integer(length)]);

const identity: Operation = (given, site) => {
  const call = new LibraryCall(given, site, ['n', 'm']);
  const rows = call.integer('n');
  return tensor([rows, call.value('m') === undefined ? rows : call.integer('m')]);
};

/** `torch.full(size, value)` and others whose sizes are one argument. */
const ofSize = (names: readonly string[], fallback: readonly string[] = names): Operation => (given, site) => {
  const call = new LibraryCall(given, site, given.positional.length >= names.length ? names : fallback);
  return tensor(call.list('size'), 'sizes in the code');
};

/** `torch.meshgrid(a, b)`: each as large as all together, in the order of `indexing='ij'`. */
const grid: Operation = (given, site, context) => {
  const [first] = given.positional;
  const items = given.positional.length === 1 && first !== undefined ? site.machine.items(first.value) : given.positional.map(argument => argument.value);
  const sizes = items?.map((item): Int => context.implied.known(item)?.shape?.[0] ?? unknown);
  if (sizes === undefined || sizes.length > 8) return unknownValue;
  const indexing = given.keywords.find(argument => argument.name === 'indexing')?.value;
  if (indexing?.kind === 'string' && indexing.value === 'xy') {
    const [a, b, ...rest] = sizes;
    return tuple(sizes.map(() => tensor(a === undefined || b === undefined ? undefined : [b, a, ...rest])));
  }
  return tuple(sizes.map(() => tensor(sizes)));
};

const like: Operation = (given: Arguments, _site: Site, context: NetworkContext) => {
  const input = context.implied.known(given.positional[0]?.value ?? given.keywords.find(argument => argument.name === 'input')?.value);
  return tensor(input?.shape, input?.origin);
};

const windows = ['hann_window', 'hamming_window', 'blackman_window', 'bartlett_window', 'kaiser_window'];

const operations: [string, Operation][] = [
  ...['randn', 'rand', 'zeros', 'ones', 'empty'].map((name): [string, Operation] => [name, creating(`torch.${name}`)]),
  ...['FloatTensor', 'Tensor', 'LongTensor', 'cuda.FloatTensor'].map((name): [string, Operation] => [name, fromSizesOrData(`torch.${name}`)]),
  ...['tensor', 'as_tensor', 'from_numpy', 'asarray'].map((name): [string, Operation] => [name, fromData]),
  ...['randn_like', 'rand_like', 'zeros_like', 'ones_like', 'empty_like', 'full_like', 'randint_like', 'bernoulli'].map((name): [string, Operation] => [name, like]),
  ['full', ofSize(['size'])], ['randint', ofSize(['low', 'high', 'size'], ['high', 'size'])], ['normal', ofSize(['mean', 'std', 'size'])],
  ['arange', range], ['linspace', oneAxis(['start', 'end', 'steps'], 'steps')], ['logspace', oneAxis(['start', 'end', 'steps'], 'steps')],
  ['randperm', oneAxis(['n'], 'n')], ['eye', identity], ['meshgrid', grid],
  ...windows.map((name): [string, Operation] => [name, oneAxis(['window_length'], 'window_length')]),
];

/** Functions of PyTorch that make tensors, by qualified name. */
export const creationOperations: readonly (readonly [string, Operation])[] = operations.map(([name, operation]) => [`torch.${name}`, operation] as const);
