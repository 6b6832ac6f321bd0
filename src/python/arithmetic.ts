import { bounds, compare as compareInts } from '../algebra/bounds';
import { floorDivide, modulo } from '../algebra/division';
import { add, asConstant, multiply, negate, subtract, type Int } from '../algebra/integer';
import { same } from './join';
import { asInteger, asItems, assuming, boolean, integer, longestSequence, shortString, string, tuple, unknownValue, type Value } from './values';

/** `/` of Python 2: between integers it is `//`. */
export const classicDivision = 'classic /';

/** The result of a binary operator on plain Python values; unknown where it is not certain. */
export function binary(operator: string, left: Value, right: Value): Value {
  return assuming(compute(operator, left, right), left, right);
}

function compute(operator: string, left: Value, right: Value): Value {
  const sequence = sequences(operator, left, right);
  if (sequence !== undefined) return sequence;
  if (left.kind === 'string' || right.kind === 'string') return unknownValue;
  const a = asInteger(left);
  const b = asInteger(right);
  if (a !== undefined && b !== undefined) return onIntegers(operator, a, b);
  if (operator === classicDivision) return compute('/', left, right);
  const x = asReal(left);
  const y = asReal(right);
  if (x !== undefined && y !== undefined) return onReals(operator, x, y);
  return onRatios(operator, left, right);
}

function sequences(operator: string, left: Value, right: Value): Value | undefined {
  if (operator === '+') {
    if (left.kind === 'string' && right.kind === 'string') {
      return shortString(left.value + right.value);
    }
    if (left.kind === 'tuple' && right.kind === 'tuple') return tuple([...left.items, ...right.items]);
  }
  if (operator === '*') {
    const [sequence, count] = left.kind === 'integer' ? [right, left] : [left, right];
    if (count.kind !== 'integer') return undefined;
    const times = asConstant(count.value);
    if (sequence.kind === 'tuple') {
      if (times === undefined || sequence.items.length * times > longestSequence) return unknownValue;
      if (sequence.items.length === 0) return sequence;
      return tuple(Array.from({ length: Math.max(0, times) }, () => sequence.items).flat());
    }
    if (sequence.kind === 'string') {
      return times === undefined || sequence.value.length * times > longestSequence ? unknownValue : string(sequence.value.repeat(Math.max(0, times)));
    }
  }
  return undefined;
}

function onIntegers(operator: string, a: Int, b: Int): Value {
  switch (operator) {
    case '+': return integer(add(a, b));
    case '-': return integer(subtract(a, b));
    case '*': return integer(multiply(a, b));
    case '//': case classicDivision: return integer(floorDivide(a, b));
    case '%': return integer(modulo(a, b));
    case '/': return divide(a, b);
    case '**': return power(a, b);
    default: {
      const [x, y] = [asConstant(a), asConstant(b)];
      if (x === undefined || y === undefined) return unknownValue;
      return bitwise(operator, x, y);
    }
  }
}

function divide(a: Int, b: Int): Value {
  const [x, y] = [asConstant(a), asConstant(b)];
  if (y === 0) return unknownValue;
  return x !== undefined && y !== undefined ? { kind: 'float', value: x / y } : { kind: 'ratio', numerator: a, denominator: b };
}

function power(a: Int, b: Int): Value {
  const exponent = asConstant(b);
  const base = asConstant(a);
  if (base !== undefined && exponent !== undefined) {
    const result = base ** exponent;
    if (exponent < 0) return base === 0 ? unknownValue : { kind: 'float', value: result };
    return integer(result);
  }
  if (exponent === undefined || exponent < 0 || exponent > 8) return unknownValue;
  return integer(multiply(...Array.from({ length: exponent }, () => a)));
}

function bitwise(operator: string, x: number, y: number): Value {
  if (Math.abs(x) > 0x3fffffff || Math.abs(y) > 0x3fffffff) return unknownValue;
  switch (operator) {
    case '&': return integer(x & y);
    case '|': return integer(x | y);
    case '^': return integer(x ^ y);
    case '<<': return y < 0 ? unknownValue : integer(x * 2 ** y);
    case '>>': return y < 0 ? unknownValue : integer(Math.floor(x / 2 ** y));
    default: return unknownValue;
  }
}

function onReals(operator: string, x: number, y: number): Value {
  const float = (value: number): Value => Number.isFinite(value) ? { kind: 'float', value } : unknownValue;
  switch (operator) {
    case '+': return float(x + y);
    case '-': return float(x - y);
    case '*': return float(x * y);
    case '/': return float(x / y);
    case '//': return float(Math.floor(x / y));
    case '%': return float(x - y * Math.floor(x / y));
    case '**': return float(x ** y);
    default: return unknownValue;
  }
}

