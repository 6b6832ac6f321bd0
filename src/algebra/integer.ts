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

import { byAtomOrder, byPrintingOrder, termKey, termName } from './order';

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
  /** The same for divisions that read alike. */
  readonly name: string;
  readonly numerator: Int;
  readonly denominator: Int;
}

/** `max(argument, 0)`, when the sign of the argument is not known. */
export interface PositivePartAtom {
  readonly kind: 'positivePart';
  readonly key: string;
  /** The same for maxima that read alike. */
  readonly name: string;
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

/** A text that is the same for integers that read alike, though their symbols may be others. */
export function nameOf(value: Int): string {
  return value.terms.map(term => `${term.coefficient}\u0000${termName(term)}`).join('+');
}

// The normal form

/** The sum of terms with different factors; unknown where it grows past the bounds. */
export function normal(terms: readonly Term[]): Int {
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

/** Of one atom; unknown where that is nested past the bound. */
export function fromAtom(atom: Atom): Int {
  if (atom.kind !== 'symbol' && atom.key.length > maximumAtomSize) return unknown;
  return { terms: [{ coefficient: 1, factors: [atom] }], known: true };
}
