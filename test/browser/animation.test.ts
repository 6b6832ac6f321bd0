import assert from 'node:assert/strict';
import { defaultState } from '../../webview/state';
import { stepForms } from '../../webview/state/step';
import { playground, torchLayer } from './page';

/**
 * Runs in the page, as text, because it loads the page's own script. Draws each frame whole, and then each from the one
 * before; counts how often that was whole too, and in how many pixels of how many the two differ plainly.
 */
const compareFrames = `async function (name) {
  const { [name]: framesOf } = await import('./later.js');
  const { model, state } = document.querySelector('tconv-playground');
  const wholes = [];
  const alone = framesOf(model, state.step, 'caption');
  for (let index = 0; index < alone.count; index++) wholes.push((await alone.whole(index)).patches[0].pixels);
  alone.dispose();
  const frames = framesOf(model, state.step, 'caption');
  const first = await frames.whole(0);
  const context = Object.assign(document.createElement('canvas'), { width: first.width, height: first.height }).getContext('2d', { willReadFrequently: true });
  const put = frame => { for (const { x, y, pixels } of frame.patches) context.putImageData(pixels, x, y); };
  put(first);
  const found = { frames: frames.count, whole: 0, moved: 0, different: 0, same: [] };
  for (let index = 1; index < frames.count; index++) {
    const frame = await frames.next();
    if (frame.whole) found.whole++;
    put(frame);
    if (frame.width !== wholes[index].width || frame.height !== wholes[index].height) { found.moved++; continue; }
    const now = context.getImageData(0, 0, first.width, first.height).data;
    const differences = other => now.reduce((count, value, place) => count + (Math.abs(value - other.data[place]) > 40 ? 1 : 0), 0);
    found.different = Math.max(found.different, differences(wholes[index]));
    if (differences(wholes[index - 1]) === 0) found.same.push(index);
  }
  frames.dispose();
  return found;
}`;

interface Found {
  readonly frames: number;
  readonly whole: number;
  readonly moved: number;
  readonly different: number;
  /** Frames that look like the one before. */
  readonly same: readonly number[];
}

describe('the frames of an animation', () => {
  for (const form of stepForms) {
    it(`drawn from the one before are those drawn whole: ${form}`, async () => {
      const page = await playground.open({ state: {
        layer: torchLayer({ kernel_size: 3, stride: 2, padding: 1 }, [3, 3]), step: { ...defaultState.step, form, pins: [{ grid: 'output', index: 8 }] },
      } });
      sound(await page.evaluate(`(${compareFrames})('stepFrames')`) as Found, form === 'scatter' ? 10 : 26);
    });
  }

  it('drawn from the one before are those drawn whole: the convolution and its transpose', async () => {
    const page = await playground.open({ state: { view: 'transpose', layer: torchLayer({ kernel_size: 3, stride: 2, padding: 1 }, [3, 3]) } });
    sound(await page.evaluate(`(${compareFrames})('convolutionFrames')`) as Found, 10);
  });

  it('are as wide as a long row', async () => {
    const page = await playground.open({ state: { layer: torchLayer({ kernel_size: 16, stride: 8, padding: 4 }, [6]) } });
    const widths = await page.evaluate(`(async () => {
      const { convolutionFrames, stepFrames } = await import('./later.js');
      const { model, state } = document.querySelector('tconv-playground');
      return Promise.all([convolutionFrames, stepFrames].map(async framesOf => {
        const frames = framesOf(model, state.step, 'caption');
        const [first, second] = [await frames.whole(0), await frames.next()];
        frames.dispose();
        return [first.width, second.width];
      }));
    })()`) as readonly (readonly [number, number])[];
    for (const [first, second] of widths) {
      assert.ok(first > 48 * 26, `${first} pixels for 48 cells`);
      assert.equal(second, first);
    }
  });
});

function sound(found: Found, frames: number): void {
  assert.equal(found.frames, frames);
  assert.equal(found.moved, 0);
  assert.ok(found.whole <= 3, `${found.whole} were drawn whole`);
  assert.deepEqual(found.same, []);
  assert.equal(found.different, 0);
}
