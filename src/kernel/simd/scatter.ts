// Between columns (one line of input positions for each tap) and the output side.
//
// The table of both directions: input height; output height, width, plane; strides and numbers of taps
// of the three axes; then for each tap of depth, height and width its first input, count and first output.

import { address, entry } from './memory';
import { take } from './pack';

/**
 * Adds columns to the outputs that they belong to (col2im).
 * @param columns `[channels·taps, pitch]`, of which a line holds rows `firstRow` to `endRow` of the
 * input, a row being a line along the width, and of each the numbers `firstX` to `endX`
 * @param result planes of `channels` channels
 */
export function scatter(table: i32, columns: i32, pitch: i32, result: i32, channels: i32, firstRow: i32, endRow: i32, firstX: i32, endX: i32): void {
  walk(table, columns, pitch, result, channels, firstRow, endRow, firstX, endX, true);
}

/** Takes columns from the outputs that they belong to (im2col), zero where there are none. Parameters as in `scatter`. */
export function gather(table: i32, columns: i32, pitch: i32, source: i32, channels: i32, firstRow: i32, endRow: i32, firstX: i32, endX: i32): void {
  walk(table, columns, pitch, source, channels, firstRow, endRow, firstX, endX, false);
}

function walk(table: i32, columns: i32, pitch: i32, planes: i32, channels: i32, firstRow: i32, endRow: i32, firstX: i32, endX: i32, adding: bool): void {
  const inputHeight = entry(table, 0);
  const outputHeight = entry(table, 1), outputWidth = entry(table, 2), outputPlane = entry(table, 3);
  const strideZ = entry(table, 4), strideY = entry(table, 5), strideX = entry(table, 6);
  const tapsZ = entry(table, 7), tapsY = entry(table, 8), tapsX = entry(table, 9);
  const pairs = adding && entry(table, 10) != 0;
  const width = endX - firstX;
  for (let channel = 0; channel < channels; channel++, planes += outputPlane) {
    for (let tz = 0; tz < tapsZ; tz++) for (let ty = 0; ty < tapsY; ty++) {
      const tapZ = table + 11 + 3 * tz;
      const tapY = table + 11 + 3 * (tapsZ + ty);
      for (let tx = 0; tx < tapsX; tx++) {
        const tapX = table + 11 + 3 * (tapsZ + tapsY + tx);
        let low = max(entry(tapX, 0), firstX);
        let high = max(low, min(entry(tapX, 0) + entry(tapX, 1), endX));
        const shift = entry(tapX, 2) - entry(tapX, 0) * strideX;
        const paired = pairs && tx + 1 < tapsX;
        const nextLow = paired ? max(entry(tapX, 3), firstX) : low;
        const nextHigh = paired ? max(nextLow, min(entry(tapX, 3) + entry(tapX, 4), endX)) : high;
        let line = address(columns);
        let z = firstRow / inputHeight, y = firstRow % inputHeight;
        for (let row = firstRow; row < endRow; row++, line += address(width)) {
          const inZ = z - entry(tapZ, 0), inY = y - entry(tapY, 0);
          const reached = <u32>inZ < <u32>entry(tapZ, 1) && <u32>inY < <u32>entry(tapY, 1);
          const start = address(planes + shift + outputWidth * (entry(tapY, 2) + inY * strideY + outputHeight * (entry(tapZ, 2) + inZ * strideZ)));
          if (++y == inputHeight) { y = 0; z++; }
          if (adding) {
            if (!reached) continue;
            if (pairs) addPair(start, line, paired ? line + address(pitch) : 0, low, high, nextLow, nextHigh, firstX);
            else add(start, line, low, high, strideX, firstX);
          } else if (reached) {
            zero(line, low - firstX);
            take(line + address(low - firstX), start + address(low * strideX), high - low, strideX);
            zero(line + address(high - firstX), endX - high);
          } else zero(line, width);
        }
        columns += pitch;
        if (paired) { columns += pitch; tx++; }
      }
    }
  }
}

function zero(target: usize, count: i32): void {
  for (const end = target + address(count); target < end; target += 4) store<f32>(target, 0);
}

/** Numbers `low` to `high` of a line, that starts with number `first`, to every `stride`-th output. */
function add(start: usize, line: usize, low: i32, high: i32, stride: i32, first: i32): void {
  let source = line + address(low - first);
  let target = start + address(low * stride);
  const end = line + address(high - first);
  if (stride == 1) {
    for (; source + 16 <= end; source += 16, target += 16) v128.store(target, f32x4.add(v128.load(target), v128.load(source)));
  }
  for (; source < end; source += 4, target += address(stride)) store<f32>(target, load<f32>(target) + load<f32>(source));
}

/** Two neighbouring taps at stride 2: their outputs alternate. `next` 0 means there is no second. */
function addPair(start: usize, line: usize, next: usize, low: i32, high: i32, nextLow: i32, nextHigh: i32, first: i32): void {
  const bothLow = max(low, nextLow);
  const bothHigh = max(bothLow, min(high, nextHigh));
  add(start, line, low, min(bothLow, high), 2, first);
  add(start, line, max(low, bothHigh), high, 2, first);
  if (next != 0) {
    add(start + 4, next, nextLow, min(bothLow, nextHigh), 2, first);
    add(start + 4, next, max(nextLow, bothHigh), nextHigh, 2, first);
  }
  let target = start + address(2 * bothLow);
  let x = bothLow;
  for (; x + 4 <= bothHigh; x += 4, target += 32) {
    const left = v128.load(line + address(x - first));
    const right = next != 0 ? v128.load(next + address(x - first)) : f32x4.splat(0);
    v128.store(target, f32x4.add(v128.load(target), v128.shuffle<f32>(left, right, 0, 4, 1, 5)));
    v128.store(target, f32x4.add(v128.load(target, 16), v128.shuffle<f32>(left, right, 2, 6, 3, 7)), 16);
  }
  add(start, line, x, bothHigh, 2, first);
  if (next != 0) add(start + 4, next, x, bothHigh, 2, first);
}
