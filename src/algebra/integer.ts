/**
 * Symbolic integers: what a size is when part of it is not known.
 *
 * An `Int` is a sum of terms, each an integer coefficient times a product of atoms. An atom is a
 * symbol (`H`, `stride`), a floor division that does not simplify, or `max(x, 0)`. This normal form
 * makes equal polynomials equal as text, which is all the analysis relies on.
 *
 * `unknown` absorbs: any sum or product with it is unknown again. Arithmetic whose coefficients
 * leave the safe integers, or that grows past a bound, is unknown too: never wrong, never slow.
 */

export interface Int {
  /** Sorted for printing; empty means zero. Ignored when `known` is false. */
  readonly terms: readonly Term[];
  readonly known: boolean;
}

export interface Term {
  readonly coefficient: number;
  /** Sorted; a power is a repeated factor. Empty for the constant term. */
  readonly factors: readonly Atom[];
}

export type Atom = SymbolAtom | FloorAtom | PositivePartAtom;

export interface SymbolAtom {
  readonly kind: 'symbol';
  /** Identity. Two symbols with the same name from different scopes have different keys. */
  readonly key: string;
  /** What people see. */
  readonly name: string;
  /** The smallest value it can take; `-Infinity` when nothing is known. */
  readonly minimum: number;
}

/** `floor(numerator / denominator)`, for what does not divide evenly. */
export interface FloorAtom {
  readonly kind: 'floor';
  readonly key: string;
  readonly numerator: Int;
  readonly denominator: Int;
}

/** `max(argument, 0)`, when the sign of the argument is not known. */
export interface PositivePartAtom {
  readonly kind: 'positivePart';
  readonly key: string;
  readonly argument: Int;
}

const maximumTerms = 48;
const maximumDegree = 12;

/** The integer about which nothing is known. Not equal to itself: two unknowns may differ. */
export const unknown: Int = { terms: [], known: false };
export const zero: Int = { terms: [], known: true };
export const one: Int = constant(1);

export function constant(value: number): Int {
  if (!Number.isSafeInteger(value)) return unknown;
  return value === 0 ? zero : { terms: [{ coefficient: value, factors: [] }], known: true };
}

/**
 * An integer known by name only.
 * @param options.key identity, by default the name; give one where scopes can share names.
 * @param options.minimum smallest possible value, by default unbounded.
 */
export function symbol(name: string, options: { readonly key?: string; readonly minimum?: number } = {}): Int {
  const atom: SymbolAtom = {
    kind: 'symbol', name, key: options.key ?? name, minimum: options.minimum ?? -Infinity,
  };
  return { terms: [{ coefficient: 1, factors: [atom] }], known: true };
}

/** Accepts plain numbers wherever an `Int` is expected. */
export type IntLike = Int | number;

export function toInt(value: IntLike): Int {
  return typeof value === 'number' ? constant(value) : value;
}

export function add(...operands: readonly IntLike[]): Int {
  const sums = new Map<string, Term>();
  for (const operand of operands) {
    const value = toInt(operand);
    if (!value.known) return unknown;
    for (const term of value.terms) {
      const key = termKey(term);
      const sum = (sums.get(key)?.coefficient ?? 0) + term.coefficient;
      if (!Number.isSafeInteger(sum)) return unknown;
      sums.set(key, { coefficient: sum, factors: term.factors });
    }
  }
  return normal([...sums.values()]);
}

export function multiply(...operands: readonly IntLike[]): Int {
  let product: Int = one;
  for (const operand of operands) product = multiplyTwo(product, toInt(operand));
  return product;
}

export function negate(value: IntLike): Int {
  return multiply(-1, value);
}

export function subtract(left: IntLike, right: IntLike): Int {
  return add(left, negate(right));
}

