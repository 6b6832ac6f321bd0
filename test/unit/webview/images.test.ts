import assert from 'node:assert/strict';
import type { Axis } from '../../../src/geometry/axis';
import { convolution, transposedConvolution } from '../../../src/kernel/transposedConvolution';
import { coloured } from '../../../webview/canvas/coloured';
import { checkerboardScore, enlarge, pictureKernel, type Convolve, type PictureLayer } from '../../../webview/images/layerOnPicture';
import { makePicture, type Picture } from '../../../webview/images/picture';
import { toLevels, toPixels, type Pixels } from '../../../webview/images/pixels';
import { sample } from '../../../webview/images/samples';
import { logSpectrum } from '../../../webview/images/spectrum';
import { sampleNames } from '../../../webview/state/image';

const uneven: Axis = { inputSize: 16, kernelSize: 3, stride: 2, dilation: 1, cropLeft: 1, outputSize: 32 };
const even: Axis = { ...uneven, kernelSize: 4 };

const convolve: Convolve = (direction, geometry, input, weights) =>
  Promise.resolve(direction === 'forward' ? transposedConvolution(geometry, input, weights) : convolution(geometry, input, weights));

async function score(axis: Axis, kernel: Parameters<typeof pictureKernel>[0], repeats = 1): Promise<number | undefined> {
  const layer: PictureLayer = { axes: [axis, axis], kernel: axes => pictureKernel(kernel, axes, 3) };
  const result = await enlarge(sample('flat', 16), Array.from({ length: repeats }, () => layer), convolve);
  return result === undefined ? undefined : checkerboardScore(result);
}

describe('the checkerboard score', () => {
  it('is the spread of the counts for equal weights', async () => {
    // Products of 1 and 2: mean 9/4, variance (1 + 4 + 4 + 16)/4 - 81/16.
    assert.ok(Math.abs((await score(uneven, 'constant') ?? NaN) - Math.sqrt(19 / 16) / (9 / 4)) < 1e-6);
  });

  for (const kernel of ['constant', 'bilinear', 'icnr'] as const) {
    it(`is zero for ${kernel} weights on an even layer, also twice`, async () => {
      assert.ok((await score(even, kernel) ?? NaN) < 1e-6);
      assert.ok((await score(even, kernel, 2) ?? NaN) < 1e-6);
    });
  }

  it('is not zero for random weights, even or not', async () => {
    assert.ok((await score(even, 'random') ?? 0) > 0.01);
    assert.ok((await score(uneven, 'random') ?? 0) > 0.3);
  });

  it('is not known where nothing but edges is left', () => {
    assert.equal(checkerboardScore({ picture: sample('flat', 4), margins: [{ left: 2, right: 2 }, { left: 0, right: 0 }], periods: [2, 2] }), undefined);
  });
});

describe('pictures', () => {
  for (const name of sampleNames) {
    it(`sample ${name} lies between 0 and 1, the same every time`, () => {
      const picture = sample(name, 64);
      assert.ok(picture.data.every(value => value >= 0 && value <= 1));
      assert.deepEqual(sample(name, 64).data, picture.data);
    });
  }

  it('have their frequencies where they belong in the spectrum', () => {
    const size = 32;
    const wave = makePicture(1, size, size, (_, _y, x) => Math.cos(2 * Math.PI * 8 * x / size));
    const spectrum = logSpectrum(wave);
    const at = (y: number, x: number): number => spectrum.data[y * size + x] ?? 0;
    assert.ok(at(16, 16 + 8) > 0.95);
    assert.ok(at(16, 16 - 8) > 0.95);
    assert.ok(at(16 + 8, 16) < 0.3);
  });
});

describe('pixels', () => {
  const row = (...values: readonly number[]): Picture => makePicture(1, 1, values.length, (_plane, _y, x) => values[x] ?? 0);
  const colours = (pixels: Pixels): readonly string[] => Array.from({ length: pixels.width }, (_, x) => [...pixels.data.slice(4 * x, 4 * x + 4)].join());

  it('are grey between the ends of the range, cut off beyond, and opaque', () => {
    assert.deepEqual(colours(toPixels(row(-1, 0, 0.5, 1, 7, NaN), [0, 1])),
      ['0,0,0,255', '0,0,0,255', '128,128,128,255', '255,255,255,255', '255,255,255,255', '0,0,0,255']);
  });

  it('have the colours of a picture that has some', () => {
    const picture = makePicture(3, 1, 1, plane => [1, 0.5, 0][plane] ?? 0);
    assert.deepEqual(colours(toPixels(picture, [0, 1])), ['255,128,0,255']);
  });

  it('of a signed map are as far from the middle for a value as for its negative', () => {
    assert.deepEqual([...toLevels(row(-0.5, -0.25, 0, 0.25, 0.5), 'signed', [-0.2, 0.5]).levels], [0, 64, 128, 191, 255]);
    const [least, middle, most] = colours(coloured(toLevels(row(-1, 0, 1), 'signed', [-1, 1])));
    assert.equal(new Set([least, middle, most]).size, 3);
  });
});
