import FFT from 'fft.js';
import { brightness, makePicture, type Picture } from './picture';

/**
 * The logarithm of the two-dimensional Fourier magnitude, frequency 0 in the middle, between 0 and 1. Computed on the
 * largest square of a power of two in the middle of the picture, under a Hann window against its borders.
 */
export function logSpectrum(picture: Picture): Picture {
  const grey = brightness(picture);
  const size = 2 ** Math.floor(Math.log2(Math.max(2, Math.min(grey.height, grey.width, 256))));
  const top = Math.floor((grey.height - size) / 2);
  const left = Math.floor((grey.width - size) / 2);
  const mean = grey.data.reduce((sum, value) => sum + value, 0) / grey.data.length;
  const window = Array.from({ length: size }, (_, index) => 0.5 - 0.5 * Math.cos(2 * Math.PI * (index + 0.5) / size));
  const fft = new FFT(size);
  const rows: number[][] = [];
  for (let y = 0; y < size; y++) {
    const row = Array.from({ length: size }, (_, x) =>
      ((grey.data[(y + top) * grey.width + x + left] ?? 0) - mean) * (window[y] ?? 0) * (window[x] ?? 0));
    const out: number[] = fft.createComplexArray();
    fft.realTransform(out, row);
    fft.completeSpectrum(out);
    rows.push(out);
  }
  const magnitude = new Float32Array(size * size);
  for (let x = 0; x < size; x++) {
    const column: number[] = [];
    for (const row of rows) column.push(row[2 * x] ?? 0, row[2 * x + 1] ?? 0);
    const out: number[] = fft.createComplexArray();
    fft.transform(out, column);
    for (let y = 0; y < size; y++) magnitude[y * size + x] = Math.hypot(out[2 * y] ?? 0, out[2 * y + 1] ?? 0);
  }
  const most = magnitude.reduce((greatest, value) => Math.max(greatest, value), 0);
  const half = size / 2;
  // Four decades are shown; anything fainter is rounding.
  const floor = Math.max(most * 1e-4, size * size * 1e-9);
  return makePicture(1, size, size, (_, y, x) => {
    const value = magnitude[((y + half) % size) * size + (x + half) % size] ?? 0;
    return value <= floor ? 0 : Math.log(value / floor) / Math.log(Math.max(most / floor, 1 + 1e-9));
  });
}
