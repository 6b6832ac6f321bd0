// Few channels: every output is a short sum of products, gathered through a table of offsets.

import { address, entry, mulAdd } from './memory';

/**
 * All outputs of some channels from framed sources. The outputs fall into residues modulo the strides;
 * the outputs of one residue are an ordinary correlation, with the taps of that residue.
 *
 * Table: output depth, height, width; the three strides; of the framed source a plane and a row; the
 * number of terms; then for each residue (of width fastest) where its terms end; then each term's offset.
 * @param weights `[channels, terms]`
 * @param bias `[channels]`
 * @param result `[channels, depth, height, width]`. Rows are written in order, each a little past its end.
 */
export function correlate(table: i32, source: i32, weights: i32, bias: i32, result: i32, channels: i32): void {
  const depth = entry(table, 0), height = entry(table, 1), width = entry(table, 2);
  const strideZ = entry(table, 3), strideY = entry(table, 4), strideX = entry(table, 5);
  const sourcePlane = entry(table, 6), sourceRow = entry(table, 7), terms = entry(table, 8);
  const ends = table + 10;
  const offsets = ends + strideZ * strideY * strideX;
  const count = (width + strideX - 1) / strideX;
  for (let channel = 0; channel < channels; channel++, weights += terms) {
    const addend = v128.load32_splat(address(bias + channel));
    for (let z = 0; z < depth; z++) for (let y = 0; y < height; y++, result += width) {
      const residues = ends + (z % strideZ * strideY + y % strideY) * strideX;
      const from = address(source + z / strideZ * sourcePlane + y / strideY * sourceRow);
      let x = 0;
      for (; x + 12 < count; x += 16) wide(address(result + x * strideX), from + address(x), residues, offsets, address(weights), addend, strideX);
      for (; x < count; x += 4) narrow(address(result + x * strideX), from + address(x), residues, offsets, address(weights), addend, strideX);
    }
  }
}

/** Sixteen outputs of each residue. */
function wide(to: usize, from: usize, residues: i32, offsets: i32, weights: usize, addend: v128, stride: i32): void {
  let even0 = addend, even1 = addend, even2 = addend, even3 = addend;
  let term = entry(residues, -1);
  for (let residue = 0; residue < stride; residue++) {
    let sum0 = addend, sum1 = addend, sum2 = addend, sum3 = addend;
    for (const end = entry(residues, residue); term < end; term++) {
      const weight = v128.load32_splat(weights + address(term));
      const source = from + address(entry(offsets, term));
      sum0 = mulAdd(weight, v128.load(source), sum0);
      sum1 = mulAdd(weight, v128.load(source, 16), sum1);
      sum2 = mulAdd(weight, v128.load(source, 32), sum2);
      sum3 = mulAdd(weight, v128.load(source, 48), sum3);
    }
    if (stride == 1) {
      v128.store(to, sum0);
      v128.store(to, sum1, 16);
      v128.store(to, sum2, 32);
      v128.store(to, sum3, 48);
    } else if (stride != 2) {
      spread(to + address(residue), sum0, stride);
      spread(to + address(residue + 4 * stride), sum1, stride);
      spread(to + address(residue + 8 * stride), sum2, stride);
      spread(to + address(residue + 12 * stride), sum3, stride);
    } else if (residue == 0) {
      even0 = sum0; even1 = sum1; even2 = sum2; even3 = sum3;
    } else {
      alternate(to, even0, sum0);
      alternate(to + 32, even1, sum1);
      alternate(to + 64, even2, sum2);
      alternate(to + 96, even3, sum3);
    }
  }
}

/** Four outputs of each residue. */
function narrow(to: usize, from: usize, residues: i32, offsets: i32, weights: usize, addend: v128, stride: i32): void {
  let even = addend;
  let term = entry(residues, -1);
  for (let residue = 0; residue < stride; residue++) {
    let sum = addend;
    for (const end = entry(residues, residue); term < end; term++) {
      sum = mulAdd(v128.load32_splat(weights + address(term)), v128.load(from + address(entry(offsets, term))), sum);
    }
    if (stride == 1) v128.store(to, sum);
    else if (stride != 2) spread(to + address(residue), sum, stride);
    else if (residue == 0) even = sum;
    else alternate(to, even, sum);
  }
}

// @ts-ignore: decorator
@inline
function alternate(to: usize, even: v128, odd: v128): void {
  v128.store(to, v128.shuffle<f32>(even, odd, 0, 4, 1, 5));
  v128.store(to, v128.shuffle<f32>(even, odd, 2, 6, 3, 7), 16);
}

// @ts-ignore: decorator
@inline
function spread(to: usize, values: v128, stride: i32): void {
  store<f32>(to, f32x4.extract_lane(values, 0));
  store<f32>(to + address(stride), f32x4.extract_lane(values, 1));
  store<f32>(to + address(2 * stride), f32x4.extract_lane(values, 2));
  store<f32>(to + address(3 * stride), f32x4.extract_lane(values, 3));
}
