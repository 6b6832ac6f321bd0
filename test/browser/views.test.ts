import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { ChainLayer } from '../../src/protocol';
import { defaultState, type State } from '../../webview/state';
import { views } from './views';
import { playground, settled, torchLayer, viewText, violations, violationsEverywhere } from './page';

const uneven = torchLayer({ kernel_size: 3, stride: 2, padding: 1, output_padding: 1 }, [8, 8]);
/** Few cells for axe to look at: one cell is like another. */
const tiny = { ...uneven, inputSize: [2, 2] };

describe('every view', () => {
  for (const view of views) {
    it(`${view}: axe finds nothing in any theme, nothing overflows`, async function () {
      this.timeout(120_000);
      const page = await playground.open({ state: { view, layer: tiny } });
      if (view === 'image' || view === 'compare') await settled(page);
      assert.deepEqual(await violationsEverywhere(page), []);
      // The editor at 1280 pixels, enlarged to 200%.
      await page.setViewportSize({ width: 640, height: 900 });
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth) <= 640);
    });

    it(`${view} shows 1-D and 3-D, and says so when the settings are rejected`, async () => {
      const page = await playground.open({ state: { view, layer: torchLayer({ kernel_size: 4, stride: 2, padding: 1 }, [16]) } });
      for (const rank of [1, 3]) {
        await page.getByRole('radio', { name: `${rank}-D` }).click();
        await page.locator('header .size').filter({ hasText: rank === 1 ? /^\d+ → \d+$/ : /^\d+ × \d+ × \d+ →/ }).waitFor();
        assert.ok((await viewText(page)).length > 20);
      }
      await page.locator('[data-field=padding]').fill('30');
      assert.match(await page.locator('#problems').innerText(), /Output size is too small/);
      assert.deepEqual(await violations(page), []);
    });
  }
});

describe('a view in use', () => {
  const step = { ...defaultState.step, kernel: 'random' } as const;
  interface Use { readonly what: string; readonly state: Partial<State>; readonly act?: (page: Page) => Promise<void> }
  const uses: readonly Use[] = [
    {
      what: 'step view with pins and edited cells, the kernel sliding over two channels',
      state: { step: { ...step, form: 'zeroInsertion', position: 6, inputChannels: 2, inputEdits: { 1: -3 }, kernelEdits: { 0: 2 }, pins: [{ grid: 'output', index: 7 }, { grid: 'input', index: 3 }, { grid: 'kernel', index: 1 }] } },
    },
    { what: 'step view while it plays', state: { step: { ...step, form: 'gather', position: 0, pace: 2000 } }, act: page => page.getByRole('button', { name: 'Play' }).click() },
    { what: 'step view with a cell being edited', state: {}, act: page => page.locator('tconv-grid[data-grid=kernel] [role=gridcell]').first().dblclick() },
    { what: 'controls for each axis', state: { linkedAxes: false, layer: torchLayer({ kernel_size: 2, stride: 2 }, [2, 2, 2]) } },
    { what: 'overlap view with layers added, and holes', state: { view: 'overlap', layer: torchLayer({ kernel_size: 1, stride: 2 }, [6, 6]), overlap: { stack: [{ kernelSize: 3, stride: 2 }], wholeDecoder: true, map: 'row' } } },
    { what: 'image view with its score explained', state: { view: 'image' }, act: async page => { await settled(page); await page.getByText('What the score is').click(); } },
    { what: 'compare view as a table', state: { view: 'compare', compare: { ...defaultState.compare, show: 'difference' } }, act: async page => { await settled(page); await page.getByText('As a table').click(); } },
    { what: 'convolution view half-way', state: { view: 'transpose', step, transpose: { position: 3 } } },
    { what: 'solve view with every column', state: { view: 'solve', solve: { ...defaultState.solve, dilations: true, framework: 'keras', maximumKernel: 4 } } },
    { what: 'solve view without a solution', state: { view: 'solve', solve: { ...defaultState.solve, goal: 'size', from: 28, to: 1000, maximumKernel: 3 } } },
    { what: 'an answered question', state: { view: 'quiz', quiz: { ...defaultState.quiz, asked: 1, missed: [1], answer: 0 } } },
    { what: 'rejected settings', state: { layer: torchLayer({ kernel_size: 4, stride: 2, padding: 1, output_padding: 2 }) } },
    { what: 'code to copy, with what differs', state: {}, act: page => page.getByText('Copy as code').click() },
  ];
  for (const { what, state, act } of uses) {
    it(`${what}: axe finds nothing in any theme, nothing overflows`, async function () {
      this.timeout(120_000);
      const page = await playground.open({ state: { layer: tiny, ...state } });
      await act?.(page);
      assert.deepEqual(await violationsEverywhere(page), []);
    });
  }
});

