import { floorDivide, isMultipleOf } from '../algebra/division';
import { constant, multiply, unknown, type Int } from '../algebra/integer';
import type { Shape } from '../frameworks/argument';
import type { Site } from '../python/machine';
import { asInteger, type Arguments, type Value } from '../python/values';
import type { NetworkContext } from './context';
import { hostValue, tensor, type Tensor } from './values';

/** A group of axes in a pattern of einops: `(h w)`, or one alone; `...` is any number of them. */
type Group = readonly string[] | '...';

/** `b c (h 2) w -> b h w c`, each side's groups. */
interface Pattern {
  readonly left: readonly Group[];
  readonly right: readonly Group[];
}

/**
 * The shape that `rearrange`, `repeat` or `reduce` of einops gives: they differ only in which names may come and go.
 *
 * @param sizes the sizes given by name.
 * @returns `undefined` where the pattern does not fit the shape, or is none.
 * @see https://einops.rocks/api/rearrange/
 */
export function einopsShape(pattern: string, shape: Shape, sizes: ReadonlyMap<string, Int>): Shape | undefined {
  const parsed = parsePattern(pattern);
  if (parsed === undefined) return undefined;
  const { left, right } = parsed;
  const skipped = shape.length - left.filter(group => group !== '...').length;
  if (skipped < 0 || (skipped > 0 && !left.includes('...'))) return undefined;
  const known = new Map(sizes);
  let rest: Shape = [];
  let axis = 0;
  for (const group of left) {
    if (group === '...') {
      rest = shape.slice(axis, axis + skipped);
      axis += skipped;
    } else if (!bind(group, shape[axis++] ?? unknown, known)) return undefined;
  }
  const result: Int[] = [];
  for (const group of right) {
    if (group === '...') result.push(...rest);
    else result.push(multiply(...group.map(name => sizeOf(name, known) ?? unknown)));
  }
  return result;
}

/** Learns the one name of a group that is not known yet. False where the size does not split so. */
function bind(group: readonly string[], size: Int, known: Map<string, Int>): boolean {
  const open = group.filter(name => sizeOf(name, known) === undefined);
  if (open.length > 1) return true;
  const [name] = open;
  const others = multiply(...group.filter(each => each !== name).map(each => sizeOf(each, known) ?? unknown));
  if (name === undefined) return true;
  const fits = isMultipleOf(size, others);
  if (fits === false) return false;
  known.set(name, fits === true ? floorDivide(size, others) : unknown);
  return true;
}

function sizeOf(name: string, known: ReadonlyMap<string, Int>): Int | undefined {
  return /^\d+$/.test(name) ? constant(Number(name)) : known.get(name);
}

function parsePattern(text: string): Pattern | undefined {
  const sides = text.split('->').map(parseSide);
  const [left, right] = sides;
  return sides.length === 2 && left !== undefined && right !== undefined ? { left, right } : undefined;
}

function parseSide(text: string): readonly Group[] | undefined {
  const groups: Group[] = [];
  let open: string[] | undefined;
  for (const [token] of text.matchAll(/\.\.\.|…|[()]|[^\s().…]+/g)) {
    if (token === '(') {
      if (open !== undefined) return undefined;
      open = [];
    } else if (token === ')') {
      if (open === undefined) return undefined;
      groups.push(open);
      open = undefined;
    } else if (token === '...' || token === '…') {
      // Within parentheses it would merge axes of which the number is not written.
      if (open !== undefined) return undefined;
      groups.push('...');
    } else if (open !== undefined) open.push(token);
    else groups.push([token]);
  }
  return open === undefined && groups.filter(group => group === '...').length <= 1 ? groups : undefined;
}

/** `rearrange(x, pattern, **sizes)`, and `repeat` and `reduce` alike. A list of tensors has its own axis first. */
export function einopsFunction(given: Arguments, site: Site, context: NetworkContext): Value {
  const [value] = given.positional;
  const pattern = textOf(given.positional[1]?.value ?? given.keywords.find(argument => argument.name === 'pattern')?.value);
  return applied(value?.value, pattern, given, site, context);
}

/** `einops.layers.torch.Rearrange(pattern, **sizes)`, and `Reduce`. */
export function einopsLayer(name: string, given: Arguments, _site: Site, context: NetworkContext): Value {
  const pattern = textOf(given.positional[0]?.value ?? given.keywords.find(argument => argument.name === 'pattern')?.value);
  return hostValue({
    type: 'layer', name,
    call: (inner, at) => applied(inner.positional[0]?.value, pattern, given, at, context),
  });
}

function applied(value: Value | undefined, pattern: string | undefined, given: Arguments, site: Site, context: NetworkContext): Value {
  const input = value === undefined ? undefined : context.implied.known(value) ?? stacked(value, site, context);
  if (input?.shape === undefined || pattern === undefined || given.unknownKeywords) return tensor(undefined, input?.origin);
  const sizes = new Map(given.keywords.map(argument => [argument.name, asInteger(argument.value) ?? unknown]));
  return tensor(einopsShape(pattern, input.shape, sizes), input.origin);
}

function stacked(value: Value, site: Site, context: NetworkContext): Tensor | undefined {
  const items = value.kind === 'list' || value.kind === 'tuple' ? site.machine.items(value) : undefined;
  const first = items?.[0] === undefined ? undefined : context.implied.known(items[0]);
  if (items === undefined || first?.shape === undefined) return undefined;
  return { type: 'tensor', shape: [constant(items.length), ...first.shape], origin: first.origin };
}

function textOf(value: Value | undefined): string | undefined {
  return value?.kind === 'string' ? value.value : undefined;
}
