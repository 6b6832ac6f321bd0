import { opaque, type Levels, type Pixels } from '../images/pixels';
import { diverging, sequential, type Rgb } from './colour';

const tables: Readonly<Record<Levels['map'], Uint32Array>> = {
  signed: packed(level => diverging(level / 255 * 2 - 1)), amount: packed(level => sequential(level / 255)),
};
const made = new WeakMap<Levels, Pixels>();

/** The picture in the colours of its map; made once. */
export function coloured(picture: Levels): Pixels {
  const before = made.get(picture);
  if (before !== undefined) return before;
  const { width, height, levels, map } = picture;
  const table = tables[map];
  const data = new Uint8ClampedArray(levels.length * 4);
  const words = new Uint32Array(data.buffer);
  for (let index = 0; index < levels.length; index++) words[index] = table[levels[index] ?? 0] ?? opaque;
  const pixels = { width, height, data };
  made.set(picture, pixels);
  return pixels;
}

function packed(colour: (level: number) => Rgb): Uint32Array {
  return Uint32Array.from({ length: 256 }, (_, level) => {
    const [red, green, blue] = colour(level);
    return opaque | blue << 16 | green << 8 | red;
  });
}
