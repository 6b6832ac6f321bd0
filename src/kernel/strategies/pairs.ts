import { ceil, floor, min } from '../arithmetic';
import { type Loops, panelRows } from '../engine';
import { type Extents, type ThreeAxes } from '../extents';
import { type Range } from './rowTable';

/**
 * Three products for four, where every output sums two taps along the outermost axis: with kernel `2·stride`. Inputs
 * `a`, `b`, `c` that follow each other and taps `u`, `v`, a stride apart, meet in two outputs,
 *
 *     b·u + a·v = b·(u + v) - (b - a)·v
 *     c·u + b·v = b·(u + v) + (c - b)·u
 *
 * of which the first product is the same (Winograd's F(2, 2), in Lavin and Gray, arXiv:1509.09308, or Karatsuba's).
 * Whole numbers stay exact.
 *
 * So there are three parts, of half the taps each:
 * 0. `-v` for the differences of even inputs and those before
 * 1. `u + v` for even inputs
 * 2. `u` for the differences of odd inputs and those before
 *
 * Their columns follow each other, so that along an axis of even inputs, with twice the stride, the output of tap `u`
 * is the sum of its own line of columns and that half of the taps on: parts 0 and 1, and that of `v` parts 1 and 2.
 */
export interface Pairs {
  readonly axes: ThreeAxes;
  /** How many lines parts 1 and 2 have: the last difference of part 0 may have no input of its own. */
  readonly evens: number;
  packWeights(loops: Loops, to: number, from: number): void;
  packInputs(loops: Loops, to: number, from: number, range: Range, part: number, positions: number, panelColumns: number): void;
}

/** @returns undefined where there are no pairs, or tiles would be left half empty */
export function pairs({ axes: [z, y, x], flip, groupInputs, groupOutputs, inputPlane, taps }: Extents): Pairs | undefined {
  const [outer, inner] = z.inputSize * z.kernelSize > 1 ? [z, y] : [y, z];
  const { inputSize, stride, kernelSize, dilation } = outer;
  if (flip || dilation > 1 || kernelSize !== 2 * stride || taps % 8 + x.inputSize % 8 > 0 || inputSize < 8) return;
  const half = taps / 2;
  const plane = inner.inputSize;
  return {
    axes: [{ ...outer, stride: kernelSize, inputSize: floor(inputSize / 2) + 1 }, inner, x],
    evens: ceil(inputSize / 2) * plane,
    packWeights(loops, to, from) {
      for (let channel = 0; channel < groupOutputs; channel++) [[half, 0, -2], [0, half, 1], [0]].forEach(([tap = 0, other, factor], part) => {
        loops.pack(to + (3 * channel + part) * half * groupInputs, from + channel * taps + tap, groupInputs, half, groupOutputs * taps, 1, panelRows, other, factor);
      });
    },
    packInputs(loops, to, from, [firstRow,, firstX, width], part, positions, panelColumns) {
      for (let done = 0; done < positions; done += width) {
        const row = firstRow + done / width;
        const rest = row % plane;
        const at = 2 * (row - rest) / plane + (part > 1 ? 1 : 0);
        const isInside = at < inputSize;
        loops.pack(
          to + done * groupInputs, from + (min(at, inputSize - 1) * plane + rest) * x.inputSize + firstX, groupInputs, width, inputPlane, 1, panelColumns,
          isInside ? -plane * x.inputSize : 0, part === 1 || at === 0 ? 0 : isInside ? -1 : -2,
        );
      }
    },
  };
}
