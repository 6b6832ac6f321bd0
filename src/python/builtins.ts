import { greatestCommonDivisor } from '../algebra/coefficients';
import { add, asConstant } from '../algebra/integer';
import { maximum, minimum } from '../algebra/maximum';
import { asReal, toInteger } from './arithmetic';
import { sizeOf, sizeOfAll, spendOn } from './costs';
import { plainText } from './describe';
import { copied, dictionaryOf, withAttributes } from './dictionaries';
import { absolute, real, round, rounding } from './realNumbers';
import { namespaceOf } from './namespaces';
import { hasAttribute, isCallable, isInstance, isSubclass, namedTuple, setSome } from './types';
import type { Machine } from './machine';
import {
  asInteger, assuming, boolean, integer, longestSequence, noArguments, noneValue, string, tuple, unknownValue,
  type Arguments, type Value,
} from './values';
import type { Expression } from './syntax';

/** Calls a function of Python or its standard library that we know; `undefined` for any other. */
export function callBuiltin(machine: Machine, name: string, given: Arguments, node: Expression | undefined): Value | undefined {
  if (given.unknownPositional || given.unknownKeywords) return name.startsWith('builtins.') ? unknownValue : undefined;
  const values = given.positional.map(({ value }) => value.kind === 'host' && ofNumbers.test(name) ? machine.host.number?.(value) ?? value : value);
  if (!cheap.has(name)) spendOn(machine, sizeOfAll(values));
  const result = compute(machine, name, values, given, node);
  spendOn(machine, sizeOf(result));
  return result === undefined ? undefined : keepAssumptions(result, values);
}

/** Lists of which all combinations are made. */
const mostFactors = 64;

/** Functions that look at no item of what they are given. */
const cheap: ReadonlySet<string> = new Set(['isinstance', 'getattr', 'hasattr', 'setattr', 'callable', 'print', 'bool', 'len', 'next'].map(name => `builtins.${name}`));

/** Functions that take a tensor of one number as the number. */
const ofNumbers = /^(?:builtins\.(?:int|float|bool|min|max|abs|round|range)|math\.)/;

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
      if (lists.includes(undefined) || lists.reduce((count, list) => count + (list?.length ?? 0), 0) > longestSequence) return unknownValue;
      return tuple(lists.flatMap(list => list ?? []));
    }
    case 'itertools.product': {
      const lists = values.map(value => machine.items(value));
      if (lists.includes(undefined) || lists.length > mostFactors || lists.reduce((count, list) => count * (list?.length ?? 0), 1) > longestSequence) return unknownValue;
      return tuple(lists.reduce<Value[][]>((rows, list) => rows.flatMap(row => (list ?? []).map(item => [...row, item])), [[]]).map(row => tuple(row)));
    }
    case 'builtins.reversed': {
      const items = machine.items(first);
      return items === undefined ? unknownValue : tuple([...items].reverse());
    }
    case 'builtins.list': case 'builtins.sorted': return listOf(machine, name, first, values.length, keyword('reverse'), keyword('key'));
    case 'collections.deque': return machine.list(values.length + given.keywords.length > 1 ? undefined : values.length === 0 ? [] : machine.items(first));
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
    case 'numpy.round': case 'numpy.around': case 'numpy.rint': {
      const whole = asReal(round(first, second));
      return whole === undefined ? undefined : { kind: 'float', value: whole };
    }
    case 'builtins.divmod': return second === undefined ? unknownValue : tuple([machine.binary('//', first, second), machine.binary('%', first, second)]);
    case 'builtins.pow': case 'math.pow': return second === undefined ? unknownValue : machine.binary('**', first, second);
    case 'builtins.any': case 'builtins.all': return quantified(machine, name === 'builtins.any', first);
    case 'builtins.map': {
      const items = second === undefined || third !== undefined ? undefined : machine.items(second);
      if (items === undefined || node === undefined) return unknownValue;
      return tuple(items.map(item => machine.call(first, { positional: [{ value: item, source: undefined }], keywords: [], unknownPositional: false, unknownKeywords: false }, node)));
    }
    case 'builtins.isinstance': return second === undefined ? unknownValue : isInstance(machine, first, second);
    case 'builtins.issubclass': return second === undefined ? unknownValue : isSubclass(machine, first, second);
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
      else if (first.kind === 'instance') setSome(first, third);
      return noneValue;
    case 'builtins.vars': return namespaceOf(first);
    case 'builtins.hasattr': {
      const known = second?.kind === 'string' ? hasAttribute(machine, first, second.value) : undefined;
      return known === undefined ? unknownValue : boolean(known);
    }
    case 'builtins.print': return noneValue;
    case 'builtins.next': {
      const items = machine.items(first);
      return items?.[0] ?? unknownValue;
    }
    case 'dataclasses.field': case 'pydantic.Field': {
      const factory = keyword('default_factory');
      return factory === undefined ? keyword('default') ?? first : { kind: 'partial', callee: factory, arguments: noArguments, factory: true };
    }
    case 'functools.partial': return values.length === 0 ? unknownValue : {
      kind: 'partial', callee: first, arguments: { ...given, positional: given.positional.slice(1) },
    };
    case 'functools.reduce': return reduce(machine, values, node);
    case 'copy.copy': case 'copy.deepcopy': return copied(machine, first, name === 'copy.copy' ? 0 : 4);
    case 'math.prod': case 'numpy.prod': {
      const items = machine.items(first);
      if (values.length > 1 || given.keywords.length > 0 || items?.some(item => machine.items(item) !== undefined) === true) return unknownValue;
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
      return a === undefined || b === undefined ? unknownValue : integer(greatestCommonDivisor(a, b));
    }
    default: return undefined;
  }
}

function length(machine: Machine, value: Value): Value {
  if (value.kind === 'string') return value.value.length > longestSequence ? unknownValue : integer([...value.value].length);
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
  if (count > longestSequence) return unknownValue;
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
