import { add, asConstant, bounds, maximum, minimum, subtract } from '../algebra/integer';
import { asReal, dictionaryKey, keyValue, toInteger } from './arithmetic';
import { plainText } from './describe';
import { hasAttribute, isCallable, isInstance, namedTuple } from './types';
import type { Machine } from './machine';
import {
  asInteger, asItems, assuming, boolean, integer, noneValue, string, tuple, unknownValue,
  type Arguments, type ExternalMethodValue, type Value,
} from './values';
import type { Expression } from './syntax';

const names = new Set([
  'int', 'float', 'str', 'bool', 'len', 'range', 'enumerate', 'zip', 'reversed', 'list', 'tuple', 'dict', 'set', 'min', 'max',
  'sum', 'abs', 'round', 'sorted', 'map', 'isinstance', 'issubclass', 'getattr', 'setattr', 'hasattr', 'print', 'super', 'divmod', 'pow',
  'any', 'all', 'staticmethod', 'classmethod', 'property', 'object', 'type', 'iter', 'next', 'filter', 'callable', 'frozenset', 'bytes', 'bytearray', 'complex',
]);

export function isBuiltin(name: string): boolean {
  return names.has(name);
}

const longestRange = 4096;

/** Calls a function of Python or its standard library that we know; `undefined` for any other. */
export function callBuiltin(machine: Machine, name: string, given: Arguments, node: Expression | undefined): Value | undefined {
  if (given.unknownPositional || given.unknownKeywords) return name.startsWith('builtins.') ? unknownValue : undefined;
  const values = given.positional.map(argument => argument.value);
  const result = compute(machine, name, values, given, node);
  return result === undefined ? undefined : keepAssumptions(result, values);
}

function keepAssumptions(result: Value, values: readonly Value[]): Value {
  return result.kind === 'list' || result.kind === 'dictionary' || result.kind === 'tuple' ? result : assuming(result, ...values);
}

