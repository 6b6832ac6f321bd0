import { asInteger, asItems, type Arguments, type Value } from '../python/values';
import { unknown } from '../algebra/integer';
import type { Shape } from '../frameworks/argument';
import type { Site } from '../python/machine';
import { asTensor, tensor } from './values';

/** Something imported that makes or changes tensors, by qualified name. */
export type Operation = (given: Arguments, site: Site) => Value;

/** Sizes given one by one or as one sequence: `torch.zeros(2, 3)`, `torch.zeros((2, 3))`, `size=(2, 3)`. */
function sizesOf(given: Arguments, keywords: readonly string[]): Shape | undefined {
  if (given.unknownPositional) return undefined;
  const named = given.keywords.find(argument => keywords.includes(argument.name))?.value;
  const [first] = given.positional;
  const values = named !== undefined ? asItems(named)
    : first === undefined ? [] : asItems(first.value) ?? given.positional.map(argument => argument.value);
  return values?.map(value => asInteger(value) ?? unknown);
}

const fromSizes = (keywords: readonly string[]): Operation => given => tensor(sizesOf(given, keywords));

/** The shape is the first argument, whatever else is given. */
const fromFirst = (keyword: string): Operation => given => {
  const value = given.keywords.find(argument => argument.name === keyword)?.value ?? given.positional[0]?.value;
  return tensor(value === undefined ? undefined : asItems(value)?.map(item => asInteger(item) ?? unknown));
};

const sameAsFirst: Operation = given => {
  const input = asTensor(given.positional[0]?.value);
  return tensor(input?.shape, input?.origin);
};

const entries: [string, Operation][] = [
  ...['randn', 'rand', 'zeros', 'ones', 'empty'].map((name): [string, Operation] => [`torch.${name}`, fromSizes(['size'])]),
  ['torch.full', fromFirst('size')],
  ...['randn_like', 'rand_like', 'zeros_like', 'ones_like', 'empty_like'].map((name): [string, Operation] => [`torch.${name}`, sameAsFirst]),
  ['torch.nn.Parameter', sameAsFirst],
  ['torch.nn.parameter.Parameter', sameAsFirst],
  ...['tensorflow.zeros', 'tensorflow.ones', 'tensorflow.random.normal', 'tensorflow.random.uniform', 'tensorflow.random.truncated_normal',
    'tensorflow.random_normal', 'tensorflow.random_uniform', 'tensorflow.truncated_normal', 'numpy.zeros', 'numpy.ones',
    'keras.ops.zeros', 'keras.ops.ones'].map((name): [string, Operation] => [name, fromFirst('shape')]),
  ['tensorflow.Variable', sameAsFirst],
];

export const operations: ReadonlyMap<string, Operation> = new Map(entries);
