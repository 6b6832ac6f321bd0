import { compare } from './bounds';
import { greatestCommonDivisor } from './coefficients';
import { asConstant, subtract, symbolsOf, type Int, type IntLike, type SymbolAtom } from './integer';
import { substitute } from './substitute';

/** For which values of the symbols two integers are equal. */
export type EqualityCondition =
  | { readonly kind: 'always' }
  | { readonly kind: 'never' }
  | ResidueCondition
  /** For this value of the symbol alone. */
  | { readonly kind: 'value'; readonly symbol: SymbolAtom; readonly value: number }
  | { readonly kind: 'undecided' };

/** When the symbol leaves one of the remainders, ascending, on division by the modulus. */
export interface ResidueCondition {
  readonly kind: 'residues';
  readonly symbol: SymbolAtom;
  readonly modulus: number;
  readonly residues: readonly number[];
}

/**
 * When both hold, of the same symbol: a multiple of 2 whose half is a multiple of 2 is a multiple of 4. `undefined`
 * where the pattern gets too long, or the two never hold together.
 */
export function both(a: ResidueCondition, b: ResidueCondition): ResidueCondition | undefined {
  const modulus = leastCommonMultiple(a.modulus, b.modulus);
  if (a.symbol.key !== b.symbol.key || modulus > largestModulus) return undefined;
  const holds = (condition: ResidueCondition, value: number): boolean => condition.residues.includes(value % condition.modulus);
  const residues = Array.from({ length: modulus }, (_, value) => value).filter(value => holds(a, value) && holds(b, value));
  return residues.length === 0 ? undefined : { kind: 'residues', symbol: a.symbol, ...smallestPeriod(modulus, residues) };
}

const largestModulus = 1024;

/**
 * When `left` and `right` are equal, where that can be told of one symbol: the sizes of two branches of
 * a U-Net, `H` and `16*(H//16)`, are equal when `H` is a multiple of 16.
 *
 * Their difference must be linear in the symbol, apart from divisions by numbers. It then grows by the
 * same amount each period, so that one period of values decides.
 */
export function equalWhen(left: IntLike, right: IntLike): EqualityCondition {
  const verdict = compare(left, right);
  if (verdict === 'equal') return { kind: 'always' };
  if (verdict === 'different') return { kind: 'never' };
  const difference = subtract(left, right);
  const [symbol, ...others] = symbolsOf(difference);
  const period = periodOf(difference);
  if (symbol === undefined || others.length > 0 || period === undefined) return { kind: 'undecided' };
  const at = (value: number): number => asConstant(substitute(difference, () => value)) ?? NaN;
  const growth = at(period) - at(0);
  if (Number.isNaN(growth)) return { kind: 'undecided' };
  if (growth !== 0) return crossing(at, symbol, period, growth);
  const residues = Array.from({ length: period }, (_, value) => value).filter(value => at(value) === 0);
  if (residues.length === 0) return { kind: 'never' };
  return residues.length === period ? { kind: 'always' } : { kind: 'residues', symbol, ...smallestPeriod(period, residues) };
}

/** The condition in words: `H is a multiple of 16`, `H is odd`; `undefined` when it is undecided. */
export function describeCondition(condition: EqualityCondition): string | undefined {
  switch (condition.kind) {
    case 'always': return 'always';
    case 'never': return 'never';
    case 'undecided': return undefined;
    case 'value': return `${condition.symbol.name} is ${condition.value}`;
    case 'residues': {
      const { symbol: { name }, modulus, residues } = condition;
      const [only, ...others] = residues;
      if (only === undefined) return 'never';
      if (others.length === 0 && modulus === 2) return `${name} is ${only === 0 ? 'even' : 'odd'}`;
      if (others.length === 0 && only === 0) return `${name} is a multiple of ${modulus}`;
      if (others.length === 0) return `${name} is ${only} more than a multiple of ${modulus}`;
      return residues.length <= 6 ? `${name} % ${modulus} is ${residues.slice(0, -1).join(', ')} or ${residues.at(-1) ?? ''}` : undefined;
    }
  }
}

/** The sum repeats, apart from a steady growth, after this many steps of its symbol; `undefined` if that is not certain. */
function periodOf(value: Int): number | undefined {
  let period = 1;
  for (const term of value.terms) {
    const [atom] = term.factors;
    if (atom === undefined) continue;
    if (term.factors.length > 1 || atom.kind === 'positivePart') return undefined;
    if (atom.kind === 'symbol') continue;
    const divisor = asConstant(atom.denominator);
    const inner = periodOf(atom.numerator);
    if (divisor === undefined || divisor <= 0 || inner === undefined) return undefined;
    // After divisor · inner steps the numerator has grown by a multiple of the divisor.
    period = leastCommonMultiple(period, divisor * inner);
    if (period > largestModulus) return undefined;
  }
  return period;
}

/** A growing or falling difference is zero near one place only. */
function crossing(at: (value: number) => number, symbol: SymbolAtom, period: number, growth: number): EqualityCondition {
  const zeros: number[] = [];
  for (let start = 0; start < period; start++) {
    const steps = -at(start) / growth;
    if (Number.isInteger(steps)) zeros.push(start + steps * period);
  }
  const possible = zeros.filter(value => value >= symbol.minimum && Number.isSafeInteger(value));
  const [only, ...others] = possible;
  if (only === undefined) return { kind: 'never' };
  return others.length === 0 ? { kind: 'value', symbol, value: only + 0 } : { kind: 'undecided' };
}

function smallestPeriod(period: number, residues: readonly number[]): { readonly modulus: number; readonly residues: readonly number[] } {
  const wanted = new Set(residues);
  for (let modulus = 1; modulus < period; modulus++) {
    if (period % modulus !== 0) continue;
    const first = residues.filter(value => value < modulus);
    const repeats = first.length * (period / modulus) === residues.length
      && residues.every(value => wanted.has(value % modulus));
    if (repeats) return { modulus, residues: first };
  }
  return { modulus: period, residues };
}

function leastCommonMultiple(a: number, b: number): number {
  return (a / greatestCommonDivisor(a, b)) * b;
}
