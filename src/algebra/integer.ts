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

import { byAtomOrder, byDegreeAndName, byPrintingOrder, termKey } from './order';

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
/** Of the key of one division or maximum, and of a whole sum: bounds nesting as well as width. */
const maximumAtomSize = 400;
const maximumSize = 4000;

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
    kind: 'symbol', name, key: options.key ?? name,
    minimum: Number.isSafeInteger(options.minimum) ? Number(options.minimum) : -Infinity,
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
  return add(normal(whole), floorOfRemainder(normal(rest), divisor));
}

/** `ceil(numerator / denominator)`. */
export function ceilDivide(numerator: IntLike, denominator: IntLike): Int {
  const bottom = toInt(denominator);
  // Written as a sum, so that it is the same text as the (H + k - 1)//s of a strided convolution.
  if (bounds(bottom).lower >= 1) return floorDivide(add(numerator, bottom, -1), bottom);
  return negate(floorDivide(negate(numerator), bottom));
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
  const shared = contentOf(argument);
  if (shared > 1) return multiply(shared, positivePart(divideCoefficients(argument, shared)));
  // One of x and -x is chosen, so that max(a, b) and max(b, a) are the same.
  if (isReversed(argument)) return add(argument, positivePart(negate(argument)));
  return fromAtom({ kind: 'positivePart', key: `\u0001max(${keyOf(argument)},0)`, argument });
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

/**
 * An interval that the value lies in, from the minima of its symbols; not always the narrowest.
 * Open ends are infinite.
 */
export function bounds(value: Int): Interval {
  return boundsWithin(value, 3);
}

export interface Interval {
  readonly lower: number;
  readonly upper: number;
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
  return value.known ? value.terms.map(term => `${term.coefficient}\u0000${termKey(term)}`).join('+') : '?';
}

export function greatestCommonDivisor(a: number, b: number): number {
  let [x, y] = [Math.abs(a), Math.abs(b)];
  while (y !== 0) [x, y] = [y, x % y];
  return x;
}

// The normal form

function normal(terms: readonly Term[]): Int {
  const kept = terms.filter(term => term.coefficient !== 0);
  if (kept.length > maximumTerms) return unknown;
  const size = kept.reduce((sum, term) => term.factors.reduce((length, factor) => length + factor.key.length, sum), 0);
  if (size > maximumSize) return unknown;
  kept.sort(byPrintingOrder);
  return { terms: kept, known: true };
}

function multiplyTwo(left: Int, right: Int): Int {
  if (!left.known || !right.known) return unknown;
  const products: Int[] = [];
  for (const a of left.terms) for (const b of right.terms) {
    const coefficient = a.coefficient * b.coefficient;
    if (!Number.isSafeInteger(coefficient) || a.factors.length + b.factors.length > maximumDegree) return unknown;
    products.push({ terms: [{ coefficient, factors: [...a.factors, ...b.factors].sort(byAtomOrder) }], known: true });
  }
  return add(...products);
}

function fromAtom(atom: Atom): Int {
  if (atom.kind !== 'symbol' && atom.key.length > maximumAtomSize) return unknown;
  return { terms: [{ coefficient: 1, factors: [atom] }], known: true };
}

function floorAtom(numerator: Int, denominator: Int): Atom {
  return { kind: 'floor', key: `\u0001floor(${keyOf(numerator)}/${keyOf(denominator)})`, numerator, denominator };
}

// Division

/** `floor(rest / divisor)` for a divisor above 1 and coefficients from 0 up to it. */
function floorOfRemainder(rest: Int, divisor: number): Int {
  const range = bounds(rest);
  if (range.lower >= 0 && range.upper < divisor) return zero;
  // floor((g·x + c) / (g·m)) = floor((x + floor(c / g)) / m)
  const shared = greatestCommonDivisor(contentOf(rest, 'symbolic'), divisor);
  if (shared > 1) {
    return floorDivide(normal(rest.terms.map(term =>
      ({ coefficient: Math.floor(term.coefficient / shared), factors: term.factors }))), divisor / shared);
  }
  // floor((floor(x / a) + y) / b) = floor((x + a·y) / (a·b))
  const inner = onlyFloor(rest);
  if (inner !== undefined) {
    const numerator = add(inner.atom.numerator, multiply(inner.atom.denominator, inner.others));
    const flat = floorDivide(numerator, multiply(inner.atom.denominator, divisor));
    if (flat.known) return flat;
  }
  return fromAtom(floorAtom(rest, constant(divisor)));
}

function floorDivideBySymbols(top: Int, bottom: Int): Int {
  if (isReversed(bottom)) return floorDivideBySymbols(negate(top), negate(bottom));
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
  const outside = add(...whole.map(term => ({ terms: [term], known: true })));
  const remainder = normal(rest);
  if (bounds(remainder).lower >= 0 && bounds(subtract(bottom, remainder)).lower >= 1) return outside;
  const shared = greatestCommonDivisor(contentOf(remainder), contentOf(bottom));
  return add(outside, fromAtom(floorAtom(divideCoefficients(remainder, shared), divideCoefficients(bottom, shared))));
}

/** `value / by` where that is a polynomial and easy to see: `by` is one term, or `value` is a number times it. */
function divideExactly(value: Int, by: Int): Int | undefined {
  const [divisor] = by.terms;
  if (divisor === undefined) return undefined;
  if (by.terms.length > 1) {
    const ratio = contentOf(value) / contentOf(by);
    return [ratio, -ratio].map(constant).find(quotient => quotient.known && equal(value, multiply(quotient, by)));
  }
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

/** The one division by a number in a sum, if it has one alone and once, and what it is added to. */
function onlyFloor(value: Int): { readonly atom: FloorAtom; readonly others: Int } | undefined {
  const floors = linearFloors(value);
  const [first] = floors;
  if (floors.length !== 1 || first === undefined || first.term.coefficient !== 1) return undefined;
  return { atom: first.atom, others: normal(value.terms.filter(term => term !== first.term)) };
}

/** The terms that are a number times a division by a positive number. */
function linearFloors(value: Int): { readonly term: Term; readonly atom: FloorAtom; readonly divisor: number }[] {
  return value.terms.flatMap(term => {
    const [atom] = term.factors;
    if (term.factors.length !== 1 || atom?.kind !== 'floor') return [];
    const divisor = asConstant(atom.denominator);
    return divisor !== undefined && divisor > 0 ? [{ term, atom, divisor }] : [];
  });
}

/** The greatest common divisor of the coefficients; of zero it is 0. */
function contentOf(value: Int, which: 'all' | 'symbolic' = 'all'): number {
  return value.terms
    .filter(term => which === 'all' || term.factors.length > 0)
    .reduce((shared, term) => greatestCommonDivisor(shared, term.coefficient), 0);
}

/** Divides every coefficient by a number that divides them all. */
function divideCoefficients(value: Int, by: number): Int {
  return by <= 1 ? value : normal(value.terms.map(term => ({ coefficient: term.coefficient / by, factors: term.factors })));
}

/** Exactly one of x and -x is reversed, unless x is a number. Does not depend on how they print. */
function isReversed(value: Int): boolean {
  const [leading] = value.terms.filter(term => term.factors.length > 0).sort(byDegreeAndName);
  return leading !== undefined && leading.coefficient < 0;
}

/** Whether all symbolic terms share a divisor that does not divide the constant: then never zero. */
function hasConstantResidue(value: Int): boolean {
  if (!value.known) return false;
  const shared = contentOf(value, 'symbolic');
  const fixed = value.terms.find(term => term.factors.length === 0)?.coefficient ?? 0;
  return shared > 1 && fixed % shared !== 0;
}

// Bounds

/** @param depth how many divisions to see through; each doubles the work. */
function boundsWithin(value: Int, depth: number): Interval {
  if (!value.known) return { lower: -Infinity, upper: Infinity };
  let lower = 0;
  let upper = 0;
  for (const term of value.terms) {
    let low = 1;
    let high = 1;
    for (const factor of term.factors) {
      const range = atomBounds(factor, depth);
      const corners = [times(low, range.lower), times(low, range.upper), times(high, range.lower), times(high, range.upper)];
      low = Math.min(...corners);
      high = Math.max(...corners);
    }
    const ends = [times(term.coefficient, low), times(term.coefficient, high)];
    lower += Math.min(...ends);
    upper += Math.max(...ends);
  }
  if (depth === 0 || (Number.isFinite(lower) && Number.isFinite(upper))) return { lower, upper };
  // H and H//2 taken apart may be far from each other; multiplied out they are not.
  const [first] = linearFloors(value);
  if (first === undefined) return { lower, upper };
  const { low, high, divisor } = withoutFloor(value, first);
  return {
    lower: Math.max(lower, Math.ceil(boundsWithin(low, depth - 1).lower / divisor)),
    upper: Math.min(upper, Math.floor(boundsWithin(high, depth - 1).upper / divisor)),
  };
}

/** With `x - a + 1 ≤ a·floor(x / a) ≤ x`: what the value times `a` lies between. */
function withoutFloor(
  value: Int,
  { term, atom, divisor }: { readonly term: Term; readonly atom: FloorAtom; readonly divisor: number },
): { readonly low: Int; readonly high: Int; readonly divisor: number } {
  const others = multiply(divisor, normal(value.terms.filter(each => each !== term)));
  const largest = add(others, multiply(term.coefficient, atom.numerator));
  const smallest = subtract(largest, multiply(term.coefficient, divisor - 1));
  return term.coefficient > 0 ? { low: smallest, high: largest, divisor } : { low: largest, high: smallest, divisor };
}

function atomBounds(atom: Atom, depth: number): Interval {
  if (atom.kind === 'symbol') return { lower: atom.minimum, upper: Infinity };
  if (atom.kind === 'positivePart') return { lower: 0, upper: Math.max(0, boundsWithin(atom.argument, depth).upper) };
  const top = boundsWithin(atom.numerator, depth);
  const bottom = boundsWithin(atom.denominator, depth);
  if (bottom.lower <= 0) return { lower: -Infinity, upper: Infinity };
  // Division by the largest denominator, which may be infinite, brings a value nearest to zero.
  const quotient = (end: number, divisor: number): number => {
    if (!Number.isFinite(end)) return end;
    return Number.isFinite(divisor) ? Math.floor(end / divisor) : Math.min(0, Math.sign(end));
  };
  return {
    lower: Math.min(quotient(top.lower, bottom.lower), quotient(top.lower, bottom.upper)),
    upper: Math.max(quotient(top.upper, bottom.lower), quotient(top.upper, bottom.upper)),
  };
}

/** Multiplication of interval ends, where 0 · ∞ is 0. */
function times(a: number, b: number): number {
  return a === 0 || b === 0 ? 0 : a * b;
}

function substituteAtom(atom: Atom, replacement: (symbol: SymbolAtom) => IntLike | undefined): Int {
  if (atom.kind === 'symbol') return toInt(replacement(atom) ?? fromAtom(atom));
  if (atom.kind === 'floor') return floorDivide(substitute(atom.numerator, replacement), substitute(atom.denominator, replacement));
  return positivePart(substitute(atom.argument, replacement));
}
