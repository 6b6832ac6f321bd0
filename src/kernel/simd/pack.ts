// Moving numbers into the order in which the inner loops read them, and results back.

import { address, mulAdd } from './memory';

/**
 * `from[k·depthStride + lane·laneStride]` as panels of `width` lanes, each `[depth, width]`; lanes
 * past the last are zero.
 */
export function pack(to: i32, from: i32, depth: i32, lanes: i32, depthStride: i32, laneStride: i32, width: i32): void {
  let target = address(to);
  for (let first = 0; first < lanes; first += width) {
    const filled = min(width, lanes - first);
    let source = address(from + first * laneStride);
    for (let k = 0; k < depth; k++, source += address(depthStride), target += address(width)) {
      let lane = 0;
      if (laneStride == 1) {
        for (; lane + 4 <= filled; lane += 4) v128.store(target + address(lane), v128.load(source + address(lane)));
      }
      for (; lane < width; lane++) {
        store<f32>(target + address(lane), lane < filled ? load<f32>(source + address(lane * laneStride)) : 0);
      }
    }
  }
}

/** `to[i] += factor·from[i]`, whole vectors of it */
export function add(to: i32, from: i32, count: i32, factor: f32): void {
  for (let i: usize = 0; i < address(count); i += 16) v128.store(address(to) + i, mulAdd(f32x4.splat(factor), v128.load(address(from) + i), v128.load(address(to) + i)));
}

/** `to[r·toPitch + c] = from[r·fromPitch + c] + bias[r]`; a bias at place 0 is none. */
export function copyRows(to: i32, toPitch: i32, from: i32, fromPitch: i32, rows: i32, columns: i32, bias: i32): void {
  for (let r = 0; r < rows; r++) {
    const addend = bias > 0 ? load<f32>(address(bias + r)) : 0;
    let source = address(from + r * fromPitch);
    let target = address(to + r * toPitch);
    const end = target + address(columns);
    for (; target + 16 <= end; target += 16, source += 16) v128.store(target, f32x4.add(v128.load(source), f32x4.splat(addend)));
    for (; target < end; target += 4, source += 4) store<f32>(target, load<f32>(source) + addend);
  }
}

export function fillLine(to: usize, end: usize, value: v128): void {
  for (; to + 16 <= end; to += 16) v128.store(to, value);
  for (; to < end; to += 4) v128.store32_lane(to, value, 0);
}

/** `count` numbers, `stride` apart in `source`, side by side. */
export function take(target: usize, source: usize, count: i32, stride: i32): void {
  const end = target + address(count);
  if (stride == 1) {
    for (; target + 16 <= end; target += 16, source += 16) v128.store(target, v128.load(source));
  } else if (stride == 2) {
    // The last vector would read past the last number taken: leave it to the loop below.
    for (; target + 16 < end; target += 16, source += 32) {
      v128.store(target, v128.shuffle<f32>(v128.load(source), v128.load(source, 16), 0, 2, 4, 6));
    }
  }
  for (; target < end; target += 4, source += address(stride)) store<f32>(target, load<f32>(source));
}