/** `floor(numerator / denominator)`, Python's `//`. Unknown where the denominator is zero. */
export function floorDivide(numerator: IntLike, denominator: IntLike): Int {
  const top = toInt(numerator);
  const bottom = toInt(denominator);
  if (!top.known || !bottom.known) return unknown;
  const divisor = asConstant(bottom);
  if (divisor === 0) return unknown;
  if (divisor !== undefined && divisor < 0) return floorDivide(negate(top), -divisor);
  if (divisor === undefined) return floorDivideBySymbols(top, bottom);
  if (divisor === 1) return top;

  const whole: Term[] = [];
  const rest: Term[] = [];
  for (const term of top.terms) {
    const quotient = Math.floor(term.coefficient / divisor);
    const remainder = term.coefficient - quotient * divisor;
    if (quotient !== 0) whole.push({ coefficient: quotient, factors: term.factors });
    if (remainder !== 0) rest.push({ coefficient: remainder, factors: term.factors });
  }
  const remainder = normal(rest);
  const outside = normal(whole);
  const fixed = asConstant(remainder);
  if (fixed !== undefined) return outside; // 0 ≤ fixed < divisor
  const range = bounds(remainder);
  if (range.lower >= 0 && range.upper < divisor) return outside;
  const inner = singleFloor(remainder);
  if (inner !== undefined) return add(outside, floorDivide(inner.numerator, multiply(inner.denominator, divisor)));
  return add(outside, fromAtom(floorAtom(remainder, bottom)));
}

/** `ceil(numerator / denominator)`. */
export function ceilDivide(numerator: IntLike, denominator: IntLike): Int {
  return negate(floorDivide(negate(numerator), denominator));
}

/** Python's `%`: the remainder takes the sign of the divisor. */
export function modulo(value: IntLike, divisor: IntLike): Int {
  return subtract(value, multiply(divisor, floorDivide(value, divisor)));
}

export function maximum(left: IntLike, right: IntLike): Int {
  const base = toInt(right);
  return add(base, positivePart(subtract(left, base)));
}

export function minimum(left: IntLike, right: IntLike): Int {
  return negate(maximum(negate(left), negate(right)));
}

/** `max(value, 0)`. */
export function positivePart(value: IntLike): Int {
  const argument = toInt(value);
  if (!argument.known) return unknown;
  const range = bounds(argument);
  if (range.lower >= 0) return argument;
  if (range.upper <= 0) return zero;
  // One of x and -x is chosen by its first term, so that max(a, b) and max(b, a) print alike.
  const leading = argument.terms.find(term => term.factors.length > 0);
  if (leading !== undefined && leading.coefficient < 0) return add(argument, positivePart(negate(argument)));
  return fromAtom({ kind: 'positivePart', key: `max(${keyOf(argument)},0)`, argument });
}

/** The number, when no symbol is left in it. */
export function asConstant(value: Int): number | undefined {
  if (!value.known || value.terms.length > 1) return undefined;
  const [term] = value.terms;
  if (term === undefined) return 0;
  return term.factors.length === 0 ? term.coefficient : undefined;
}

/** Whether both are the same for every value of their symbols. False also when that is not provable. */
export function equal(left: IntLike, right: IntLike): boolean {
  return asConstant(subtract(left, right)) === 0;
}

/** Whether they are equal for every, for no, or for some unknown values of their symbols. */
export function compare(left: IntLike, right: IntLike): 'equal' | 'different' | 'undecided' {
  const difference = subtract(left, right);
  if (asConstant(difference) === 0) return 'equal';
  const range = bounds(difference);
  if (range.lower > 0 || range.upper < 0) return 'different';
  return hasConstantResidue(difference) ? 'different' : 'undecided';
}

/**
 * Whether `divisor` divides `value` for every value of the symbols.
 * `undefined` when it depends on them or cannot be decided.
 */
export function isMultipleOf(value: IntLike, divisor: IntLike): boolean | undefined {
  const dividend = toInt(value);
  const by = toInt(divisor);
  if (!dividend.known || !by.known) return undefined;
  const number = asConstant(by);
  if (number === 0) return undefined;
  if (number !== undefined) {
    const rest = dividend.terms.filter(term => term.coefficient % number !== 0);
    if (rest.length === 0) return true;
    return rest.every(term => term.factors.length === 0) ? false : undefined;
  }
  return divideExactly(dividend, by) === undefined ? undefined : true;
}

