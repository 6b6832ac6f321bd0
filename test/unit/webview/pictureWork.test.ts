import assert from 'node:assert/strict';
import type { Axis } from '../../../src/geometry/axis';
import { JobClient } from '../../../webview/worker/jobClient';
import type { Port } from '../../../webview/worker/jobMessages';
import type { AnalysisResult, CompareResult, Draw, ImageResult, LayerChoice, PictureJob, PictureResult } from '../../../webview/worker/jobs';
import { servePictures } from '../../../webview/worker/pictureWork';
import type { Pixels } from '../../../webview/images/pixels';
import { makePicture } from '../../../webview/images/picture';

const uneven: Axis = { inputSize: 16, kernelSize: 3, stride: 2, dilation: 1, cropLeft: 1, outputSize: 32 };
const all = { side: 1024, centre: [0.5, 0.5] } as const;
const layer: LayerChoice = { axes: [uneven, uneven], kernel: { name: 'constant', seed: 1 } };

describe('picture jobs', function () {
  this.timeout(30_000);
  let channel: MessageChannel;
  let client: JobClient<PictureJob, PictureResult>;
  beforeEach(() => {
    channel = new MessageChannel();
    servePictures(channel.port1 as unknown as Port);
    client = new JobClient(channel.port2 as unknown as Port);
  });
  afterEach(() => { channel.port1.close(); });

  it('take a picture through layers, and say what there is to say of it', async () => {
    const image = await client.compute({ kind: 'image', picture: 'flat', size: 64, layers: [layer], ...all }) as ImageResult;
    assert.deepEqual([image.width, image.height, image.part.pixels.width, image.range], [128, 128, 128, [0, 1]]);
    const analysis = await client.compute({ kind: 'analysis', picture: 'flat', size: 64, layers: [layer] }) as AnalysisResult;
    assert.ok(Math.abs((analysis.score ?? NaN) - Math.sqrt(19 / 16) / (9 / 4)) < 1e-5);
    assert.deepEqual(analysis.periods, [2, 2]);
    assert.deepEqual(analysis.whole.pixels, image.part.pixels);
  });

  const random: LayerChoice = { axes: [uneven, uneven], kernel: { name: 'random', seed: 7 } };
  for (const [what, layers, size, section, width] of [
    ['one layer', [random], 64, { top: 54, left: 108, height: 20, width: 20 }, 128],
    ['two layers', [layer, random], 32, { top: 54, left: 108, height: 20, width: 20 }, 128],
    ['a layer of one axis', [{ ...random, axes: [uneven] }], 64, { top: 22, left: 108, height: 20, width: 20 }, 128],
    ['weights of both signs', [{ ...random, kernel: { name: 'glorot', seed: 7 } }], 64, { top: 54, left: 108, height: 20, width: 20 }, 128],
  ] as const) {
    it(`have of a large output what is shown, and then the same in the whole: ${what}`, async () => {
      const about = { picture: 'scene', size, layers } as const;
      const image = await client.compute({ kind: 'image', ...about, side: 20, centre: [0.5, 1] }) as ImageResult;
      assert.deepEqual([image.part.section, image.width], [section, width]);
      const { whole } = await client.compute({ kind: 'analysis', ...about }) as AnalysisResult;
      const wanted = Array.from({ length: 20 }, (_, row) => {
        const start = ((section.top + row) * width + section.left) * 4;
        return [...whole.pixels.data.slice(start, start + 80)];
      }).flat();
      // Sums in another order may round to the next level.
      assert.ok(image.part.pixels.data.every((value, index) => Math.abs(value - (wanted[index] ?? NaN)) <= 1));
      assert.ok(new Set(wanted).size > 10);
    });
  }

  it('show values of both signs between their least and most', async () => {
    const signed: LayerChoice = { ...layer, kernel: { name: 'step', values: Float32Array.of(0, -1, 0, 0, 2, 0, 0, 0, 0) } };
    const { range } = await client.compute({ kind: 'image', picture: 'flat', size: 16, layers: [signed], ...all }) as ImageResult;
    assert.deepEqual(range, [-0.5, 1]);
  });

  it('take the user’s own picture', async () => {
    const picture = makePicture(3, 40, 40, plane => plane === 0 ? 1 : 0);
    const input = await client.compute({ kind: 'input', picture, size: 32 }) as Pixels;
    assert.deepEqual([input.width, ...input.data.slice(0, 4)], [32, 255, 0, 0, 255]);
  });

  it('have no result where a layer leaves nothing', async () => {
    const nothing: LayerChoice = { ...layer, axes: [{ ...uneven, outputSize: -200 }, uneven] };
    assert.equal(await client.compute({ kind: 'image', picture: 'flat', size: 64, layers: [nothing], ...all }), undefined);
  });

  it('draw other weights for each seed', async () => {
    const draws = await client.compute({ kind: 'draws', picture: 'flat', layers: [[uneven, uneven]], kernel: 'random', seeds: [1, 2, 3] }) as readonly Draw[];
    assert.deepEqual(draws.map(draw => [draw.seed, draw.pixels.width]), [[1, 64], [2, 64], [3, 64]]);
    assert.equal(new Set(draws.map(draw => draw.score)).size, 3);
  });

  it('compare all ways to enlarge, the layer’s own picture as it comes out alone', async () => {
    const { enlargements, smallSize } = await client.compute({
      kind: 'compare', picture: 'scene', size: 64, layer: [uneven, uneven], fixed: undefined, kernel: 'constant', seed: 1, show: 'picture',
    }) as CompareResult;
    assert.deepEqual(enlargements.map(each => each.name), ['nearest', 'bilinear', 'nails', 'unpooling', 'layer', 'resize', 'subpixel']);
    assert.deepEqual(smallSize, [32, 32]);
    assert.ok(enlargements.every(each => each.picture.width === 64 && Number.isFinite(each.error)));
  });

  it('stop when cancelled, and the next is done', async () => {
    const abort = new AbortController();
    const wide: Axis = { ...uneven, kernelSize: 31, cropLeft: 15 };
    const row = Array.from({ length: 2 }, (): LayerChoice => ({ axes: [wide, wide], kernel: { name: 'random', seed: 1 } }));
    const slow = client.compute({ kind: 'image', picture: 'scene', size: 512, layers: row, ...all }, { signal: abort.signal, onProgress: () => { abort.abort(); } });
    await assert.rejects(slow, { name: 'AbortError' });
    const next = await client.compute({ kind: 'image', picture: 'flat', size: 16, layers: [layer], ...all }) as ImageResult;
    assert.equal(next.width, 32);
  });
});
