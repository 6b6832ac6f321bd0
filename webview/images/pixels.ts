import { brightness, type Picture } from './picture';

/** A picture ready to be put on a canvas: red, green, blue and opacity of each pixel. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray<ArrayBuffer>;
}

/** A picture of one number a pixel, from 0 to 255, that is yet to be given colours. */
export interface Levels {
  readonly width: number;
  readonly height: number;
  readonly levels: Uint8Array<ArrayBuffer>;
  /** `signed`: two hues, the middle between them is zero; `amount`: dark to light. */
  readonly map: 'signed' | 'amount';
}

/** The values that the ends of the colours stand for. */
export type Range = readonly [least: number, most: number];

/** A canvas keeps red, green, blue, opacity; the machines that run a browser are little-endian. */
export const opaque = 0xff000000;

/** In its own colours, or grey. */
export function toPixels(picture: Picture, [least, most]: Range): Pixels {
  const { width, height, planes, data: values } = picture;
  const area = width * height;
  const data = new Uint8ClampedArray(area * 4);
  const words = new Uint32Array(data.buffer);
  const scale = 255 / (most - least || 1);
  if (planes === 3) {
    for (let index = 0; index < area; index++) {
      const red = level(((values[index] ?? 0) - least) * scale);
      const green = level(((values[index + area] ?? 0) - least) * scale);
      const blue = level(((values[index + 2 * area] ?? 0) - least) * scale);
      words[index] = opaque | blue << 16 | green << 8 | red;
    }
  } else {
    for (let index = 0; index < area; index++) words[index] = opaque | level(((values[index] ?? 0) - least) * scale) * 0x010101;
  }
  return { width, height, data };
}

/** For a colour map; around zero its range is made even. */
export function toLevels(picture: Picture, map: Levels['map'], range: Range): Levels {
  const bound = Math.max(Math.abs(range[0]), Math.abs(range[1]), 1e-9);
  const [least, most] = map === 'signed' ? [-bound, bound] : range;
  const scale = 255 / (most - least || 1);
  const { width, height, data } = brightness(picture);
  const levels = new Uint8Array(width * height);
  for (let index = 0; index < levels.length; index++) levels[index] = level(((data[index] ?? 0) - least) * scale);
  return { width, height, map, levels };
}

/** Rounded, within the table; NaN is the lowest. */
function level(value: number): number {
  return value >= 255 ? 255 : value > 0 ? (value + 0.5) | 0 : 0;
}
