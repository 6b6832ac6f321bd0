import { keyValue } from '../../python/arithmetic';
import type { Site } from '../../python/machine';
import { asItems, noneValue, string, tuple, unknownValue, type Arguments, type Value } from '../../python/values';
import { hostValue } from '../values';

/** The items of an `OrderedDict`, with their names. */
function namedItems(value: Value): readonly { readonly name: string; readonly value: Value }[] | undefined {
  if (value.kind !== 'dictionary' || value.cells.get('open') !== undefined) return undefined;
  return [...value.cells.keys()].map(key => {
    const name = keyValue(key);
    return { name: name.kind === 'string' ? name.value : '', value: value.cells.get(key) ?? unknownValue };
  });
}

/** `torch.nn.Sequential`: layers one after the other, by position or by name; it can grow. */
export function sequential(given: Arguments, site: Site): Value {
  const [first] = given.positional;
  const named = first !== undefined && given.positional.length === 1 ? namedItems(first.value) : undefined;
  if (named !== undefined) return makeSequential(named.map(item => item.value), named.map(item => item.name), site);
  if (given.unknownPositional) return makeSequential(undefined, [], site);
  const values = given.positional.map(argument => argument.value);
  return makeSequential(first?.value.kind === 'dictionary' ? undefined : values, values.map((_, index) => String(index)), site);
}

function makeSequential(items: readonly Value[] | undefined, names: readonly string[], site: Site): Value {
  const { machine } = site;
  const layers = machine.list(items);
  const labels = machine.list(names.map(string));
  const current = (): readonly Value[] | undefined => asItems(layers);
  const add = (name: Value, value: Value): Value => {
    if (layers.kind !== 'list' || labels.kind !== 'list') return noneValue;
    const known = current();
    machine.spend(Math.floor((known?.length ?? 0) / 64));
    layers.cells.set('items', known === undefined ? unknownValue : tuple([...known, value]));
    labels.cells.set('items', tuple([...asItems(labels) ?? [], name]));
    return noneValue;
  };
  const self: Value = hostValue({
    type: 'layer',
    name: 'torch.nn.Sequential',
    call(inner, at) {
      const start = inner.positional[0]?.value ?? inner.keywords[0]?.value ?? unknownValue;
      const known = current();
      if (known === undefined) return unknownValue;
      return known.reduce<Value>((value, item) => at.machine.call(item, { positional: [{ value, source: undefined }], keywords: [], unknownPositional: false, unknownKeywords: false }, at.node), start);
    },
    items: current,
    attribute(name) {
      const place = (asItems(labels) ?? []).findIndex(label => label.kind === 'string' && label.value === name);
      return place < 0 ? undefined : current()?.[place];
    },
    method(name, inner) {
      const values = inner.positional.map(argument => argument.value);
      switch (name) {
        case 'append': add(string(String(current()?.length ?? 0)), values[0] ?? unknownValue); return self;
        case 'add_module': case 'register_module': return add(values[0] ?? unknownValue, values[1] ?? unknownValue);
        case 'extend': {
          const more = values[0] === undefined ? undefined : machine.items(values[0]);
          if (more === undefined) { if (layers.kind === 'list') layers.cells.set('items', unknownValue); }
          else for (const value of more) add(string(String(current()?.length ?? 0)), value);
          return self;
        }
        case 'insert': case 'pop': case '__delitem__': if (layers.kind === 'list') layers.cells.set('items', unknownValue); return self;
        case 'children': case 'modules': return current() === undefined ? unknownValue : tuple(current() ?? []);
        default: return chainable.has(name) ? self : undefined;
      }
    },
    subscript(index, at) {
      const part = at.machine.subscript(layers, index);
      if (part.kind !== 'list') return part;
      const inside = asItems(part);
      return makeSequential(inside, (inside ?? []).map((_, place) => String(place)), at);
    },
  });
  return self;
}

/** Methods that return the module or tensor itself. */
export const chainable: ReadonlySet<string> = new Set([
  'to', 'cuda', 'cpu', 'eval', 'train', 'half', 'float', 'double', 'bfloat16', 'requires_grad_', 'apply', 'share_memory', 'type',
]);

/** `ModuleList`: a list. */
export function moduleList(given: Arguments, site: Site): Value {
  const [first] = given.positional;
  if (given.unknownPositional) return site.machine.list(undefined);
  return site.machine.list(first === undefined ? [] : site.machine.items(first.value));
}

/** `ModuleDict`: a dictionary. */
export function moduleDictionary(given: Arguments, site: Site): Value {
  const [first] = given.positional;
  if (first === undefined) return site.machine.dictionary(new Map());
  const items = namedItems(first.value);
  return site.machine.dictionary(items === undefined ? undefined : new Map(items.map(item => [`s:${item.name}`, item.value])));
}
