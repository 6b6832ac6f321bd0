import assert from 'node:assert/strict';
import type { Axis } from '../../../src/geometry/axis';
import { checkerboardScore, enlarge, pictureKernel } from '../../../webview/images/layerOnPicture';
import { makePicture } from '../../../webview/images/picture';
import { sample } from '../../../webview/images/samples';
import { logSpectrum } from '../../../webview/images/spectrum';
import { interiorRatio, stackedProfiles } from '../../../webview/profile';
import { sampleNames } from '../../../webview/state/image';

const uneven: Axis = { inputSize: 16, kernelSize: 3, stride: 2, dilation: 1, cropLeft: 1, outputSize: 32 };
const even: Axis = { ...uneven, kernelSize: 4 };

function score(axis: Axis, kernel: Parameters<typeof pictureKernel>[0], repeats = 1): number | undefined {
  const result = enlarge(sample('flat', 16), [axis, axis], repeats, axes => pictureKernel(kernel, axes, 3));
  return result === undefined ? undefined : checkerboardScore(result);
}

describe('the checkerboard score', () => {
  it('is the spread of the counts for equal weights', () => {
    // Products of 1 and 2: mean 9/4, variance (1 + 4 + 4 + 16)/4 - 81/16.
    assert.ok(Math.abs((score(uneven, 'constant') ?? NaN) - Math.sqrt(19 / 16) / (9 / 4)) < 1e-6);
  });

  for (const kernel of ['constant', 'bilinear', 'icnr'] as const) {
    it(`is zero for ${kernel} weights on an even layer, also twice`, () => {
      assert.ok((score(even, kernel) ?? NaN) < 1e-6);
      assert.ok((score(even, kernel, 2) ?? NaN) < 1e-6);
    });
  }

  it('is not zero for random weights, even or not', () => {
    assert.ok((score(even, 'random') ?? 0) > 0.01);
    assert.ok((score(uneven, 'random') ?? 0) > 0.3);
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

describe('stacked profiles', () => {
  it('compound: two uneven layers give 1 to 3', () => {
    const profiles = stackedProfiles(uneven, [{ kernelSize: 3, stride: 2 }]);
    assert.deepEqual(profiles.map(interiorRatio), [2, 3]);
  });

  it('have an interior that repeats', () => {
    const last = stackedProfiles(even, [{ kernelSize: 4, stride: 2 }])[1];
    const interior = [...last?.values ?? []].slice(last?.left, (last?.values.length ?? 0) - (last?.right ?? 0));
    assert.deepEqual([...new Set(interior)], [4]);
  });
});