/** The interval that the value lies in, from the minima of its symbols. Open ends are infinite. */
export function bounds(value: Int): { readonly lower: number; readonly upper: number } {
  if (!value.known) return { lower: -Infinity, upper: Infinity };
  let lower = 0;
  let upper = 0;
  for (const term of value.terms) {
    let low = 1;
    let high = 1;
    for (const factor of term.factors) {
      const range = atomBounds(factor);
      const corners = [times(low, range.lower), times(low, range.upper), times(high, range.lower), times(high, range.upper)];
      low = Math.min(...corners);
      high = Math.max(...corners);
    }
    const ends = [times(term.coefficient, low), times(term.coefficient, high)];
    lower += Math.min(...ends);
    upper += Math.max(...ends);
  }
  return { lower, upper };
}

/** The value with each symbol replaced; a symbol that `replacement` leaves undefined stays. */
export function substitute(value: Int, replacement: (symbol: SymbolAtom) => IntLike | undefined): Int {
  if (!value.known) return unknown;
  return add(...value.terms.map(term =>
    multiply(term.coefficient, ...term.factors.map(factor => substituteAtom(factor, replacement)))));
}

/** The distinct symbols in it, in order of appearance. */
export function symbolsOf(value: Int): readonly SymbolAtom[] {
  const found = new Map<string, SymbolAtom>();
  const visit = (int: Int): void => {
    for (const term of int.terms) for (const atom of term.factors) {
      if (atom.kind === 'symbol') found.set(atom.key, atom);
      else if (atom.kind === 'floor') { visit(atom.numerator); visit(atom.denominator); }
      else visit(atom.argument);
    }
  };
  if (value.known) visit(value);
  return [...found.values()];
}

/** A text that is the same exactly for integers equal in normal form. */
export function keyOf(value: Int): string {
  return value.known ? value.terms.map(term => `${term.coefficient}*${termKey(term)}`).join('+') : '?';
}

// The normal form

function normal(terms: readonly Term[]): Int {
  const kept = terms.filter(term => term.coefficient !== 0);
  if (kept.length > maximumTerms) return unknown;
  kept.sort(byPrintingOrder);
  return { terms: kept, known: true };
}

function multiplyTwo(left: Int, right: Int): Int {
  if (asConstant(left) === 0 || asConstant(right) === 0) return left.known && right.known ? zero : unknown;
  if (!left.known || !right.known) return unknown;
  if (left.terms.length * right.terms.length > maximumTerms * maximumTerms) return unknown;
  const products: Int[] = [];
  for (const a of left.terms) for (const b of right.terms) {
    const coefficient = a.coefficient * b.coefficient;
    if (!Number.isSafeInteger(coefficient) || a.factors.length + b.factors.length > maximumDegree) return unknown;
    products.push({ terms: [{ coefficient, factors: [...a.factors, ...b.factors].sort(byAtomOrder) }], known: true });
  }
  return add(...products);
}

function fromAtom(atom: Atom): Int {
  return { terms: [{ coefficient: 1, factors: [atom] }], known: true };
}

function floorAtom(numerator: Int, denominator: Int): FloorAtom {
  return { kind: 'floor', key: `floor(${keyOf(numerator)}/${keyOf(denominator)})`, numerator, denominator };
}

function floorDivideBySymbols(top: Int, bottom: Int): Int {
  const exact = divideExactly(top, bottom);
  if (exact !== undefined) return exact;
  // What divides comes out; the rest stays under the line.
  const whole: Term[] = [];
  const rest: Term[] = [];
  for (const term of top.terms) {
    const quotient = divideExactly({ terms: [term], known: true }, bottom);
    if (quotient === undefined) rest.push(term);
    else whole.push(...quotient.terms);
  }
  if (keyOf(top).length > 400) return unknown;
  return add(normal(whole), fromAtom(floorAtom(normal(rest), bottom)));
}

