// Between lines of inputs, or of columns (one line of input positions for each tap), and the output side, all rows of
// a range at a time, by the table that src/kernel/strategies/rowTable.ts explains.

import { interleave, putPair } from './interleave';
import { address, entry, mulAdd } from './memory';
import { fillLine, take } from './pack';

/**
 * Sums lines, each tap's times its weight, into the outputs that they belong to. Each output row is put together
 * from all of its lines, residue by residue, and goes to memory once.
 * @param range where in the table the range's own part starts
 * @param source the first output channel's lines
 * @param weights and its weights
 * @param result planes of `channels` channels
 * @param bias one for each of them, for the rows that are written rather than added to
 * @param lines room for a line of sums for each residue
 */
export function sumRows(table: i32, range: i32, source: i32, weights: i32, result: i32, bias: i32, channels: i32, lines: i32): void {
  const stride = entry(table, 2);
  const low = entry(range, 4) * stride, count = entry(range, 5);
  const written = min(entry(table, 0) - low, count * stride);
  const pitch = address(count + 16);
  for (let channel = 0; channel < channels; channel++) {
    const addend = v128.load32_splat(address(bias + channel));
    let row = range + 7;
    for (let rows = entry(range, 6); rows > 0; rows--, row += 4) {
      const writes = entry(row, 1) != 0;
      const to = address(result + entry(row, 0) + low);
      const from = address(source + entry(row, 2));
      const terms = entry(row, 3);
      const first = address(entry(terms, 0)), end = address(entry(terms, stride));
      if (first == end) {
        fillLine(to, to + address(written), addend);
      } else if (stride == 2) {
        sumPairs(to, to + address(written), from, address(weights), first, address(entry(terms, 1)), end, range, addend, writes, address(lines));
      } else {
        let line = address(lines);
        for (let residue = 0; residue < stride; residue++, line += pitch) {
          if (residue < written) sum(line, count, from, address(weights), address(entry(terms, residue)), address(entry(terms, residue + 1)), range);
        }
        interleave(to, address(lines), pitch, written, stride, addend, writes);
      }
    }
    result += entry(table, 1);
    source += entry(table, 3);
    weights += entry(table, 4);
  }
}

/** The sums for `count` outputs of a residue. */
function sum(to: usize, count: i32, from: usize, weights: usize, first: usize, end: usize, range: i32): void {
  const width = entry(range, 1), firstInside = entry(range, 2), lastInside = entry(range, 3);
  let x = entry(range, 0);
  while (count > 0) {
    const start = from + address(x);
    if (x >= firstInside && x <= lastInside) {
      // Four vectors at a time: V8 loads all before it multiplies, and with more it runs out of registers.
      let s0 = f32x4.splat(0), s1 = f32x4.splat(0), s2 = f32x4.splat(0), s3 = f32x4.splat(0);
      for (let term = first; term < end; term += 12) {
        const source = start + load<i32>(term);
        const weight = v128.load32_splat(weights + load<i32>(term, 4));
        s0 = mulAdd(weight, v128.load(source), s0);
        s1 = mulAdd(weight, v128.load(source, 16), s1);
        s2 = mulAdd(weight, v128.load(source, 32), s2);
        s3 = mulAdd(weight, v128.load(source, 48), s3);
      }
      v128.store(to, s0);
      v128.store(to, s1, 16);
      v128.store(to, s2, 32);
      v128.store(to, s3, 48);
      x += 16;
      to += 64;
      count -= 16;
    } else {
      let s = f32x4.splat(0);
      for (let term = first; term < end; term += 12) s = addInside(s, start, weights, term, x, width);
      v128.store(to, s);
      x += 4;
      to += 16;
      count -= 4;
    }
  }
}

