import type { Atom, Int, Term } from './integer';

export interface FormatOptions {
  /** The sign between factors: `*` in JSON and code, `·` for people. */
  readonly times?: string;
}

/**
 * The integer as text: `2*H - 1`, `s*H + k - s`, `(H + 1)//2`, `max(k - s, 0)`; `?` when unknown.
 */
export function format(value: Int, options: FormatOptions = {}): string {
  if (!value.known) return '?';
  const [first, ...others] = value.terms;
  if (first === undefined) return '0';
  const rest = others.map(term => ` ${term.coefficient < 0 ? '-' : '+'} ${formatTerm(term, options)}`);
  return (first.coefficient < 0 ? '-' : '') + formatTerm(first, options) + rest.join('');
}

/** The term without its sign. */
function formatTerm(term: Term, options: FormatOptions): string {
  const size = Math.abs(term.coefficient);
  const factors = term.factors.map(factor => formatAtom(factor, options));
  const alone = factors.length === 1 && size === 1;
  const [only] = factors;
  if (alone && only !== undefined) return only;
  if (factors.length === 0) return String(size);
  return [...(size === 1 ? [] : [String(size)]), ...factors].join(options.times ?? '*');
}

function formatAtom(atom: Atom, options: FormatOptions): string {
  if (atom.kind === 'symbol') return atom.name;
  if (atom.kind === 'positivePart') return `max(${format(atom.argument, options)}, 0)`;
  return `(${wrapped(atom.numerator, options)}//${wrapped(atom.denominator, options)})`;
}

function wrapped(value: Int, options: FormatOptions): string {
  const text = format(value, options);
  const [term] = value.terms;
  const simple = value.terms.length <= 1 && (term === undefined || term.factors.length + Number(Math.abs(term.coefficient) !== 1) <= 1);
  return simple ? text : `(${text})`;
}
