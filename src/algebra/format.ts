import type { Atom, Int, Term } from './integer';

export interface FormatOptions {
  /** The sign between factors: `*` in JSON and code, `·` for people. */
  readonly times?: string;
}

/**
 * The integer as text: `2*H - 1`, `s*H + k - s`, `2*((H + 1)//2)`, `max(k - s, 0)`; `?` when unknown.
 * Python reads it as the same integer.
 */
export function format(value: Int, options: FormatOptions = {}): string {
  if (!value.known) return '?';
  const [first, ...others] = withPositiveFirst(value.terms);
  if (first === undefined) return '0';
  const rest = others.map(term => ` ${term.coefficient < 0 ? '-' : '+'} ${formatTerm(term, options)}`);
  const leading = first.coefficient < 0 ? `-${formatTerm(first, options, 'negated')}` : formatTerm(first, options);
  return leading + rest.join('');
}

/** `7 - H` rather than `-H + 7`. */
function withPositiveFirst(terms: readonly Term[]): readonly Term[] {
  const first = terms.find(term => term.coefficient > 0);
  return first === undefined ? terms : [first, ...terms.filter(term => term !== first)];
}

/** The term without its sign. A division keeps its parentheses where a sign or a factor would bind tighter. */
function formatTerm(term: Term, options: FormatOptions, place: 'summand' | 'negated' = 'summand'): string {
  const size = Math.abs(term.coefficient);
  const [only] = term.factors;
  if (only === undefined) return String(size);
  if (term.factors.length === 1 && size === 1 && place === 'summand') return formatAtom(only, options);
  const factors = term.factors.map(factor => factor.kind === 'floor' ? `(${formatAtom(factor, options)})` : formatAtom(factor, options));
  return [...(size === 1 ? [] : [String(size)]), ...factors].join(options.times ?? '*');
}

function formatAtom(atom: Atom, options: FormatOptions): string {
  if (atom.kind === 'symbol') return atom.name;
  if (atom.kind === 'positivePart') return `max(${format(atom.argument, options)}, 0)`;
  return `${wrapped(atom.numerator, options)}//${wrapped(atom.denominator, options)}`;
}

/** In parentheses, unless it is one symbol, one maximum or one number that is not negative. */
function wrapped(value: Int, options: FormatOptions): string {
  const text = format(value, options);
  const [term] = value.terms;
  if (value.terms.length > 1 || term === undefined) return value.terms.length > 1 ? `(${text})` : text;
  const [factor] = term.factors;
  const simple = factor === undefined
    ? term.coefficient >= 0
    : term.factors.length === 1 && term.coefficient === 1 && factor.kind !== 'floor';
  return simple ? text : `(${text})`;
}

/** A float as Python writes it: `2.0`, `1e+16`, `inf`. */
export function formatFloat(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  if (Math.abs(value) >= 1e16) return value.toExponential();
  return Number.isInteger(value) ? `${value}.0` : String(value);
}
