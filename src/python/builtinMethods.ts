import { asConstant } from '../algebra/integer';
import { dictionaryKey, keyValue } from './arithmetic';
import { sizeOf, sizeOfAll, spendOn } from './costs';
import { dictionaryOf } from './dictionaries';
import { braceFormat } from './formatting';
import type { Machine } from './machine';
import { asDictionary, namespaceMethod } from './namespaces';
import {
  asItems, boolean, integer, longestSequence, noneValue, shortString, string, tuple, unknownValue,
  type Arguments, type ExternalMethodValue, type Value,
} from './values';

/** Calls a method of a list, dictionary, string or tuple; `undefined` for one we do not know. */
export function callBuiltinMethod(machine: Machine, method: ExternalMethodValue, given: Arguments): Value | undefined {
  const values = given.positional.map(argument => argument.value);
  // A list is copied fast.
  spendOn(machine, sizeOf(method.self) / 16 + sizeOfAll(values));
  const result = ofBuiltin(machine, method, values, given);
  spendOn(machine, sizeOf(result));
  return result;
}

function ofBuiltin(machine: Machine, method: ExternalMethodValue, values: readonly Value[], given: Arguments): Value | undefined {
  const { self, name } = method;
  if (self.kind === 'list') return listMethod(machine, self, name, values);
  if (self.kind === 'dictionary') return dictionaryMethod(machine, self, name, values, given);
  if (self.kind === 'string') return stringMethod(machine, self.value, name, values);
  if (self.kind === 'namespace') return namespaceMethod(machine, self, name, given) ?? callBuiltinMethod(machine, { ...method, self: asDictionary(machine, self) }, given);
  if (self.kind === 'tuple' && name === 'index') return indexOf(machine, self.items, values[0]);
  return undefined;
}

function indexOf(machine: Machine, items: readonly Value[], item: Value | undefined): Value {
  if (item === undefined) return unknownValue;
  spendOn(machine, items.length);
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
    case 'appendleft': return store(items === undefined ? undefined : [first, ...items]);
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
    case 'popleft': case 'pop': {
      const at = name === 'popleft' ? 0 : values.length === 0 ? -1 : first.kind === 'integer' ? asConstant(first.value) : undefined;
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
  if (text.length > longestSequence) return unknownValue;
  switch (name) {
    case 'lower': return string(text.toLowerCase());
    case 'upper': return string(text.toUpperCase());
    case 'strip': return values.length === 0 ? string(text.trim()) : unknownValue;
    case 'startswith': return first?.kind === 'string' ? boolean(text.startsWith(first.value)) : unknownValue;
    case 'endswith': return first?.kind === 'string' ? boolean(text.endsWith(first.value)) : unknownValue;
    case 'replace': return first?.kind === 'string' && second?.kind === 'string' && second.value.length <= longestSequence ? shortString(text.replaceAll(first.value, second.value)) : unknownValue;
    case 'split': case 'rsplit': {
      if (name === 'rsplit' && first?.kind === 'string' && second?.kind === 'integer' && asConstant(second.value) === 1) {
        const at = text.lastIndexOf(first.value);
        return machine.list((at < 0 ? [text] : [text.slice(0, at), text.slice(at + first.value.length)]).map(string));
      }
      if (values.length > 1 || (first !== undefined && first.kind !== 'string')) return unknownValue;
      const parts = first?.kind === 'string' ? text.split(first.value) : text.trim() === '' ? [] : text.trim().split(/\s+/);
      return machine.list(parts.map(string));
    }
    case 'join': {
      const parts = first === undefined ? undefined : machine.items(first)?.map(item => item.kind === 'string' ? item.value : undefined);
      const known = parts?.filter(part => part !== undefined);
      if (parts === undefined || known === undefined || known.length < parts.length) return unknownValue;
      return known.reduce((sum, part) => sum + part.length + text.length, 0) > 2 * longestSequence ? unknownValue : shortString(known.join(text));
    }
    case 'format': return braceFormat(text, values);
    default: return undefined;
  }
}