function compute(machine: Machine, name: string, values: readonly Value[], given: Arguments, node: Expression | undefined): Value | undefined {
  const [first = unknownValue, second, third] = values;
  const keyword = (key: string): Value | undefined => given.keywords.find(argument => argument.name === key)?.value;
  switch (name) {
    case 'builtins.int': return values.length === 0 ? integer(0) : values.length === 1 ? toInteger(first) : unknownValue;
    case 'builtins.float': {
      const real = asReal(first);
      return real === undefined ? first.kind === 'ratio' || first.kind === 'integer' ? first : unknownValue : { kind: 'float', value: real };
    }
    case 'builtins.str': {
      const text = plainText(first);
      return text === undefined ? unknownValue : string(text);
    }
    case 'builtins.bool': {
      const known = machine.truth(first);
      return known === undefined ? unknownValue : boolean(known);
    }
    case 'builtins.len': return length(machine, first);
    case 'builtins.range': return range(values);
    case 'builtins.enumerate': {
      const start = second ?? keyword('start') ?? integer(0);
      const from = asInteger(start);
      const items = machine.items(first);
      return items === undefined || from === undefined ? unknownValue : tuple(items.map((item, index) => tuple([integer(add(from, index)), item])));
    }
    case 'builtins.zip': return zip(machine, values);
    case 'itertools.pairwise': {
      const items = machine.items(first);
      return items === undefined ? unknownValue : tuple(items.slice(1).map((item, index) => tuple([items[index] ?? unknownValue, item])));
    }
    case 'itertools.chain': {
      const lists = values.map(value => machine.items(value));
      return lists.includes(undefined) ? unknownValue : tuple(lists.flatMap(list => list ?? []));
    }
    case 'itertools.product': {
      const lists = values.map(value => machine.items(value));
      if (lists.includes(undefined) || lists.reduce((count, list) => count * (list?.length ?? 0), 1) > longestRange) return unknownValue;
      return tuple(lists.reduce<Value[][]>((rows, list) => rows.flatMap(row => (list ?? []).map(item => [...row, item])), [[]]).map(row => tuple(row)));
    }
    case 'builtins.reversed': {
      const items = machine.items(first);
      return items === undefined ? unknownValue : tuple([...items].reverse());
    }
    case 'builtins.list': case 'builtins.sorted': return listOf(machine, name, first, values.length, keyword('reverse'), keyword('key'));
    case 'builtins.tuple': case 'builtins.iter': {
      if (values.length === 0) return tuple([]);
      const items = machine.items(first);
      return items === undefined ? first.kind === 'unknown' ? first : unknownValue : tuple(items);
    }
    case 'builtins.dict': case 'collections.OrderedDict': return dictionaryOf(machine, values, given);
    case 'types.SimpleNamespace': case 'argparse.Namespace': case 'easydict.EasyDict': case 'addict.Dict': case 'ml_collections.ConfigDict': case 'omegaconf.OmegaConf.create':
      return withAttributes(dictionaryOf(machine, values, given));
    case 'builtins.min': case 'builtins.max': return extreme(machine, name === 'builtins.max', values);
    case 'builtins.sum': return sum(machine, first, second ?? keyword('start'), node);
    case 'builtins.abs': return absolute(first);
    case 'builtins.round': return round(first, second);
    case 'builtins.divmod': return second === undefined ? unknownValue : tuple([machine.binary('//', first, second), machine.binary('%', first, second)]);
    case 'builtins.pow': case 'math.pow': return second === undefined ? unknownValue : machine.binary('**', first, second);
    case 'builtins.any': case 'builtins.all': return quantified(machine, name === 'builtins.any', first);
    case 'builtins.map': {
      const items = second === undefined || third !== undefined ? undefined : machine.items(second);
      if (items === undefined || node === undefined) return unknownValue;
      return tuple(items.map(item => machine.call(first, { positional: [{ value: item, source: undefined }], keywords: [], unknownPositional: false, unknownKeywords: false }, node)));
    }
    case 'builtins.isinstance': return second === undefined ? unknownValue : isInstance(machine, first, second);
    case 'builtins.callable': {
      const known = isCallable(first);
      return known === undefined ? unknownValue : boolean(known);
    }
    case 'collections.namedtuple': return second === undefined ? unknownValue : namedTuple(machine, first, second);
    case 'builtins.getattr': {
      if (second?.kind !== 'string') return unknownValue;
      const found = machine.attribute(first, second.value);
      return found.kind === 'unknown' && third !== undefined && first.kind === 'instance' ? unknownValue : found;
    }
    case 'builtins.setattr':
      if (second?.kind === 'string' && third !== undefined) machine.setAttribute(first, second.value, third);
      return noneValue;
    case 'builtins.hasattr': {
      const known = second?.kind === 'string' ? hasAttribute(first, second.value) : undefined;
      return known === undefined ? unknownValue : boolean(known);
    }
    case 'builtins.print': return noneValue;
    case 'builtins.next': {
      const items = machine.items(first);
      return items?.[0] ?? unknownValue;
    }
    case 'functools.partial': return values.length === 0 ? unknownValue : {
      kind: 'partial', callee: first, arguments: { ...given, positional: given.positional.slice(1) },
    };
    case 'functools.reduce': return reduce(machine, values, node);
    case 'copy.copy': case 'copy.deepcopy': return first.kind === 'list' ? machine.list(asItems(first)) : first;
    case 'math.prod': case 'numpy.prod': {
      const items = machine.items(first);
      return items === undefined ? unknownValue : items.reduce((product, item) => machine.binary('*', product, item), integer(1));
    }
    case 'math.ceil': case 'numpy.ceil': return rounding(first, Math.ceil, machine, name.startsWith('numpy'));
    case 'math.floor': case 'numpy.floor': return rounding(first, Math.floor, machine, name.startsWith('numpy'));
    case 'math.sqrt': case 'numpy.sqrt': return real(first, Math.sqrt);
    case 'math.log2': case 'numpy.log2': return real(first, Math.log2);
    case 'math.log': case 'numpy.log': return second === undefined ? real(first, Math.log) : real(first, x => Math.log(x) / Math.log(asReal(second) ?? NaN));
    case 'math.log10': case 'numpy.log10': return real(first, Math.log10);
    case 'math.gcd': {
      const [a, b] = [asReal(first), second === undefined ? undefined : asReal(second)];
      return a === undefined || b === undefined ? unknownValue : integer(gcd(Math.abs(a), Math.abs(b)));
    }
    default: return undefined;
  }
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}

function real(value: Value, compute: (x: number) => number): Value {
  const x = asReal(value);
  const result = x === undefined ? NaN : compute(x);
  return Number.isFinite(result) ? { kind: 'float', value: result } : unknownValue;
}