describe('overlap view', () => {
  it('gives the verdict and the rule', async () => {
    const page = await playground.open({ state: { view: 'overlap', layer: uneven } });
    assert.match(await page.locator('tconv-overlap-view .note').innerText(), /Uneven overlap.*ratio 4.*Rule TC101/s);
    await page.locator('[data-field=kernelSize]').fill('4');
    assert.match(await page.locator('tconv-overlap-view .note').innerText(), /Even overlap/);
    await page.locator('[data-field=kernelSize]').fill('1');
    assert.match(await page.locator('tconv-overlap-view .note').innerText(), /Holes.*Rule TC102/s);
  });

  it('opens the rule’s page in the editor', async () => {
    const page = await playground.open({ editorState: { ...defaultState, view: 'overlap', layer: uneven } });
    await page.getByRole('button', { name: 'Rule TC101' }).click();
    assert.deepEqual(await page.evaluate('sent.at(-1)'), { type: 'openRule', rule: 'TC101' });
  });

  it('reads out the cell under the keyboard’s cursor', async () => {
    const page = await playground.open({ state: { view: 'overlap', layer: uneven } });
    await page.locator('tconv-overlap-view canvas').focus();
    await page.keyboard.press('ArrowRight');
    assert.equal(await page.locator('#readout').innerText(), 'output[0,0]: 1 × 1 = 1 contribution (interior)');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    assert.equal(await page.locator('#readout').innerText(), 'output[1,1]: 2 × 2 = 4 contributions (interior)');
  });

  it('tells edges from the interior', async () => {
    const page = await playground.open({ state: { view: 'overlap' } });
    await page.locator('tconv-overlap-view canvas').focus();
    await page.keyboard.press('ArrowRight');
    assert.match(await page.locator('#readout').innerText(), /\(edge\)$/);
  });

  it('compounds a stack', async () => {
    const page = await playground.open({ state: { view: 'overlap', layer: uneven } });
    await page.getByRole('button', { name: 'Add a layer' }).click();
    assert.match(await page.locator('.stack li').nth(1).innerText(), /most : least 9/);
    await page.getByLabel('Kernel size of layer 2').fill('4');
    await page.getByLabel('Kernel size of layer 2').blur();
    assert.match(await page.locator('.stack li').nth(1).innerText(), /most : least 1$/);
    await page.getByRole('button', { name: 'Remove layer 2' }).click();
    assert.equal(await page.locator('.stack li').count(), 1);
  });
});

