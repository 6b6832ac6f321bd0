import FFT from 'fft.js';
import { brightness, crop, type Picture } from './picture';

/**
 * The logarithm of the two-dimensional Fourier magnitude, frequency 0 in the middle, between 0 and 1. Computed on the
 * largest square of a power of two in the middle of the picture, under a Hann window against its borders.
 */
export function logSpectrum(picture: Picture): Picture {
  const size = 2 ** Math.floor(Math.log2(Math.max(2, Math.min(picture.height, picture.width, 256))));
  const grey = brightness(crop(picture, Math.floor((picture.height - size) / 2), Math.floor((picture.width - size) / 2), size, size));
  const mean = grey.data.reduce((sum, value) => sum + value, 0) / grey.data.length;
  const window = Float64Array.from({ length: size }, (_, index) => 0.5 - 0.5 * Math.cos(2 * Math.PI * (index + 0.5) / size));
  const fft = new FFT(size);
  // Real and imaginary parts in turn, row after row.
  const rows = new Float64Array(2 * size * size);
  const line = new Float64Array(size);
  const transformed = new Float64Array(2 * size);
  for (let y = 0; y < size; y++) {
    const start = y * size;
    const weight = window[y] ?? 0;
    for (let x = 0; x < size; x++) line[x] = ((grey.data[start + x] ?? 0) - mean) * weight * (window[x] ?? 0);
    fft.realTransform(transformed, line);
    rows.set(transformed, 2 * size * y);
  }
  // Of real numbers: the other half is the same, turned by half a circle.
  const half = size / 2;
  const magnitude = new Float32Array(size * size);
  const column = new Float64Array(2 * size);
  let most = 0;
  for (let x = 0; x <= half; x++) {
    for (let y = 0; y < size; y++) {
      column[2 * y] = rows[2 * (y * size + x)] ?? 0;
      column[2 * y + 1] = rows[2 * (y * size + x) + 1] ?? 0;
    }
    fft.transform(transformed, column);
    for (let y = 0; y < size; y++) {
      const value = Math.sqrt((transformed[2 * y] ?? 0) ** 2 + (transformed[2 * y + 1] ?? 0) ** 2);
      magnitude[y * size + x] = value;
      magnitude[(size - y) % size * size + (size - x) % size] = value;
      if (value > most) most = value;
    }
  }
  // Four decades are shown; anything fainter is rounding.
  const floor = Math.max(most * 1e-4, size * size * 1e-9);
  const decades = Math.log(Math.max(most / floor, 1 + 1e-9));
  const data = new Float32Array(size * size);
  for (let y = 0; y < size; y++) for (let x = 0; x < size; x++) {
    const value = magnitude[((y + half) % size) * size + (x + half) % size] ?? 0;
    data[y * size + x] = value <= floor ? 0 : Math.log(value / floor) / decades;
  }
  return { planes: 1, height: size, width: size, data };
}
