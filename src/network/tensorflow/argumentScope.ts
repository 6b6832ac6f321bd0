import type { Api, ReadingOptions } from '../../frameworks/api';
import { unknownValue, type Arguments, type Value } from '../../python/values';
import type { ArgumentScope } from '../argumentScope';
import type { NetworkContext } from '../context';
import { canonicalName } from '../libraries';
import type { Operation } from '../operation';
import { hostValue, networkObject } from '../values';

/** The scope that a `with` block begins with this value, if it is one; any other scope where nothing is known of it. */
export function scopeOf(value: Value): ArgumentScope | undefined {
  const object = networkObject(value);
  return object?.type === 'layer' ? scopes.get(object) : undefined;
}

const scopes = new WeakMap<object, ArgumentScope>();

/** The arguments of a call with what the scope around it adds; `name` is the function's qualified name. */
export function inScope(given: Arguments, name: string, parameters: readonly string[], scope: ArgumentScope): Arguments {
  const key = functionKey(name);
  const added = (scope.defaults.get(key) ?? []).filter(({ name: parameter }) =>
    given.keywords.every(argument => argument.name !== parameter) && !parameters.slice(0, given.positional.length).includes(parameter));
  const open = scope.open === 'all' || scope.open.has(key);
  return added.length === 0 && !open ? given : { ...given, keywords: [...given.keywords, ...added], unknownKeywords: given.unknownKeywords || open };
}

/**
 * The arguments of a transposed convolution with those of the scope around it, where the API knows scopes.
 * What is missing then is unknown: a caller that is not seen may have a scope, too.
 */
export function scopedArguments(api: Api, given: Arguments, options: ReadingOptions, context: NetworkContext): Arguments {
  if (!api.name.startsWith('tensorflow.contrib.layers.')) return given;
  const { parameters } = api.signature(options);
  const scoped = inScope(given, api.name, parameters.map(parameter => parameter.name), context.page.argumentScope);
  const missing = parameters.filter(({ name, default: fallback }, index) => index > 0 && fallback === undefined
    && index >= scoped.positional.length && scoped.keywords.every(argument => argument.name !== name));
  return { ...scoped, keywords: [...scoped.keywords, ...missing.map(({ name }) => ({ name, value: unknownValue, source: undefined }))] };
}

/** `arg_scope(functions, **defaults)`, or `arg_scope(scope)` for one that was made before and takes the place of all. */
const argumentScope: Operation = (given, site, context) => {
  const [first] = given.positional;
  const earlier = first === undefined ? undefined : scopeOf(first.value);
  const { argumentScope: around } = context.page;
  if (earlier !== undefined) return scopeValue(earlier);
  const functions = first === undefined || given.unknownPositional ? undefined : site.machine.items(first.value);
  const names = functions?.map(value => value.kind === 'external' ? functionKey(value.name) : undefined);
  if (names === undefined) return scopeValue({ defaults: around.defaults, open: 'all' });
  const defaults = new Map(around.defaults);
  const open = around.open === 'all' ? 'all' : new Set(around.open);
  for (const name of names) {
    // What is not of a library is none of ours.
    if (name === undefined) continue;
    const replaced = new Set(given.keywords.map(argument => argument.name));
    defaults.set(name, [...(defaults.get(name) ?? []).filter(argument => !replaced.has(argument.name)), ...given.keywords.map(argument => ({ ...argument, source: undefined }))]);
    if (given.unknownKeywords && open !== 'all') open.add(name);
  }
  return scopeValue({ defaults, open });
};

function scopeValue(scope: ArgumentScope): Value {
  const object = { type: 'layer' as const, name: 'tf_slim.arg_scope', call: () => unknownValue };
  scopes.set(object, scope);
  return hostValue(object);
}

/** One name for a function that several names lead to: `slim.convolution2d_transpose`. */
function functionKey(name: string): string {
  return (canonicalName(name).split('.').at(-1) ?? name).replace(/^convolution(?=\dd)/, 'conv');
}

/** By qualified name. */
export const argumentScopeOperations: readonly [string, Operation][] = [
  'tensorflow.contrib.slim', 'tensorflow.contrib.framework', 'tensorflow.contrib.framework.python.ops', 'tensorflow.contrib.framework.python.ops.arg_scope', 'tf_slim', 'tf_slim.ops', 'tf_slim.ops.arg_scope',
].map((module): [string, Operation] => [`${module}.arg_scope`, argumentScope]);
