// Few channels: every output is a short sum of products, gathered through a table of offsets.

import { interleave } from './interleave';
import { address, entry, mulAdd } from './memory';

/**
 * All outputs of some channels from framed sources. The outputs fall into residues modulo the strides;
 * the outputs of one residue are an ordinary correlation, with the taps of that residue.
 *
 * Table: output depth, height, width; the three strides; of the framed source a plane and a row; the
 * number of terms; then for each residue (of width fastest) where its terms end; then each term's offset.
 * @param weights `[channels, terms]`
 * @param bias `[channels]`
 * @param result `[channels, depth, height, width]`. At stride 1 rows are written in order, each a little past its end.
 * @param lines room for one row, residue by residue
 */
export function correlate(table: i32, source: i32, weights: i32, bias: i32, result: i32, channels: i32, lines: i32): void {
  const depth = entry(table, 0), height = entry(table, 1), width = entry(table, 2);
  const strideZ = entry(table, 3), strideY = entry(table, 4), strideX = entry(table, 5);
  const sourcePlane = entry(table, 6), sourceRow = entry(table, 7), terms = entry(table, 8);
  const ends = table + 10;
  const offsets = address(ends + strideZ * strideY * strideX);
  const count = (width + strideX - 1) / strideX;
  // Vectors reach past the last output, and lines of residues must not overlap.
  const pitch = strideX == 1 ? 0 : address(count + 16);
  const firstWeight = address(weights);
  for (let channel = 0; channel < channels; channel++) {
    const addend = v128.load32_splat(address(bias + channel));
    const start = strideX == 1 ? addend : f32x4.splat(0);
    const ownWeights = firstWeight + address(channel * terms) - offsets;
    for (let z = 0; z < depth; z++) {
      let from = address(source + z / strideZ * sourcePlane);
      let residueY = 0;
      for (let y = 0; y < height; y++, result += width) {
        const residues = ends + (z % strideZ * strideY + residueY) * strideX;
        let line = address(strideX == 1 ? result : lines);
        for (let residue = 0; residue < strideX; residue++, line += pitch) {
          sum(line, from, offsets + address(entry(residues, residue - 1)), offsets + address(entry(residues, residue)), ownWeights, start, count);
        }
        if (strideX > 1) interleave(address(result), address(lines), pitch, width, strideX, addend, true);
        if (++residueY == strideY) {
          residueY = 0;
          from += address(sourceRow);
        }
      }
    }
  }
}

/** A line of `count` neighbouring outputs of one residue. A term's weight is as far from its offset as `weights` says. */
function sum(to: usize, from: usize, first: usize, end: usize, weights: usize, addend: v128, count: i32): void {
  // Four vectors at a time: V8 loads all before it multiplies, and with more it runs out of registers.
  for (; count > 8; count -= 16, to += 64, from += 64) {
    let s0 = addend, s1 = addend, s2 = addend, s3 = addend;
    for (let term = first; term < end; term += 4) {
      const weight = v128.load32_splat(weights + term);
      const source = from + address(load<i32>(term));
      s0 = mulAdd(weight, v128.load(source), s0);
      s1 = mulAdd(weight, v128.load(source, 16), s1);
      s2 = mulAdd(weight, v128.load(source, 32), s2);
      s3 = mulAdd(weight, v128.load(source, 48), s3);
    }
    v128.store(to, s0);
    v128.store(to, s1, 16);
    v128.store(to, s2, 32);
    v128.store(to, s3, 48);
  }
  for (; count > 0; count -= 8, to += 32, from += 32) {
    let s0 = addend, s1 = addend;
    for (let term = first; term < end; term += 4) {
      const weight = v128.load32_splat(weights + term);
      const source = from + address(load<i32>(term));
      s0 = mulAdd(weight, v128.load(source), s0);
      s1 = mulAdd(weight, v128.load(source, 16), s1);
    }
    v128.store(to, s0);
    v128.store(to, s1, 16);
  }
}
