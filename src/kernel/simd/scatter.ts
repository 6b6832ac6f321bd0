// Between columns (one line of input positions for each tap) and the output side, all rows of a range
// at a time, by the table that src/kernel/strategies/columnTable.ts explains.

import { interleave, putPair } from './interleave';
import { address, entry } from './memory';
import { fillLine, take } from './pack';

/**
 * Sums columns into the outputs that they belong to (col2im). Each output row is put together from all the
 * lines that belong to it, residue by residue, and goes to memory once.
 * @param range where in the table the range's own part starts
 * @param columns `[channels·taps, pitch]`
 * @param result planes of `channels` channels
 * @param bias one for each of them, for the rows that are written rather than added to
 * @param lines room for a line of sums for each residue
 */
export function scatter(table: i32, range: i32, columns: i32, result: i32, bias: i32, channels: i32, lines: i32): void {
  const outputWidth = entry(table, 0), stride = entry(table, 2);
  const firstX = entry(range, 0), width = entry(range, 1), low = entry(range, 2), count = entry(range, 3);
  const ends = table + 7;
  const taps = address(ends + stride);
  const pitch = address(count + 16);
  for (let channel = 0; channel < channels; channel++, columns += entry(table, 3), result += entry(table, 1)) {
    const addend = v128.load32_splat(address(bias + channel));
    let row = range + 5;
    for (let rows = entry(range, 4); rows > 0; rows--) {
      const output = entry(row, 0);
      const end = row + 3 + entry(row, 2);
      const writes = entry(row, 1) != 0;
      const to = address(result + output + low * stride);
      const written = min(outputWidth - low * stride, count * stride);
      if (end == row + 3) {
        fillLine(to, to + address(written), addend);
      } else if (output >= 0 && stride == 2) {
        sumPairs(to, to + address(written), address(columns), address(row + 3), address(end), taps, taps + address(entry(ends, 0)), taps + address(entry(ends, 1)),
          low - firstX, width, entry(table, 4), entry(table, 5), addend, writes, address(lines));
      } else if (output >= 0) {
        let line = address(lines);
        for (let residue = 0; residue < min(stride, outputWidth); residue++, line += pitch) {
          sum(line, count, address(columns), address(row + 3), address(end), taps + address(entry(ends, residue - 1)), taps + address(entry(ends, residue)), low - firstX, width, entry(table, 4), entry(table, 5));
        }
        interleave(to, address(lines), pitch, written, stride, addend, writes);
      }
      row = end;
    }
  }
}

/** For `count` outputs of a residue, from output `p` on, the sums of `width` inputs from all lines and taps that reach them. */
function sum(
  to: usize, count: i32, columns: usize, firstLine: usize, endLine: usize, firstTap: usize, endTap: usize,
  p: i32, width: i32, least: i32, greatest: i32,
): void {
  for (const end = p + count; p < end;) {
    if (p + least >= 0 && p + greatest + 8 <= width) {
      let s0 = f32x4.splat(0), s1 = f32x4.splat(0);
      for (let line = firstLine; line < endLine; line += 4) {
        const start = columns + address(load<i32>(line) + p);
        for (let tap = firstTap; tap < endTap; tap += 8) {
          const source = start + address(load<i32>(tap) + load<i32>(tap, 4));
          s0 = f32x4.add(s0, v128.load(source));
          s1 = f32x4.add(s1, v128.load(source, 16));
        }
      }
      v128.store(to, s0);
      v128.store(to, s1, 16);
      p += 8;
      to += 32;
    } else {
      let s = f32x4.splat(0);
      for (let line = firstLine; line < endLine; line += 4) {
        for (let tap = firstTap; tap < endTap; tap += 8) s = f32x4.add(s, inside(columns + address(load<i32>(line)), tap, p, width));
      }
      v128.store(to, s);
      p += 4;
      to += 16;
    }
  }
}

