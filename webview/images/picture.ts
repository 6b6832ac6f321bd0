/** Planes of brightness or of red, green and blue, from 0 to 1 where not computed: `[planes, height, width]`. */
export interface Picture {
  readonly planes: number;
  readonly height: number;
  readonly width: number;
  readonly data: Float32Array;
}

export function makePicture(planes: number, height: number, width: number, value: (plane: number, y: number, x: number) => number): Picture {
  const data = new Float32Array(planes * height * width);
  let index = 0;
  for (let plane = 0; plane < planes; plane++) for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) data[index++] = value(plane, y, x);
  return { planes, height, width, data };
}

/** The one plane, or the luminance of three (Rec. 709 weights). */
export function brightness(picture: Picture): Picture {
  if (picture.planes === 1) return picture;
  const { height, width, data } = picture;
  const area = height * width;
  const grey = new Float32Array(area);
  for (let index = 0; index < area; index++) {
    grey[index] = 0.2126 * (data[index] ?? 0) + 0.7152 * (data[index + area] ?? 0) + 0.0722 * (data[index + 2 * area] ?? 0);
  }
  return { planes: 1, height, width, data: grey };
}

/** Smaller by whole blocks, each the mean of its pixels. */
export function reduce(picture: Picture, factorY: number, factorX: number): Picture {
  const height = Math.floor(picture.height / factorY);
  const width = Math.floor(picture.width / factorX);
  return makePicture(picture.planes, height, width, (plane, y, x) => {
    let sum = 0;
    for (let row = 0; row < factorY; row++) for (let column = 0; column < factorX; column++) {
      sum += picture.data[(plane * picture.height + y * factorY + row) * picture.width + x * factorX + column] ?? 0;
    }
    return sum / (factorY * factorX);
  });
}

/** The picture at the given size: whole blocks averaged, the rest by nearest neighbour. */
export function resized(picture: Picture, size: number): Picture {
  const factor = Math.max(1, Math.floor(picture.width / size));
  const smaller = factor > 1 ? reduce(picture, factor, factor) : picture;
  const data = new Float32Array(picture.planes * size * size);
  for (let plane = 0; plane < picture.planes; plane++) for (let y = 0; y < size; y++) for (let x = 0; x < size; x++) {
    const row = Math.min(smaller.height - 1, Math.floor((y + 0.5) * smaller.height / size));
    const column = Math.min(smaller.width - 1, Math.floor((x + 0.5) * smaller.width / size));
    data[(plane * size + y) * size + x] = smaller.data[(plane * smaller.height + row) * smaller.width + column] ?? 0;
  }
  return { planes: picture.planes, height: size, width: size, data };
}

/** A rectangle of it. */
export function crop(picture: Picture, top: number, left: number, height: number, width: number): Picture {
  return makePicture(picture.planes, height, width, (plane, y, x) =>
    picture.data[(plane * picture.height + y + top) * picture.width + x + left] ?? 0);
}

/** Least and greatest value, NaN left out. */
export function extent(picture: Picture): readonly [least: number, most: number] {
  let least = Infinity;
  let most = -Infinity;
  for (const value of picture.data) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return least <= most ? [least, most] : [0, 1];
}