/** Keeps `(a / b) * c` and `(a / b) / c` for a later `int()`. */
function onRatios(operator: string, left: Value, right: Value): Value {
  const a = asRatio(left);
  const b = asRatio(right);
  if (a === undefined || b === undefined) return unknownValue;
  if (operator === '*') return ratio(multiply(a.numerator, b.numerator), multiply(a.denominator, b.denominator));
  if (operator === '/') return ratio(multiply(a.numerator, b.denominator), multiply(a.denominator, b.numerator));
  return unknownValue;
}

function ratio(numerator: Int, denominator: Int): Value {
  return numerator.known && denominator.known ? { kind: 'ratio', numerator, denominator } : unknownValue;
}

function asRatio(value: Value): { numerator: Int; denominator: Int } | undefined {
  if (value.kind === 'ratio') return value;
  const int = asInteger(value);
  if (int !== undefined) return { numerator: int, denominator: { terms: [{ coefficient: 1, factors: [] }], known: true } };
  // Floats that are simple fractions: 0.5, 0.25, 1.5.
  if (value.kind === 'float') {
    for (const denominator of [1, 2, 4, 8, 16]) {
      const numerator = value.value * denominator;
      if (Number.isSafeInteger(numerator)) return { numerator: constantInt(numerator), denominator: constantInt(denominator) };
    }
  }
  return undefined;
}

function constantInt(value: number): Int {
  return value === 0 ? { terms: [], known: true } : { terms: [{ coefficient: value, factors: [] }], known: true };
}

/** A plain real number. */
export function asReal(value: Value): number | undefined {
  if (value.kind === 'float') return value.value;
  if (value.kind === 'boolean') return value.value ? 1 : 0;
  return value.kind === 'integer' ? asConstant(value.value) : undefined;
}

/** Python's `int(x)`: towards zero. */
export function toInteger(value: Value): Value {
  if (value.kind === 'integer') return value;
  if (value.kind === 'boolean') return integer(value.value ? 1 : 0);
  if (value.kind === 'float') return assuming(integer(Math.trunc(value.value)), value);
  if (value.kind === 'string' && /^\s*[+-]?\d+\s*$/.test(value.value)) return assuming(integer(Number(value.value)), value);
  if (value.kind === 'unknown') return value;
  if (value.kind !== 'ratio') return unknownValue;
  const quotient = floorDivide(value.numerator, value.denominator);
  // Truncation is floor only where the sign is known; sizes and channel counts are not negative.
  return assuming(integer(quotient), value);
}

export function negative(value: Value): Value {
  if (value.kind === 'float') return { ...value, value: -value.value };
  if (value.kind === 'ratio') return { ...value, numerator: negate(value.numerator) };
  const int = asInteger(value);
  return int === undefined ? unknownValue : assuming(integer(negate(int)), value);
}

/** A comparison, where its outcome is certain. */
export function comparison(operator: string, left: Value, right: Value): Value {
  const result = decide(operator, left, right);
  return result === undefined ? unknownValue : assuming(boolean(result), left, right);
}

function decide(operator: string, left: Value, right: Value): boolean | undefined {
  switch (operator) {
    case '==': return equality(left, right);
    case '!=': case '<>': return invert(equality(left, right));
    case 'is': return identity(left, right);
    case 'is not': return invert(identity(left, right));
    case 'in': return membership(left, right);
    case 'not in': return invert(membership(left, right));
    case '<': return less(left, right);
    case '>': return less(right, left);
    case '<=': return invert(less(right, left));
    case '>=': return invert(less(left, right));
    default: return undefined;
  }
}

function invert(value: boolean | undefined): boolean | undefined {
  return value === undefined ? undefined : !value;
}

const plainKinds = new Set(['integer', 'float', 'boolean', 'string', 'none', 'tuple', 'list', 'dictionary', 'function', 'class', 'instance']);

/** @param budget how many items of lists and tuples are still looked at: they may hold one another many times over. */
function equality(left: Value, right: Value, budget = { items: 2_000 }): boolean | undefined {
  const [x, y] = [asReal(left), asReal(right)];
  if (x !== undefined && y !== undefined) return x === y;
  const [a, b] = [asInteger(left), asInteger(right)];
  if (a !== undefined && b !== undefined) {
    const outcome = compareInts(a, b);
    return outcome === 'undecided' ? undefined : outcome === 'equal';
  }
  if (left.kind === 'string' && right.kind === 'string') return left.value === right.value;
  if (left.kind === 'none' || right.kind === 'none') return identity(left, right);
  const [p, q] = [asItems(left), asItems(right)];
  if (p !== undefined && q !== undefined && left.kind === right.kind) {
    if (p.length !== q.length) return false;
    let all: boolean | undefined = true;
    for (const [index, item] of p.entries()) {
      if (budget.items-- <= 0) return undefined;
      const one = equality(item, q[index] ?? unknownValue, budget);
      if (one === false) return false;
      if (one === undefined) all = undefined;
    }
    return all;
  }
  if (left.kind === 'external' && right.kind === 'external') return left.name === right.name ? true : undefined;
  const comparable = (value: Value): boolean => plainKinds.has(value.kind) || value.kind === 'host';
  const differentKinds = left.kind !== right.kind && comparable(left) && comparable(right);
  return differentKinds && (left.kind === 'string' || right.kind === 'string') ? false : same(left, right, 4) ? true : undefined;
}

