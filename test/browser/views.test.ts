import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { defaultState } from '../../webview/state';
import { views } from './views';
import { Playground, screenshots, settled, themes, torchLayer, viewText } from './page';

let playground: Playground;
let axe: string;
before(async function () {
  this.timeout(120_000);
  playground = await Playground.start();
  axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
});
afterEach(async () => { assert.deepEqual(await playground.closePages(), []); });
after(async () => { await playground.stop(); });

const uneven = torchLayer({ kernel_size: 3, stride: 2, padding: 1, output_padding: 1 }, [8, 8]);

describe('every view', () => {
  for (const view of views) {
    it(`${view}: axe finds nothing in any theme, nothing overflows`, async function () {
      this.timeout(120_000);
      const page = await playground.open({ state: { view, layer: uneven } });
      for (const theme of themes) {
        await page.locator('#theme').selectOption(theme);
        assert.deepEqual(await violations(page, axe), [], theme);
        await page.screenshot({ path: join(screenshots, `${view}-${theme}.png`), fullPage: true });
      }
      for (const width of [600, 320]) {
        await page.setViewportSize({ width, height: 900 });
        await page.screenshot({ path: join(screenshots, `${view}-${width}.png`), fullPage: true });
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth) <= width, `scrolls sideways at ${width} pixels`);
      }
    });

    for (const size of [[16], [3, 3, 3]]) {
      it(`${view} shows ${size.length}-D`, async () => {
        const page = await playground.open({ state: { view, layer: torchLayer({ kernel_size: 4, stride: 2, padding: 1 }, size) } });
        assert.ok((await viewText(page)).length > 20);
      });
    }

    it(`${view} says so when the settings are rejected`, async () => {
      const page = await playground.open({ state: { view, layer: torchLayer({ kernel_size: 4, stride: 2, padding: 9 }) } });
      assert.match(await page.locator('#problems').innerText(), /Output size is too small/);
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

describe('image view', () => {
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

async function violations(page: Page, source: string): Promise<readonly string[]> {
  await page.evaluate(source);
  return page.evaluate(async () => {
    interface Found { readonly id: string; readonly nodes: readonly { readonly target: unknown; readonly failureSummary?: string }[] }
    const { axe } = globalThis as unknown as { axe: { run(): Promise<{ violations: readonly Found[] }> } };
    const result = await axe.run();
    return result.violations.flatMap(({ id, nodes }) => nodes.map(node => `${id} ${JSON.stringify(node.target)} ${node.failureSummary ?? ''}`));
  });
}
