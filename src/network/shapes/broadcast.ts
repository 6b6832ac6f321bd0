import { bounds, compare } from '../../algebra/bounds';
import { asConstant, equal, one, unknown, type Int } from '../../algebra/integer';
import type { Shape } from '../../frameworks/argument';

/** Sizes that cannot be brought together, from the right. */
export interface Disagreement {
  readonly axis: number;
  readonly left: Int;
  readonly right: Int;
  /** Certain for every value of the symbols, or only for some of them. */
  readonly certain: boolean;
}

/** The shape of `left + right`, axes aligned at the right, a size of one stretched. */
export function broadcast(left: Shape, right: Shape): { readonly shape: Shape; readonly disagreement: Disagreement | undefined } {
  const rank = Math.max(left.length, right.length);
  const shape: Int[] = [];
  let disagreement: Disagreement | undefined;
  for (let axis = 0; axis < rank; axis++) {
    const a = left[axis - rank + left.length] ?? one;
    const b = right[axis - rank + right.length] ?? one;
    if (asConstant(a) === 1) shape.push(b);
    else if (asConstant(b) === 1 || equal(a, b)) shape.push(a);
    else {
      const certain = compare(a, b) === 'different' && bounds(a).lower > 1 && bounds(b).lower > 1;
      if (compare(a, b) === 'different') disagreement ??= { axis, left: a, right: b, certain };
      // One that is known to be larger than one decides, unless they disagree.
      const [p, q] = [asConstant(a), asConstant(b)];
      shape.push(compare(a, b) === 'different' ? unknown : p !== undefined && p > 1 ? a : q !== undefined && q > 1 ? b : unknown);
    }
  }
  return { shape, disagreement };
}