function rounding(value: Value, round: (x: number) => number, machine: Machine, float: boolean): Value {
  const x = asReal(value);
  if (x !== undefined) return float ? { kind: 'float', value: round(x) } : integer(round(x));
  if (value.kind !== 'ratio') return unknownValue;
  const down = toInteger(value);
  if (round === Math.floor) return down;
  // ceil(a / b) = -((-a) // b)
  return machine.binary('*', integer(-1), machine.binary('//', machine.binary('*', integer(-1), integer(value.numerator)), integer(value.denominator)));
}

function length(machine: Machine, value: Value): Value {
  if (value.kind === 'string') return integer([...value.value].length);
  if (value.kind === 'dictionary') {
    return value.cells.get('open') === undefined ? integer([...value.cells.keys()].length) : unknownValue;
  }
  const items = machine.items(value);
  return items === undefined ? unknownValue : integer(items.length);
}

function range(values: readonly Value[]): Value {
  const numbers = values.map(value => value.kind === 'integer' ? asConstant(value.value) : undefined);
  const [a, b, c] = numbers;
  if (a === undefined || numbers.includes(undefined)) return unknownValue;
  const [start, stop, step] = b === undefined ? [0, a, 1] : [a, b, c ?? 1];
  if (step === 0) return unknownValue;
  const count = Math.max(0, Math.ceil((stop - start) / step));
  if (count > longestRange) return unknownValue;
  return tuple(Array.from({ length: count }, (_, index) => integer(start + index * step)));
}

function zip(machine: Machine, values: readonly Value[]): Value {
  const lists = values.map(value => machine.items(value));
  const known = lists.filter(list => list !== undefined);
  if (known.length === 0 || known.length < lists.length) return unknownValue;
  const count = Math.min(...known.map(list => list.length));
  return tuple(Array.from({ length: count }, (_, index) => tuple(known.map(list => list[index] ?? unknownValue))));
}

function listOf(machine: Machine, name: string, first: Value, count: number, reverse: Value | undefined, key: Value | undefined): Value {
  if (count === 0) return machine.list([]);
  const items = machine.items(first);
  if (items === undefined) return machine.list(undefined);
  if (name === 'builtins.list') return machine.list(items);
  const numbers = items.map(asReal);
  if (key !== undefined || numbers.includes(undefined)) return machine.list(undefined);
  const sorted = [...items].sort((a, b) => (asReal(a) ?? 0) - (asReal(b) ?? 0));
  const backwards = reverse === undefined ? false : machine.truth(reverse);
  return machine.list(backwards === undefined ? undefined : backwards ? sorted.reverse() : sorted);
}

/** A dictionary whose entries are attributes as well, also of those within it. */
export function withAttributes(value: Value): Value {
  if (value.kind !== 'dictionary') return value;
  for (const cell of value.cells.keys()) {
    const inner = value.cells.get(cell);
    if (inner?.kind === 'dictionary') value.cells.set(cell, withAttributes(inner));
  }
  return { ...value, attributes: true };
}

export function dictionaryOf(machine: Machine, values: readonly Value[], given: Arguments): Value {
  const entries = new Map<string, Value>();
  const [first] = values;
  if (first?.kind === 'dictionary') {
    if (first.cells.get('open') !== undefined) return machine.dictionary(undefined);
    for (const cell of first.cells.keys()) entries.set(cell, first.cells.get(cell) ?? unknownValue);
  } else if (first !== undefined) {
    const pairs = machine.items(first);
    if (pairs === undefined) return machine.dictionary(undefined);
    for (const pair of pairs) {
      const [key, value] = machine.items(pair) ?? [];
      const cell = key === undefined ? undefined : dictionaryKey(key);
      if (cell === undefined || value === undefined) return machine.dictionary(undefined);
      entries.set(cell, value);
    }
  }
  for (const { name, value } of given.keywords) entries.set(`s:${name}`, value);
  return machine.dictionary(entries);
}