/** The same for both residues of stride 2, into the outputs themselves: `lines` serves only those past the last whole vector. */
function sumPairs(
  to: usize, end: usize, from: usize, weights: usize, first: usize, odd: usize, last: usize, range: i32, addend: v128, writes: bool, lines: usize,
): void {
  const width = entry(range, 1), firstInside = entry(range, 2), lastInside = entry(range, 3);
  let x = entry(range, 0);
  while (to < end) {
    const start = from + address(x);
    if (x >= firstInside && x <= lastInside) {
      let even0 = f32x4.splat(0), even1 = f32x4.splat(0), even2 = f32x4.splat(0), even3 = f32x4.splat(0);
      let odd0 = f32x4.splat(0), odd1 = f32x4.splat(0), odd2 = f32x4.splat(0), odd3 = f32x4.splat(0);
      let term = first;
      for (; term < odd; term += 12) {
        const source = start + load<i32>(term);
        const weight = v128.load32_splat(weights + load<i32>(term, 4));
        even0 = mulAdd(weight, v128.load(source), even0);
        even1 = mulAdd(weight, v128.load(source, 16), even1);
        even2 = mulAdd(weight, v128.load(source, 32), even2);
        even3 = mulAdd(weight, v128.load(source, 48), even3);
      }
      for (; term < last; term += 12) {
        const source = start + load<i32>(term);
        const weight = v128.load32_splat(weights + load<i32>(term, 4));
        odd0 = mulAdd(weight, v128.load(source), odd0);
        odd1 = mulAdd(weight, v128.load(source, 16), odd1);
        odd2 = mulAdd(weight, v128.load(source, 32), odd2);
        odd3 = mulAdd(weight, v128.load(source, 48), odd3);
      }
      if (writes && to + 128 <= end) {
        putPair(to, even0, odd0, addend, true);
        putPair(to + 32, even1, odd1, addend, true);
        putPair(to + 64, even2, odd2, addend, true);
        putPair(to + 96, even3, odd3, addend, true);
      } else {
        v128.store(lines, even0);
        v128.store(lines, even1, 16);
        v128.store(lines, even2, 32);
        v128.store(lines, even3, 48);
        v128.store(lines, odd0, 64);
        v128.store(lines, odd1, 80);
        v128.store(lines, odd2, 96);
        v128.store(lines, odd3, 112);
        interleave(to, lines, 64, min(32, <i32>(end - to) >> 2), 2, addend, writes);
      }
      x += 16;
      to += 128;
    } else {
      let even = f32x4.splat(0), odds = f32x4.splat(0);
      let term = first;
      for (; term < odd; term += 12) even = addInside(even, start, weights, term, x, width);
      for (; term < last; term += 12) odds = addInside(odds, start, weights, term, x, width);
      if (to + 32 <= end) putPair(to, even, odds, addend, writes);
      else {
        v128.store(lines, even);
        v128.store(lines, odds, 16);
        interleave(to, lines, 16, <i32>(end - to) >> 2, 2, addend, writes);
      }
      x += 4;
      to += 32;
    }
  }
}

/** Adds what a term brings four outputs from lines of `width` inputs: nothing from where there are none. */
// @ts-ignore: decorator
@inline
function addInside(sum: v128, start: usize, weights: usize, term: usize, x: i32, width: i32): v128 {
  x += load<i32>(term, 8);
  if (x <= -4 || x >= width) return sum;
  let values = v128.load(start + load<i32>(term));
  if (x < 0 || x + 4 > width) values = v128.and(values, i32x4.lt_u(i32x4.add(i32x4.splat(x), i32x4(0, 1, 2, 3)), i32x4.splat(width)));
  return mulAdd(v128.load32_splat(weights + load<i32>(term, 4)), values, sum);
}

/** Takes columns from the outputs that they belong to (im2col), zero where there are none. Parameters as in the portable engine. */
export function gather(table: i32, range: i32, columns: i32, source: i32, channels: i32): void {
  const stride = entry(table, 2);
  const firstX = entry(range, 0), width = entry(range, 1), count = entry(range, 5);
  memory.fill(address(columns), 0, address(channels * entry(table, 3)));
  for (let channel = 0; channel < channels; channel++, columns += entry(table, 3), source += entry(table, 1)) {
    let row = range + 7;
    for (let rows = entry(range, 6); rows > 0; rows--, row += 4) {
      const line = columns + entry(row, 2) + firstX;
      for (let residue = 0; residue < stride; residue++) {
        const reach = (entry(table, 0) - residue + stride - 1) / stride;
        for (let term = entry(entry(row, 3), residue); term < entry(entry(row, 3), residue + 1); term += 3) {
          const start = -firstX - entry(term, 2);
          const low = max(0, start);
          take(address(line + low) + entry(term, 0), address(source + entry(row, 0) + residue + low * stride), min(min(count, reach), width + start) - low, stride);
        }
      }
    }
  }
}
