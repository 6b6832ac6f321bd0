// Packs bytes for `src/kernel/unpack.ts`, which says what the packed form is.

/**
 * @param {Uint8Array} bytes
 * @returns {string} a character a digit
 */
export function compress(bytes) {
  const coder = new Coder();
  let [at, last, flag] = [0, 0, 0];
  for (const { length, distance } of cheapestPieces(bytes)) {
    flag = coder.bit(flag, Number(distance > 0));
    if (distance === 0) {
      // Which local variable is meant has chances of its own.
      const own = (bytes[at - 1] ?? 0) >> 2 === 8 ? 512 : 256;
      let value = 1;
      for (let bit = 7; bit >= 0; bit--) value = 2 * value + coder.bit(value + own, (bytes[at] ?? 0) >> bit & 1);
    } else {
      const isNew = coder.bit(2, Number(distance !== last));
      if (isNew) coder.number(64, distance);
      coder.number(isNew ? 128 : 192, length);
      last = distance;
    }
    at += length;
  }
  return coder.finish();
}

/** Of the digits: printable characters but for quote and backslash, which would need two. */
const base = 91;

/** Narrows an interval bit by bit, each in proportion to its chance: its lower part stands for 1. */
class Coder {
  chances = new Int16Array(768).fill(2048);
  range = 1;
  low = 0n;
  length = 0;

  /**
   * @param {number} place whose chance it is
   * @param {number} bit
   */
  bit(place, bit) {
    for (; this.range < 1 << 20; this.range *= base, this.length++) this.low *= BigInt(base);
    const chance = this.chances[place] ?? 0;
    const bound = (this.range >> 12) * chance;
    if (bit === 0) this.low += BigInt(bound);
    this.range = bit === 1 ? bound : this.range - bound;
    this.chances[place] = chance + ((bit * 4096 - chance) / 16 | 0);
    return bit;
  }

  /**
   * The digits after the first, each behind a 1, then a 0.
   * @param {number} place
   * @param {number} value at least 1
   */
  number(place, value) {
    for (const digit of value.toString(2).slice(1)) {
      this.bit(place, 1);
      this.bit(place + 1, Number(digit));
      place += 2;
    }
    this.bit(place, 0);
  }

  /** As many digits as were asked for. */
  finish() {
    let [number, text] = [this.low, ''];
    for (let digit = 0; digit < this.length; digit++, number /= BigInt(base)) {
      const code = Number(number % BigInt(base)) + 35;
      text = String.fromCharCode(code === 92 ? 33 : code) + text;
    }
    return text;
  }
}

/** What a piece will cost in bits, by experience. */
const literalCost = 5.5;
/** @param {number} value */
const numberCost = value => 1 + 1.4 * Math.floor(Math.log2(value));

/**
 * @param {Uint8Array} bytes
 * @returns {readonly { readonly length: number, readonly distance: number }[]} each repeats what stands so far back; distance 0: a byte as it is
 */
function cheapestPieces(bytes) {
  /** @type {{ cost: number, length: number, distance: number, last: number }[]} the cheapest way to each place: its last piece, and how far back it went last */
  const ways = [{ cost: 0, length: 0, distance: 0, last: 0 }];
  /** @type {Map<string, number[]>} where each pair of bytes was */
  const seen = new Map();
  for (let at = 0; at < bytes.length; at++) {
    const { cost = 0, last = 0 } = ways[at] ?? {};
    /** @type {(length: number, distance: number, bits: number) => void} */
    const offer = (length, distance, bits) => {
      if (cost + bits < (ways[at + length]?.cost ?? Infinity)) ways[at + length] = { cost: cost + bits, length, distance, last: distance === 0 ? last : distance };
    };
    /** @param {number} distance */
    const repeated = distance => {
      let length = 0;
      while (at + length < bytes.length && bytes[at + length] === bytes[at + length - distance]) length++;
      return length;
    };
    offer(1, 0, literalCost);
    for (let length = last > 0 ? repeated(last) : 0; length > 0; length--) offer(length, last, 2 + numberCost(length));
    const pair = bytes.subarray(at, at + 2).toString();
    const places = seen.get(pair) ?? [];
    let longest = 1;
    for (const place of [...places].reverse()) {
      const length = repeated(at - place);
      while (longest < length) offer(++longest, at - place, 2 + numberCost(at - place) + numberCost(longest));
    }
    seen.set(pair, places);
    places.push(at);
  }
  const pieces = [];
  for (let at = bytes.length, way = ways[at]; at > 0 && way; at -= way.length, way = ways[at]) pieces.push(way);
  return pieces.reverse();
}