/** The same for both residues of stride 2, into the outputs themselves: `lines` serves only those past the last whole vector. */
function sumPairs(
  to: usize, end: usize, columns: usize, firstLine: usize, endLine: usize, firstTap: usize, oddTap: usize, endTap: usize,
  p: i32, width: i32, least: i32, greatest: i32, addend: v128, writes: bool, lines: usize,
): void {
  while (to < end) {
    if (p + least >= 0 && p + greatest + 8 <= width && to + 64 <= end) {
      let even0 = f32x4.splat(0), even1 = f32x4.splat(0), odd0 = f32x4.splat(0), odd1 = f32x4.splat(0);
      for (let line = firstLine; line < endLine; line += 4) {
        const start = columns + address(load<i32>(line) + p);
        let tap = firstTap;
        for (; tap < oddTap; tap += 8) {
          const source = start + address(load<i32>(tap) + load<i32>(tap, 4));
          even0 = f32x4.add(even0, v128.load(source));
          even1 = f32x4.add(even1, v128.load(source, 16));
        }
        for (; tap < endTap; tap += 8) {
          const source = start + address(load<i32>(tap) + load<i32>(tap, 4));
          odd0 = f32x4.add(odd0, v128.load(source));
          odd1 = f32x4.add(odd1, v128.load(source, 16));
        }
      }
      putPair(to, even0, odd0, addend, writes);
      putPair(to + 32, even1, odd1, addend, writes);
      p += 8;
      to += 64;
    } else {
      let even = f32x4.splat(0), odd = f32x4.splat(0);
      for (let line = firstLine; line < endLine; line += 4) {
        const start = columns + address(load<i32>(line));
        let tap = firstTap;
        for (; tap < oddTap; tap += 8) even = f32x4.add(even, inside(start, tap, p, width));
        for (; tap < endTap; tap += 8) odd = f32x4.add(odd, inside(start, tap, p, width));
      }
      if (to + 32 <= end) putPair(to, even, odd, addend, writes);
      else {
        v128.store(lines, even);
        v128.store(lines, odd, 16);
        interleave(to, lines, 16, <i32>(end - to) >> 2, 2, addend, writes);
      }
      p += 4;
      to += 32;
    }
  }
}

/** What a tap brings outputs `p` to `p + 3` from a line of `width` inputs: zero from where there are none. */
// @ts-ignore: decorator
@inline
function inside(line: usize, tap: usize, p: i32, width: i32): v128 {
  const x = load<i32>(tap, 4) + p;
  if (x <= -4 || x >= width) return f32x4.splat(0);
  const values = v128.load(line + address(load<i32>(tap) + x));
  if (x >= 0 && x + 4 <= width) return values;
  return v128.and(values, i32x4.lt_u(i32x4.add(i32x4.splat(x), i32x4(0, 1, 2, 3)), i32x4.splat(width)));
}

/** Takes columns from the outputs that they belong to (im2col), zero where there are none. Parameters as in `scatter`. */
export function gather(table: i32, range: i32, columns: i32, source: i32, channels: i32): void {
  const outputWidth = entry(table, 0), stride = entry(table, 2);
  const firstX = entry(range, 0), width = entry(range, 1);
  const ends = table + 7;
  const taps = ends + stride;
  for (let channel = 0; channel < channels; channel++, columns += entry(table, 3), source += entry(table, 1)) {
    let row = range + 5;
    for (let rows = entry(range, 4); rows > 0; rows--) {
      const output = entry(row, 0);
      const end = row + 3 + entry(row, 2);
      for (let at = row + 3; at < end; at++) for (let residue = 0; residue < stride; residue++) {
        const reach = output < 0 ? 0 : (outputWidth - residue + stride - 1) / stride;
        for (let tap = taps + entry(ends, residue - 1); tap < taps + entry(ends, residue); tap += 2) {
          const line = address(columns + entry(at, 0) + entry(tap, 0));
          const first = entry(tap, 1) - firstX;
          const low = min(width, max(0, first));
          const high = max(low, min(width, first + reach));
          zero(line, low);
          take(line + address(low), address(source + output + residue + (low - first) * stride), high - low, stride);
          zero(line + address(high), width - high);
        }
      }
      row = end;
    }
  }
}

function zero(target: usize, count: i32): void {
  for (const end = target + address(count); target < end; target += 4) store<f32>(target, 0);
}
