import { unknown, type Int } from '../../algebra/integer';
import type { Shape } from '../../frameworks/argument';

/**
 * The shape of `einsum(equation, *operands)`: each letter is a size, the letters on the right are the result's; without
 * an arrow those that occur once, in the order of the alphabet.
 *
 * @returns `undefined` for an equation that does not fit, or with `...`.
 */
export function einsumShape(equation: string, shapes: readonly (Shape | undefined)[]): Shape | undefined {
  const [left = '', right] = equation.replaceAll(/\s/g, '').split('->');
  if (!/^[A-Za-z,]*$/.test(left) || (right !== undefined && !/^[A-Za-z]*$/.test(right))) return undefined;
  const terms = left.split(',');
  if (terms.length !== shapes.length) return undefined;
  const sizes = new Map<string, Int>();
  for (const [index, term] of terms.entries()) {
    const shape = shapes[index];
    if (shape !== undefined && shape.length !== term.length) return undefined;
    for (const [axis, letter] of [...term].entries()) {
      const size = shape?.[axis] ?? unknown;
      if (sizes.get(letter)?.known !== true) sizes.set(letter, size);
    }
  }
  const all = terms.join('');
  const letters = right ?? [...new Set(all)].filter(letter => all.split(letter).length === 2).sort().join('');
  return [...letters].map(letter => sizes.get(letter) ?? unknown);
}