describe('the model’s decoder', () => {
  const link = (kernelSize: number, line: number): ChainLayer => ({
    label: 'nn.ConvTranspose2d', location: `dcgan.py:${line}`, api: 'torch.nn.ConvTranspose2d', unknownArguments: [],
    arguments: { in_channels: 8, out_channels: 8, kernel_size: kernelSize, stride: 2, padding: 1, output_padding: kernelSize % 2 },
  });
  const inDecoder: State['layer'] = {
    ...uneven, source: {
      label: 'nn.ConvTranspose2d', location: 'dcgan.py:24', unknownArguments: [], inputSizeKnown: true, revision: 1, arguments: {},
      chain: { position: 1, layers: [link(4, 22), link(3, 24), link(3, 26)] },
    },
  };

  it('stands in the overlap view, layer by layer, with this layer as it is set', async () => {
    const page = await playground.open({ state: { view: 'overlap', layer: inDecoder } });
    const ratios = async (): Promise<readonly string[]> => (await page.locator('.stack .facts').allInnerTexts()).map(text => text.split('most : least ')[1] ?? '');
    assert.match(await page.locator('.stack li').nth(0).innerText(), /dcgan\.py:22/);
    assert.deepEqual(await ratios(), ['1', '4', '9']);
    await page.locator('[data-field=outputPadding]').fill('0');
    await page.locator('[data-field=kernelSize]').fill('4');
    assert.deepEqual(await ratios(), ['1', '1', '4']);
    await page.getByRole('radio', { name: 'All 3 layers' }).click();
    await page.getByText('After 3 layers').waitFor();
    await page.getByLabel('transposed convolutions that the code has in a row').uncheck();
    assert.equal(await page.locator('.stack li').count(), 1);
  });

  it('is shown up to 1024 outputs wide', async () => {
    const stack = Array.from({ length: 4 }, () => ({ kernelSize: 4, stride: 2 }));
    const page = await playground.open({ state: { view: 'overlap', layer: { ...inDecoder, inputSize: [64, 64] }, overlap: { stack, wholeDecoder: true, map: 'row' } } });
    await page.getByText('1024 × 1024').waitFor();
    await page.locator('tconv-overlap-view canvas').first().focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    assert.match(await page.locator('#readout').innerText(), /^output\[0,1\]: .* \(edge\)$/);
  });

  it('takes pictures through all of its layers', async () => {
    const page = await playground.open({ state: { view: 'image', layer: inDecoder, image: { ...defaultState.image, size: 64 } } });
    await page.getByLabel('Layers in a row').selectOption({ label: 'the model\'s 3' });
    await page.getByText('Output 512 × 512').waitFor();
  });

  it('is left out where the code does not tell a layer’s settings', async () => {
    const layers = [link(4, 22), link(3, 24), { ...link(3, 26), unknownArguments: ['stride'] }];
    const page = await playground.open({ state: { view: 'overlap', layer: { ...inDecoder, source: { label: 'x', location: undefined, unknownArguments: [], inputSizeKnown: true, revision: 1, arguments: {}, chain: { position: 1, layers } } } } });
    await page.getByText('does not tell their settings').waitFor();
    assert.equal(await page.locator('.stack li').count(), 1);
  });
});

