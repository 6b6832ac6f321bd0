import { address } from './memory';

/**
 * As many lines as the stride, `pitch` bytes apart, into one of `width` numbers, in turn.
 * @param writes whether to write lines plus `addend`, or to add lines to what is there
 */
export function interleave(to: usize, lines: usize, pitch: usize, width: i32, stride: i32, addend: v128, writes: bool): void {
  const end = to + address(width);
  if (stride == 1) {
    for (; to + 16 <= end; to += 16, lines += 16) put(to, v128.load(lines), addend, writes);
  } else if (stride == 2) {
    for (; to + 32 <= end; to += 32, lines += 16) {
      putPair(to, v128.load(lines), v128.load(lines + pitch), addend, writes);
    }
  } else if (stride == 3) {
    for (; to + 48 <= end; to += 48, lines += 16) {
      const a = v128.load(lines), b = v128.load(lines + pitch), c = v128.load(lines + 2 * pitch);
      put(to, v128.shuffle<f32>(v128.shuffle<f32>(a, b, 0, 4, 1, 5), c, 0, 1, 4, 2), addend, writes);
      put(to + 16, v128.shuffle<f32>(v128.shuffle<f32>(b, c, 1, 5, 2, 6), a, 0, 1, 6, 2), addend, writes);
      put(to + 32, v128.shuffle<f32>(v128.shuffle<f32>(c, a, 2, 7, 3, 3), b, 0, 1, 7, 2), addend, writes);
    }
  } else if (stride == 4) {
    // Two of every other line first, then these two.
    for (; to + 64 <= end; to += 64, lines += 16) {
      const a = v128.load(lines), b = v128.load(lines + pitch), c = v128.load(lines + 2 * pitch), d = v128.load(lines + 3 * pitch);
      putPair(to, v128.shuffle<f32>(a, c, 0, 4, 1, 5), v128.shuffle<f32>(b, d, 0, 4, 1, 5), addend, writes);
      putPair(to + 32, v128.shuffle<f32>(a, c, 2, 6, 3, 7), v128.shuffle<f32>(b, d, 2, 6, 3, 7), addend, writes);
    }
  }
  const one = f32x4.extract_lane(addend, 0);
  for (; to < end; lines += 4) {
    let from = lines;
    for (let residue = 0; residue < stride && to < end; residue++, from += pitch, to += 4) {
      store<f32>(to, load<f32>(from) + (writes ? one : load<f32>(to)));
    }
  }
}

// @ts-ignore: decorator
@inline
function put(to: usize, values: v128, addend: v128, writes: bool): void {
  v128.store(to, f32x4.add(values, writes ? addend : v128.load(to)));
}

// @ts-ignore: decorator
@inline
export function putPair(to: usize, even: v128, odd: v128, addend: v128, writes: bool): void {
  put(to, v128.shuffle<f32>(even, odd, 0, 4, 1, 5), addend, writes);
  put(to + 16, v128.shuffle<f32>(even, odd, 2, 6, 3, 7), addend, writes);
}