function extreme(machine: Machine, largest: boolean, values: readonly Value[]): Value {
  const items = values.length === 1 ? machine.items(values[0] ?? unknownValue) : values;
  if (items === undefined || items.length === 0) return unknownValue;
  const reals = items.map(asReal);
  if (!reals.includes(undefined)) {
    const numbers = reals.map(value => value ?? 0);
    return items[numbers.indexOf(largest ? Math.max(...numbers) : Math.min(...numbers))] ?? unknownValue;
  }
  const integers = items.map(asInteger).filter(item => item !== undefined);
  if (integers.length < items.length) return unknownValue;
  return integer(integers.reduce((best, other) => largest ? maximum(best, other) : minimum(best, other)));
}

function sum(machine: Machine, first: Value, start: Value | undefined, node: Expression | undefined): Value {
  const items = machine.items(first);
  const plus = (left: Value, right: Value): Value => left.kind !== 'host' && right.kind !== 'host' ? machine.binary('+', left, right)
    : node === undefined ? unknownValue : machine.host.binary('+', left, right, machine.site(node));
  return items === undefined ? unknownValue : items.reduce(plus, start ?? integer(0));
}

function absolute(value: Value): Value {
  if (value.kind === 'float') return { ...value, value: Math.abs(value.value) };
  const int = asInteger(value);
  if (int === undefined) return unknownValue;
  const range = bounds(int);
  return range.lower >= 0 ? integer(int) : range.upper <= 0 ? integer(subtract(0, int)) : unknownValue;
}

/** Python rounds halves to even. */
function round(value: Value, digits: Value | undefined): Value {
  if (digits !== undefined) return unknownValue;
  const x = asReal(value);
  if (x === undefined) return value.kind === 'integer' ? value : unknownValue;
  const down = Math.floor(x);
  return integer(x - down === 0.5 ? (down % 2 === 0 ? down : down + 1) : Math.round(x));
}

function quantified(machine: Machine, any: boolean, value: Value): Value {
  const items = machine.items(value);
  if (items === undefined) return unknownValue;
  const truths = items.map(item => machine.truth(item));
  if (truths.includes(any)) return boolean(any);
  return truths.includes(undefined) ? unknownValue : boolean(!any);
}

function reduce(machine: Machine, values: readonly Value[], node: Expression | undefined): Value {
  const [callee, list, initial] = values;
  const items = list === undefined ? undefined : machine.items(list);
  if (callee === undefined || items === undefined || node === undefined) return unknownValue;
  const all = initial === undefined ? items : [initial, ...items];
  const [start, ...rest] = all;
  return rest.reduce<Value>((total, item) => machine.call(callee, {
    positional: [{ value: total, source: undefined }, { value: item, source: undefined }], keywords: [], unknownPositional: false, unknownKeywords: false,
  }, node), start ?? unknownValue);
}

/** Calls a method of a list, dictionary, string or tuple; `undefined` for one we do not know. */
export function callBuiltinMethod(machine: Machine, method: ExternalMethodValue, given: Arguments): Value | undefined {
  const { self, name } = method;
  const values = given.positional.map(argument => argument.value);
  if (self.kind === 'list') return listMethod(machine, self, name, values);
  if (self.kind === 'dictionary') return dictionaryMethod(machine, self, name, values, given);
  if (self.kind === 'string') return stringMethod(machine, self.value, name, values);
  if (self.kind === 'tuple' && name === 'index') return indexOf(machine, self.items, values[0]);
  return undefined;
}

function indexOf(machine: Machine, items: readonly Value[], item: Value | undefined): Value {
  if (item === undefined) return unknownValue;
  for (const [index, candidate] of items.entries()) {
    const equal = machine.truth(machine.compare('==', candidate, item));
    if (equal === true) return integer(index);
    if (equal === undefined) return unknownValue;
  }
  return unknownValue;
}