describe('image view', () => {
  it('computes in a worker', async () => {
    const page = await playground.open({ state: { view: 'image' } });
    await settled(page);
    assert.equal(page.workers().length, 1);
  });

  for (const view of ['image', 'compare'] as const) {
    it(`takes a picture that is dropped on the ${view} view`, async () => {
      const page = await playground.open({ state: { view } });
      await settled(page);
      await page.locator(`tconv-${view}-view`).evaluate(async element => {
        const canvas = Object.assign(document.createElement('canvas'), { width: 32, height: 32 });
        canvas.getContext('2d')?.fillRect(0, 0, 16, 32);
        const picture = await new Promise<Blob | null>(resolve => { canvas.toBlob(resolve); });
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File([picture ?? ''], 'mine.png', { type: 'image/png' }));
        element.dispatchEvent(new DragEvent('drop', { dataTransfer, cancelable: true }));
      });
      await page.getByLabel('Picture', { exact: true }).and(page.locator('select')).locator('option:checked', { hasText: 'mine.png' }).waitFor({ state: 'attached' });
    });
  }

  it('computes where workers are forbidden', async () => {
    const page = await playground.open({ state: { view: 'image' }, withoutWorkers: true });
    assert.ok(await score(page) > 0);
    assert.equal(page.workers().length, 0);
  });

  it('takes 512 × 512, and shows a part that arrow keys move', async () => {
    const page = await playground.open({ state: { view: 'image', image: { ...defaultState.image, sample: 'scene', size: 512 } } });
    await page.getByText('Output 1024 × 1024').waitFor();
    await settled(page);
    const canvas = page.locator('tconv-picture[heading^=Output] canvas');
    const shown = (): Promise<string> => canvas.evaluate(element => (element as HTMLCanvasElement).toDataURL());
    const before = await shown();
    await page.locator('.pictures').focus();
    await page.keyboard.press('ArrowRight');
    // It is painted a moment later.
    for (let wait = 0; wait < 100 && await shown() === before; wait++) await page.waitForTimeout(50);
    assert.ok(await shown() !== before);
  });

  it('shows several draws, and takes the one that is chosen', async () => {
    const page = await playground.open({ state: { view: 'image', layer: uneven } });
    const draws = page.locator('.draws button');
    await draws.nth(2).click();
    assert.equal(await draws.nth(2).getAttribute('aria-pressed'), 'true');
    assert.ok(Math.abs(await score(page) - Number((await draws.nth(2).innerText()).trim())) < 0.2);
  });

  const score = async (page: Page): Promise<number> => {
    await settled(page);
    return Number((await page.locator('tconv-image-view .score strong').innerText()).replace('Checkerboard score ', ''));
  };

  it('shows the artifact that the warning speaks of, and none where there is none', async () => {
    const page = await playground.open({ state: { view: 'image', layer: uneven } });
    assert.ok(await score(page) > 0.3);
    await page.getByLabel('Kernel', { exact: true }).selectOption('constant');
    // Counts 1, 2, 2, 4: their standard deviation over their mean.
    assert.equal(await score(page), 0.484);
    await page.locator('[data-field=outputPadding]').fill('0');
    await page.locator('[data-field=kernelSize]').fill('4');
    assert.equal(await score(page), 0);
  });

  for (const kernel of ['constant', 'bilinear', 'icnr']) {
    it(`kernel ${kernel} leaves a flat field flat where kernel = 2 × stride`, async () => {
      const page = await playground.open({ state: { view: 'image', image: { ...defaultState.image, kernel: kernel as 'icnr' } } });
      assert.equal(await score(page), 0);
    });
  }

  it('draws another kernel, and other pictures', async () => {
    const page = await playground.open({ state: { view: 'image', layer: uneven } });
    const seen = new Set<number>();
    for (let draw = 0; draw < 3; draw++) {
      seen.add(await score(page));
      await page.getByRole('button', { name: 'Draw other weights' }).click();
    }
    assert.equal(seen.size, 3);
    const pictures = new Set<string>();
    for (const name of ['scene', 'text', 'gradient', 'flat', 'zonePlate', 'edge']) {
      await page.getByLabel('Picture', { exact: true }).selectOption(name);
      await settled(page);
      pictures.add(await page.locator('tconv-picture canvas').first().evaluate(canvas => (canvas as HTMLCanvasElement).toDataURL()));
    }
    assert.equal(pictures.size, 6);
  });

  it('takes the user’s picture, and says when it is none', async () => {
    const page = await playground.open({ state: { view: 'image' } });
    const png = await page.locator('tconv-playground').screenshot();
    await page.locator('tconv-picture-source input[type=file]').setInputFiles({ name: 'mine.png', mimeType: 'image/png', buffer: png });
    await page.locator('option[value=own]').waitFor({ state: 'attached' });
    assert.equal(await page.getByLabel('Picture', { exact: true }).inputValue(), 'own');
    await page.locator('tconv-picture-source input[type=file]').setInputFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('no picture') });
    await page.getByText('notes.txt is not a picture').waitFor();
  });

  it('applies several layers in a row', async () => {
    const page = await playground.open({ state: { view: 'image', layer: uneven } });
    await page.getByLabel('Layers in a row').selectOption('2');
    await page.getByText('Input 128 × 128').waitFor();
    await page.getByText('Output 512 × 512').waitFor();
  });
});
