import { diverging, sequential, type Rgb } from '../canvas/colour';
import { brightness, type Picture } from './picture';

/** A picture ready to be put on a canvas: red, green, blue and opacity of each pixel. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray<ArrayBuffer>;
}

/** How numbers become colours. */
export interface PictureStyle {
  /** `natural`: as it is; `signed`: two hues around zero; `amount`: dark to light. */
  readonly map: 'natural' | 'signed' | 'amount';
  /** The values that the map's ends stand for. */
  readonly range: readonly [least: number, most: number];
}

const levels = 256;
/** A canvas keeps red, green, blue, opacity; the machines that run a browser are little-endian. */
const opaque = 0xff000000;
const signedTable = packed(level => diverging(level / (levels - 1) * 2 - 1));
const amountTable = packed(level => sequential(level / (levels - 1)));
const greyTable = packed(level => [level, level, level]);

export function toPixels(picture: Picture, style: PictureStyle): Pixels {
  const { width, height } = picture;
  const area = width * height;
  const data = new Uint8ClampedArray(area * 4);
  const words = new Uint32Array(data.buffer);
  const [least, most] = style.map === 'signed' ? symmetric(style.range) : style.range;
  const scale = 255 / (most - least || 1);
  if (style.map === 'natural' && picture.planes === 3) {
    for (let index = 0; index < area; index++) {
      const red = level(((picture.data[index] ?? 0) - least) * scale);
      const green = level(((picture.data[index + area] ?? 0) - least) * scale);
      const blue = level(((picture.data[index + 2 * area] ?? 0) - least) * scale);
      words[index] = opaque | blue << 16 | green << 8 | red;
    }
    return { width, height, data };
  }
  const table = style.map === 'natural' ? greyTable : style.map === 'signed' ? signedTable : amountTable;
  const values = brightness(picture).data;
  for (let index = 0; index < area; index++) words[index] = table[level(((values[index] ?? 0) - least) * scale)] ?? opaque;
  return { width, height, data };
}

function packed(colour: (level: number) => Rgb): Uint32Array {
  return Uint32Array.from({ length: levels }, (_, level) => {
    const [red, green, blue] = colour(level);
    return (opaque | blue << 16 | green << 8 | red) >>> 0;
  });
}

/** Rounded, within the table; NaN is the lowest. */
function level(value: number): number {
  return value >= 255 ? 255 : value > 0 ? (value + 0.5) | 0 : 0;
}

function symmetric([least, most]: PictureStyle['range']): PictureStyle['range'] {
  const bound = Math.max(Math.abs(least), Math.abs(most), 1e-9);
  return [-bound, bound];
}