/** `value / by` where `by` is a single term that divides every term of `value`. */
function divideExactly(value: Int, by: Int): Int | undefined {
  const [divisor] = by.terms;
  if (by.terms.length !== 1 || divisor === undefined) return equal(value, by) ? one : undefined;
  const quotients: Term[] = [];
  for (const term of value.terms) {
    if (term.coefficient % divisor.coefficient !== 0) return undefined;
    const factors = [...term.factors];
    for (const factor of divisor.factors) {
      const at = factors.findIndex(candidate => candidate.key === factor.key);
      if (at < 0) return undefined;
      factors.splice(at, 1);
    }
    quotients.push({ coefficient: term.coefficient / divisor.coefficient, factors });
  }
  return normal(quotients);
}

/** `floor(floor(x / a) / b)` is `floor(x / (a·b))`: finds the inner division if that is all there is. */
function singleFloor(value: Int): FloorAtom | undefined {
  const [term] = value.terms;
  if (value.terms.length !== 1 || term === undefined || term.coefficient !== 1 || term.factors.length !== 1) return undefined;
  const [atom] = term.factors;
  return atom?.kind === 'floor' && bounds(atom.denominator).lower > 0 ? atom : undefined;
}

/** Whether all symbolic terms share a divisor that does not divide the constant: then never zero. */
function hasConstantResidue(value: Int): boolean {
  if (!value.known) return false;
  let shared = 0;
  let fixed = 0;
  for (const term of value.terms) {
    if (term.factors.length === 0) fixed = term.coefficient;
    else shared = greatestCommonDivisor(shared, Math.abs(term.coefficient));
  }
  return shared > 1 && fixed % shared !== 0;
}

export function greatestCommonDivisor(a: number, b: number): number {
  let [x, y] = [Math.abs(a), Math.abs(b)];
  while (y !== 0) [x, y] = [y, x % y];
  return x;
}

function atomBounds(atom: Atom): { readonly lower: number; readonly upper: number } {
  if (atom.kind === 'symbol') return { lower: atom.minimum, upper: Infinity };
  if (atom.kind === 'positivePart') return { lower: 0, upper: Math.max(0, bounds(atom.argument).upper) };
  const top = bounds(atom.numerator);
  const bottom = bounds(atom.denominator);
  if (bottom.lower <= 0) return { lower: -Infinity, upper: Infinity };
  const smallest = (end: number, divisor: number): number => Number.isFinite(end) ? Math.floor(end / divisor) : end;
  return {
    lower: Math.min(smallest(top.lower, bottom.lower), Number.isFinite(bottom.upper) ? smallest(top.lower, bottom.upper) : Math.min(0, top.lower)),
    upper: Math.max(smallest(top.upper, bottom.lower), Number.isFinite(bottom.upper) ? smallest(top.upper, bottom.upper) : 0),
  };
}

function substituteAtom(atom: Atom, replacement: (symbol: SymbolAtom) => IntLike | undefined): Int {
  if (atom.kind === 'symbol') return toInt(replacement(atom) ?? fromAtom(atom));
  if (atom.kind === 'floor') return floorDivide(substitute(atom.numerator, replacement), substitute(atom.denominator, replacement));
  return positivePart(substitute(atom.argument, replacement));
}

/** Multiplication of interval ends, where 0 · ∞ is 0. */
function times(a: number, b: number): number {
  return a === 0 || b === 0 ? 0 : a * b;
}

function termKey(term: Term): string {
  return term.factors.map(factor => factor.key).join('·');
}

/** Highest degree first, then what is added before what is taken away, then by name. */
function byPrintingOrder(a: Term, b: Term): number {
  return b.factors.length - a.factors.length
    || Number(a.coefficient < 0) - Number(b.coefficient < 0)
    || compareText(termKey(a), termKey(b));
}

/** Lower case before upper case, so that a stride comes before a size: `s*H`. */
function byAtomOrder(a: Atom, b: Atom): number {
  return Number(startsUpper(a)) - Number(startsUpper(b)) || compareText(a.key, b.key);
}

function startsUpper(atom: Atom): boolean {
  return atom.kind === 'symbol' && /^\p{Lu}/u.test(atom.name);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
