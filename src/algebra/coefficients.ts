/** What the coefficients of a symbolic integer have in common. */

import { normal, type Int } from './integer';
import { byDegreeAndName } from './order';

export function greatestCommonDivisor(a: number, b: number): number {
  let [x, y] = [Math.abs(a), Math.abs(b)];
  while (y !== 0) [x, y] = [y, x % y];
  return x;
}

/** The greatest common divisor of the coefficients; of zero it is 0. */
export function contentOf(value: Int, which: 'all' | 'symbolic' = 'all'): number {
  return value.terms
    .filter(term => which === 'all' || term.factors.length > 0)
    .reduce((shared, term) => greatestCommonDivisor(shared, term.coefficient), 0);
}

/** Divides every coefficient by a number that divides them all. */
export function divideCoefficients(value: Int, by: number): Int {
  return by <= 1 ? value : normal(value.terms.map(term => ({ coefficient: term.coefficient / by, factors: term.factors })));
}

/** Exactly one of x and -x is reversed, unless x is a number. Does not depend on how they print. */
export function isReversed(value: Int): boolean {
  const [leading] = value.terms.filter(term => term.factors.length > 0).sort(byDegreeAndName);
  return leading !== undefined && leading.coefficient < 0;
}

/** Whether all symbolic terms share a divisor that does not divide the constant: then never zero. */
export function hasConstantResidue(value: Int): boolean {
  if (!value.known) return false;
  const shared = contentOf(value, 'symbolic');
  const fixed = value.terms.find(term => term.factors.length === 0)?.coefficient ?? 0;
  return shared > 1 && fixed % shared !== 0;
}
