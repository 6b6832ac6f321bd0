import { load } from 'js-yaml';
import type { Machine } from '../../python/machine';
import { boolean, integer, noneValue, string, unknownValue, type Value } from '../../python/values';

/** Values in one file; a file with more is not a configuration. Aliases of YAML count each time. */
const mostValues = 20_000;
/** Longer files are not read. */
const longestText = 1_000_000;

/** What a file of JSON or YAML holds; `undefined` where it cannot be read as such. */
export function readConfiguration(path: string, text: string): unknown {
  if (text.length > longestText) return undefined;
  try {
    return /\.json$/i.test(path) ? JSON.parse(text) as unknown : load(text);
  } catch {
    return undefined;
  }
}

/** The data as values of Python. The entries of an object are attributes as well, as with `AttrDict`, `Namespace` or OmegaConf. */
export function configurationValue(data: unknown, machine: Machine): Value {
  let left = mostValues;
  const convert = (item: unknown): Value => {
    if (left-- <= 0) return unknownValue;
    switch (typeof item) {
      case 'number': return Number.isSafeInteger(item) ? integer(item) : { kind: 'float', value: item };
      case 'boolean': return boolean(item);
      // `${model.width}`: replaced by the program that reads the file.
      case 'string': return item.includes('${') ? unknownValue : string(item);
      case 'object':
        if (item === null) return noneValue;
        if (Array.isArray(item)) return machine.list(item.map(convert));
        if (item instanceof Date) return unknownValue;
        return record(new Map(Object.entries(item).map(([key, value]) => [`s:${key}`, convert(value)])));
      default: return unknownValue;
    }
  };
  const record = (entries: ReadonlyMap<string, Value>): Value => {
    const made = machine.dictionary(entries);
    return made.kind === 'dictionary' ? { ...made, attributes: true } : made;
  };
  return convert(data);
}
