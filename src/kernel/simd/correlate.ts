// Few channels: every output is a short sum of products, gathered through a table of offsets.

import { interleave, putPair } from './interleave';
import { address, entry, mulAdd } from './memory';

/**
 * All outputs of some channels from framed sources. The outputs fall into residues modulo the strides;
 * the outputs of one residue are an ordinary correlation, with the taps of that residue.
 *
 * Table: output depth, height, width; the three strides; of the framed source a plane and a row; the
 * number of terms; then for each residue (of width fastest) where its terms end; then each term's offset.
 * @param weights `[channels, terms]`
 * @param bias `[channels]`
 * @param result `[channels, depth, height, width]`. At strides 1 and 2 rows are written in order, each a little past its end.
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
  const pitch = address(count + 16);
  const firstWeight = address(weights);
  for (let channel = 0; channel < channels; channel++) {
    const addend = v128.load32_splat(address(bias + channel));
    const ownWeights = firstWeight + address(channel * terms) - offsets;
    for (let z = 0; z < depth; z++) {
      let from = address(source + z / strideZ * sourcePlane);
      let residueY = 0;
      for (let y = 0; y < height; y++, result += width) {
        const residues = ends + (z % strideZ * strideY + residueY) * strideX;
        const first = offsets + address(entry(residues, -1));
        if (strideX == 2) {
          sumPairs(address(result), from, first, offsets + address(entry(residues, 0)), offsets + address(entry(residues, 1)), ownWeights, addend, count);
        } else if (strideX == 1) {
          sum(address(result), from, first, offsets + address(entry(residues, 0)), ownWeights, addend, count);
        } else {
          let line = address(lines);
          for (let residue = 0; residue < min(strideX, width); residue++, line += pitch) {
            sum(line, from, offsets + address(entry(residues, residue - 1)), offsets + address(entry(residues, residue)), ownWeights, f32x4.splat(0), count);
          }
          interleave(address(result), address(lines), pitch, width, strideX, addend, true);
        }
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

/** The outputs of both residues of stride 2, whose taps end at `odd` and `end`, into the outputs themselves. */
function sumPairs(to: usize, from: usize, first: usize, odd: usize, end: usize, weights: usize, addend: v128, count: i32): void {
  for (; count > 8; count -= 16, to += 128, from += 64) {
    let even0 = f32x4.splat(0), even1 = f32x4.splat(0), even2 = f32x4.splat(0), even3 = f32x4.splat(0);
    let odd0 = f32x4.splat(0), odd1 = f32x4.splat(0), odd2 = f32x4.splat(0), odd3 = f32x4.splat(0);
    let term = first;
    for (; term < odd; term += 4) {
      const weight = v128.load32_splat(weights + term);
      const source = from + address(load<i32>(term));
      even0 = mulAdd(weight, v128.load(source), even0);
      even1 = mulAdd(weight, v128.load(source, 16), even1);
      even2 = mulAdd(weight, v128.load(source, 32), even2);
      even3 = mulAdd(weight, v128.load(source, 48), even3);
    }
    for (; term < end; term += 4) {
      const weight = v128.load32_splat(weights + term);
      const source = from + address(load<i32>(term));
      odd0 = mulAdd(weight, v128.load(source), odd0);
      odd1 = mulAdd(weight, v128.load(source, 16), odd1);
      odd2 = mulAdd(weight, v128.load(source, 32), odd2);
      odd3 = mulAdd(weight, v128.load(source, 48), odd3);
    }
    putPair(to, even0, odd0, addend, true);
    putPair(to + 32, even1, odd1, addend, true);
    putPair(to + 64, even2, odd2, addend, true);
    putPair(to + 96, even3, odd3, addend, true);
  }
  for (; count > 0; count -= 4, to += 32, from += 16) {
    let even = f32x4.splat(0), odd0 = f32x4.splat(0);
    let term = first;
    for (; term < odd; term += 4) even = mulAdd(v128.load32_splat(weights + term), v128.load(from + address(load<i32>(term))), even);
    for (; term < end; term += 4) odd0 = mulAdd(v128.load32_splat(weights + term), v128.load(from + address(load<i32>(term))), odd0);
    putPair(to, even, odd0, addend, true);
  }
}