function listMethod(machine: Machine, self: Value & { kind: 'list' }, name: string, values: readonly Value[]): Value | undefined {
  const items = asItems(self);
  const [first = unknownValue, second] = values;
  const store = (changed: readonly Value[] | undefined): Value => {
    self.cells.set('items', changed === undefined ? unknownValue : tuple(changed));
    return noneValue;
  };
  switch (name) {
    case 'append': return store(items === undefined ? undefined : [...items, first]);
    case 'extend': {
      const more = machine.items(first);
      return store(items === undefined || more === undefined ? undefined : [...items, ...more]);
    }
    case 'insert': {
      const at = first.kind === 'integer' ? asConstant(first.value) : undefined;
      if (items === undefined || at === undefined || second === undefined) return store(undefined);
      const place = Math.min(Math.max(at < 0 ? at + items.length : at, 0), items.length);
      return store([...items.slice(0, place), second, ...items.slice(place)]);
    }
    case 'pop': {
      const at = values.length === 0 ? -1 : first.kind === 'integer' ? asConstant(first.value) : undefined;
      if (items === undefined || at === undefined) { store(undefined); return unknownValue; }
      const place = at < 0 ? at + items.length : at;
      store(items.filter((_, index) => index !== place));
      return items[place] ?? unknownValue;
    }
    case 'reverse': return store(items === undefined ? undefined : [...items].reverse());
    case 'clear': return store([]);
    case 'copy': return machine.list(items);
    case 'index': return items === undefined ? unknownValue : indexOf(machine, items, first);
    case 'sort': case 'remove': return store(undefined);
    default: return undefined;
  }
}

function dictionaryMethod(machine: Machine, self: Value & { kind: 'dictionary' }, name: string, values: readonly Value[], given: Arguments): Value | undefined {
  const { cells } = self;
  const open = cells.get('open') !== undefined;
  const [first = unknownValue, second] = values;
  const entries = [...cells.keys()].filter(key => key !== 'open');
  switch (name) {
    case 'get': case 'pop': {
      const key = dictionaryKey(first);
      if (key === undefined) return unknownValue;
      const found = cells.get(key);
      if (name === 'pop') cells.set(key, undefined);
      return found ?? (open ? unknownValue : second ?? noneValue);
    }
    case 'setdefault': {
      const key = dictionaryKey(first);
      if (key === undefined) { cells.set('open', boolean(true)); return unknownValue; }
      if (cells.get(key) === undefined) cells.set(key, open ? unknownValue : second ?? noneValue);
      return cells.get(key);
    }
    case 'keys': return open ? unknownValue : tuple(entries.map(keyValue));
    case 'values': return open ? unknownValue : tuple(entries.map(key => cells.get(key) ?? unknownValue));
    case 'items': return open ? unknownValue : tuple(entries.map(key => tuple([keyValue(key), cells.get(key) ?? unknownValue])));
    case 'copy': {
      const copy = machine.dictionary(new Map(entries.map(key => [key, cells.get(key) ?? unknownValue])));
      if (open && copy.kind === 'dictionary') copy.cells.set('open', boolean(true));
      return copy;
    }
    case 'update': {
      const added = dictionaryOf(machine, values, given);
      if (added.kind === 'dictionary') for (const key of added.cells.keys()) cells.set(key, added.cells.get(key));
      return noneValue;
    }
    default: return undefined;
  }
}

function stringMethod(machine: Machine, text: string, name: string, values: readonly Value[]): Value | undefined {
  const [first, second] = values;
  switch (name) {
    case 'lower': return string(text.toLowerCase());
    case 'upper': return string(text.toUpperCase());
    case 'strip': return values.length === 0 ? string(text.trim()) : unknownValue;
    case 'startswith': return first?.kind === 'string' ? boolean(text.startsWith(first.value)) : unknownValue;
    case 'endswith': return first?.kind === 'string' ? boolean(text.endsWith(first.value)) : unknownValue;
    case 'replace': return first?.kind === 'string' && second?.kind === 'string' ? string(text.replaceAll(first.value, second.value)) : unknownValue;
    case 'split': {
      if (values.length > 1 || (first !== undefined && first.kind !== 'string')) return unknownValue;
      const parts = first?.kind === 'string' ? text.split(first.value) : text.trim() === '' ? [] : text.trim().split(/\s+/);
      return machine.list(parts.map(string));
    }
    case 'join': {
      const parts = first === undefined ? undefined : machine.items(first)?.map(item => item.kind === 'string' ? item.value : undefined);
      return parts === undefined || parts.includes(undefined) ? unknownValue : string(parts.join(text));
    }
    case 'format': {
      if (/\{[^}]*[^\d}][^}]*\}/.test(text)) return unknownValue;
      const texts = values.map(plainText);
      let next = 0;
      let known = true;
      const filled = text.replace(/\{(\d*)\}/g, (_, index: string) => {
        const piece = texts[index === '' ? next++ : Number(index)];
        if (piece === undefined) known = false;
        return piece ?? '';
      });
      return known ? string(filled) : unknownValue;
    }
    default: return undefined;
  }
}
