import { ceil, floor, roundUp } from '../arithmetic';
import { type Memory, panelRows } from '../engine';
import { type Extents, type ThreeAxes } from '../extents';
import { type Range } from './rowTable';

/**
 * Three products for four, where every output sums two taps along the outermost axis: with kernel `2·stride`. Inputs
 * `a`, `b`, `c` that follow each other and taps `u`, `v`, a stride apart, meet in two outputs,
 *
 *     b·u + a·v = b·(u + v) + (a - b)·v
 *     c·u + b·v = b·(u + v) + (c - b)·u
 *
 * of which the first product is the same (Winograd's F(2, 2), in Lavin and Gray, arXiv:1509.09308, or Karatsuba's).
 * Whole numbers stay exact.
 *
 * So there are three parts, of half the taps each:
 * 0. `v` for the differences of inputs before even ones and these
 * 1. `u + v` for even inputs
 * 2. `u` for the differences of inputs after even ones and these
 *
 * Their columns follow each other, so that along an axis of even inputs, with twice the stride, the output of tap `u`
 * is the sum of its own line of columns and that half of the taps on: parts 0 and 1, and that of `v` parts 1 and 2.
 */
export interface Pairs {
  readonly axes: ThreeAxes;
  /** How many lines parts 1 and 2 have: the last difference of part 0 may have no input of its own. */
  readonly evens: number;
  packWeights(memory: Memory, to: number, from: number): void;
  /** @param blockSize from one part to the next */
  packInputs(memory: Memory, to: number, blockSize: number, from: number, range: Range): void;
}

/** @returns undefined where there are no pairs, or tiles would be left half empty */
export function pairs({ axes: [z, y, x], flip, groupInputs, groupOutputs, inputPlane, taps }: Extents, panelColumns: number): Pairs | undefined {
  const [outer, inner] = z.inputSize * z.kernelSize > 1 ? [z, y] : [y, z];
  const { inputSize, stride, kernelSize, dilation } = outer;
  if (flip || dilation > 1 || kernelSize !== 2 * stride || taps % (2 * panelRows) + x.inputSize % panelColumns > 0 || inputSize < 4) return;
  const half = taps / 2;
  const plane = inner.inputSize;
  return {
    axes: [{ ...outer, stride: kernelSize, inputSize: floor(inputSize / 2) + 1 }, inner, x],
    evens: ceil(inputSize / 2) * plane,
    packWeights({ loops }, to, from) {
      const part = half * groupInputs;
      for (let channel = 0; channel < groupOutputs; channel++, to += 3 * part, from += taps) {
        for (let at = 0; at < 3; at++) loops.pack(to + at * part, at > 0 ? from : from + half, groupInputs, half, groupOutputs * taps, 1, panelRows);
        loops.add(to + part, to, part, 1);
      }
    },
    packInputs({ values, loops }, to, blockSize, from, [firstRow, endRow, firstX, width]) {
      // What is only a part of a row may end within a tile.
      const line = groupInputs * roundUp(width, panelColumns);
      for (let part = 0; part < 3; part++) for (let row = firstRow; row < endRow; row++) {
        const rest = row % plane;
        const at = 2 * (row - rest) + (part - 1) * plane;
        const own = to + part * blockSize + (row - firstRow) * line;
        if (at < 0 || at >= inputSize * plane) values.fill(0, own, own + line);
        else loops.pack(own, from + (at + rest) * x.inputSize + firstX, groupInputs, width, inputPlane, 1, panelColumns);
      }
      const count = (endRow - firstRow) * line;
      loops.add(to, to + blockSize, count, -1);
      loops.add(to + 2 * blockSize, to + blockSize, count, -1);
    },
  };
}