function identity(left: Value, right: Value): boolean | undefined {
  if (left.kind === 'none' && right.kind === 'none') return true;
  if (left.kind === 'none' || right.kind === 'none') {
    const other = left.kind === 'none' ? right : left;
    return other.kind === 'unknown' || other.kind === 'external' || (other.kind === 'host' && other.optional === true) ? undefined : false;
  }
  if (left.kind === 'boolean' && right.kind === 'boolean') return left.value === right.value;
  if (left.kind === 'class' && right.kind === 'class') return left.cells === right.cells;
  if (left.kind === 'external' && right.kind === 'external') return left.name === right.name ? true : undefined;
  if (left.kind === 'integer' && right.kind === 'integer') return equality(left, right);
  return left.kind !== right.kind && plainKinds.has(left.kind) && plainKinds.has(right.kind) ? false : undefined;
}

function membership(item: Value, container: Value): boolean | undefined {
  if (container.kind === 'string') return item.kind === 'string' ? container.value.includes(item.value) : undefined;
  if (container.kind === 'dictionary') {
    const key = dictionaryKey(item);
    if (key === undefined) return undefined;
    if (container.cells.get(key) !== undefined) return true;
    return container.cells.get('open') === undefined ? false : undefined;
  }
  const items = asItems(container);
  if (items === undefined) return undefined;
  let found: boolean | undefined = false;
  const budget = { items: 2_000 };
  for (const candidate of items) {
    const equal = equality(item, candidate, budget);
    if (equal === true) return true;
    if (equal === undefined) found = undefined;
  }
  return found;
}

function less(left: Value, right: Value): boolean | undefined {
  const [x, y] = [asReal(left), asReal(right)];
  if (x !== undefined && y !== undefined) return x < y;
  const [a, b] = [asInteger(left), asInteger(right)];
  if (a !== undefined && b !== undefined) {
    const range = bounds(subtract(a, b));
    return range.upper < 0 ? true : range.lower >= 0 ? false : undefined;
  }
  if (left.kind === 'string' && right.kind === 'string') return left.value < right.value;
  return undefined;
}

/** Truth, where it is certain. */
export function truth(value: Value): boolean | undefined {
  switch (value.kind) {
    case 'boolean': return value.value;
    case 'none': return false;
    case 'string': return value.value !== '';
    case 'float': return value.value !== 0;
    case 'integer': {
      const range = bounds(value.value);
      return range.lower > 0 || range.upper < 0 ? true : asConstant(value.value) === 0 ? false : undefined;
    }
    case 'tuple': return value.items.length > 0;
    case 'list': {
      const items = asItems(value);
      return items === undefined ? undefined : items.length > 0;
    }
    case 'function': case 'class': return true;
    default: return undefined;
  }
}

/** The cell in which a dictionary keeps the value for a key. */
export function dictionaryKey(key: Value, budget = { parts: longestKey }): string | undefined {
  if (key.kind === 'string') return `s:${key.value}`;
  const number = key.kind === 'integer' ? asConstant(key.value) : key.kind === 'boolean' ? Number(key.value) : undefined;
  if (number !== undefined) return `i:${number}`;
  if (key.kind === 'none') return 'n:';
  return key.kind === 'tuple' ? tupleKey(key.items, budget) : undefined;
}

function tupleKey(items: readonly Value[], budget: { parts: number }): string | undefined {
  if ((budget.parts -= items.length + 1) < 0) return undefined;
  const parts: string[] = [];
  for (const item of items) {
    const part = dictionaryKey(item, budget);
    if (part === undefined) return undefined;
    parts.push(part);
  }
  return `t:${JSON.stringify(parts)}`;
}

/** Items of a key, those of tuples within it too: tuples may hold one another many times over. */
const longestKey = 64;

/** The key that a cell of a dictionary stands for. */
export function keyValue(cell: string): Value {
  if (cell.startsWith('s:')) return string(cell.slice(2));
  if (cell.startsWith('i:')) return integer(Number(cell.slice(2)));
  return cell === 'n:' ? { kind: 'none' } : unknownValue;
}
