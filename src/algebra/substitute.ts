import { floorDivide } from './division';
import { add, fromAtom, multiply, toInt, unknown, type Atom, type Int, type IntLike, type SymbolAtom } from './integer';
import { positivePart } from './maximum';

/** The value with each symbol replaced; a symbol that `replacement` leaves undefined stays. */
export function substitute(value: Int, replacement: (symbol: SymbolAtom) => IntLike | undefined): Int {
  if (!value.known) return unknown;
  return add(...value.terms.map(term =>
    multiply(term.coefficient, ...term.factors.map(factor => substituteAtom(factor, replacement)))));
}

function substituteAtom(atom: Atom, replacement: (symbol: SymbolAtom) => IntLike | undefined): Int {
  if (atom.kind === 'symbol') return toInt(replacement(atom) ?? fromAtom(atom));
  if (atom.kind === 'floor') return floorDivide(substitute(atom.numerator, replacement), substitute(atom.denominator, replacement));
  return positivePart(substitute(atom.argument, replacement));
}
