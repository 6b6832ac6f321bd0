/**
 * Undoes what `scripts/lib/compress.mjs` does. The packed text is one number to the base 91, a place in an interval that
 * every bit divides in proportion to its chance (arithmetic coding); chances follow what has been met. Places of chances, in parts of 4096:
 * - 0, 1: whether a repetition comes, after a byte as it is or after a repetition; 2: whether from another distance than the last
 * - from 64 the distance, from 128 the length, from 192 that of a repetition from the last distance
 * - from 257 a byte as it is, from its highest bit on; from 513 one after local.get, local.set or local.tee (32 to 35)
 * @param packed a character a digit
 * @param length how many bytes to unpack
 */
export function unpack(packed: string, length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  const chances = new Int16Array(768).fill(2048);
  let [read, range, code, at, distance, flag] = [0, 1, 0, 0, 0, 0];
  const bit = (place: number): number => {
    for (; range < 1 << 20; range *= 91) {
      const digit = packed.charCodeAt(read++) - 35;
      // The backslash, which would need two characters, is replaced.
      code = code * 91 + (digit < 0 ? 57 : digit);
    }
    const chance = chances[place] as number;
    const bound = (range >> 12) * chance;
    const one = code < bound ? 1 : 0;
    range = one ? bound : range - bound;
    code -= one ? 0 : bound;
    chances[place] = chance + ((one * 4096 - chance) / 16 | 0);
    return one;
  };
  /** Binary digits after the first, each behind a 1, then a 0. */
  const number = (place: number): number => {
    let value = 1;
    for (; bit(place); place += 2) value = 2 * value + bit(place + 1);
    return value;
  };
  while (at < length) {
    flag = bit(flag);
    if (flag) {
      const isNew = bit(2);
      if (isNew) distance = number(64);
      for (let end = at + number(isNew ? 128 : 192); at < end; at++) bytes[at] = bytes[at - distance] as number;
    } else {
      const own = (bytes[at - 1] as number) >> 2 === 8 ? 512 : 256;
      let value = 1;
      while (value < 256) value = 2 * value + bit(value + own);
      bytes[at++] = value;
    }
  }
  return bytes;
}
