/** Between which numbers a symbolic integer lies, and what that says of two of them. */

import { hasConstantResidue } from './coefficients';
import { add, asConstant, multiply, normal, subtract, type Atom, type FloorAtom, type Int, type IntLike, type PositivePartAtom, type Term } from './integer';

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

/** Whether they are equal for every, for no, or for some unknown values of their symbols. */
export function compare(left: IntLike, right: IntLike): 'equal' | 'different' | 'undecided' {
  const difference = subtract(left, right);
  if (asConstant(difference) === 0) return 'equal';
  const range = bounds(difference);
  if (range.lower > 0 || range.upper < 0) return 'different';
  return hasConstantResidue(difference) ? 'different' : 'undecided';
}

/** The terms that are a number times a division by a positive number. */
export function linearFloors(value: Int): { readonly term: Term; readonly atom: FloorAtom; readonly divisor: number }[] {
  return value.terms.flatMap(term => {
    const [atom] = term.factors;
    if (term.factors.length !== 1 || atom?.kind !== 'floor') return [];
    const divisor = asConstant(atom.denominator);
    return divisor !== undefined && divisor > 0 ? [{ term, atom, divisor }] : [];
  });
}

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

/** Found before, by depth: what passes many layers has divisions within divisions, which each size has again. */
const known = new WeakMap<Atom, (Interval | undefined)[]>();

function atomBounds(atom: Atom, depth: number): Interval {
  if (atom.kind === 'symbol') return { lower: atom.minimum, upper: Infinity };
  let byDepth = known.get(atom);
  if (byDepth === undefined) known.set(atom, byDepth = []);
  return byDepth[depth] ??= compositeBounds(atom, depth);
}

function compositeBounds(atom: FloorAtom | PositivePartAtom, depth: number): Interval {
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
