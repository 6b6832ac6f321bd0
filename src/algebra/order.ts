/** What of an atom decides where it stands. */
interface Atom {
  readonly kind: string;
  readonly key: string;
  /** Comes first: keys may hold numbers that differ from one analysis to the next. */
  readonly name: string;
}

interface Term {
  readonly coefficient: number;
  readonly factors: readonly Atom[];
}

/** The same for terms with the same factors only: the separator is no letter of a name in any language. */
export function termKey(term: Pick<Term, 'factors'>): string {
  return term.factors.map(factor => factor.key).join('\u0000');
}

/** The same for terms with the same factors by name. */
export function termName(term: Pick<Term, 'factors'>): string {
  return term.factors.map(factor => factor.name).join('\u0000');
}

/** Highest degree first, then what is added before what is taken away, then plain products, then by name. */
export function byPrintingOrder(a: Term, b: Term): number {
  return b.factors.length - a.factors.length
    || Number(a.coefficient < 0) - Number(b.coefficient < 0)
    || Number(!a.factors.every(isSymbol)) - Number(!b.factors.every(isSymbol))
    || byName(a, b);
}

/** Highest degree first, then by name, whatever the sign. */
export function byDegreeAndName(a: Term, b: Term): number {
  return b.factors.length - a.factors.length || byName(a, b);
}

/** Symbols first, and lower case before upper case, so that a stride comes before a size: `s*H`. */
export function byAtomOrder(a: Atom, b: Atom): number {
  return Number(!isSymbol(a)) - Number(!isSymbol(b))
    || Number(startsUpper(a)) - Number(startsUpper(b))
    || compareText(a.name, b.name)
    || compareText(a.key, b.key);
}

function byName(a: Term, b: Term): number {
  return compareText(termName(a), termName(b)) || compareText(termKey(a), termKey(b));
}

function isSymbol(atom: Atom): boolean {
  return atom.kind === 'symbol';
}

function startsUpper(atom: Atom): boolean {
  return atom.kind === 'symbol' && /^\p{Lu}/u.test(atom.name);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
