/** Division of symbolic integers that rounds down, as Python does, brought into a normal form of its own. */

import { bounds, linearFloors } from './bounds';
import { contentOf, divideCoefficients, greatestCommonDivisor, isReversed } from './coefficients';
import {
  add, asConstant, constant, equal, fromAtom, keyOf, multiply, nameOf, negate, normal, subtract, toInt, unknown, zero,
  type Atom, type FloorAtom, type Int, type IntLike, type Term,
} from './integer';

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

function floorAtom(numerator: Int, denominator: Int): Atom {
  return {
    kind: 'floor', numerator, denominator,
    key: `\u0001floor(${keyOf(numerator)}/${keyOf(denominator)})`, name: `\u0001floor(${nameOf(numerator)}/${nameOf(denominator)})`,
  };
}
