import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { defaultState } from '../../webview/state';
import { stepForms } from '../../webview/state/step';
import { playground, torchLayer, viewText } from './page';

const grid = (page: Page, name: string) => page.locator(`tconv-grid[data-grid=${name}]`);
const cell = (page: Page, name: string, label: string): Locator => grid(page, name).locator(`[role=gridcell][aria-label^="${label},"]`);
const sum = (page: Page) => page.locator('tconv-step-view .sum');
const numbers = (page: Page, name: string) => grid(page, name).locator('[role=gridcell]').allInnerTexts();
const plainStep = { ...defaultState.step, input: 'index', kernel: 'ones' } as const;

describe('step view', () => {
  it('writes out the sum of the cell pointed at, and lights what is in it', async () => {
    const page = await playground.open({ state: { step: plainStep } });
    await cell(page, 'output', 'row 1, column 2').hover();
    assert.equal(await sum(page).innerText(), 'output[1,2] = 1·1 + 2·1 + 5·1 + 6·1 = 14');
    assert.equal(await grid(page, 'input').locator('.related').count(), 4);
    assert.equal(await grid(page, 'kernel').locator('.related').count(), 4);
  });

  it('says where an input cell goes, and how much of it the padding cuts off', async () => {
    const page = await playground.open({ state: { step: plainStep } });
    await cell(page, 'input', 'row 0, column 0').hover();
    assert.match(await sum(page).innerText(), /^input\[0,0\] = 1 is multiplied by every kernel cell and added to 9 output cells; 7 products of it are cut off/);
  });

  it('gives the same output in all three forms', async () => {
    const page = await playground.open({ state: { step: { ...defaultState.step, kernel: 'random' } } });
    const outputs = [];
    for (const name of ['Scatter', 'Gather', 'Zero insertion']) {
      await page.getByRole('radio', { name }).click();
      outputs.push(await grid(page, 'output').locator('[role=gridcell]:not(.cropped)').allInnerTexts());
    }
    assert.equal(outputs[0]?.length, 64);
    assert.deepEqual(outputs[1], outputs[0]);
    assert.deepEqual(outputs[2], outputs[0]);
  });

  for (const form of stepForms) {
    it(`steps on and back: ${form}`, async () => {
      const page = await playground.open({ state: { step: { ...plainStep, form } } });
      const total = form === 'scatter' ? 16 : 64;
      assert.equal(await page.locator('.count').innerText(), `${total} of ${total}`);
      await page.getByRole('button', { name: 'To the start' }).click();
      const empty = await grid(page, 'output').locator('.pending').count();
      assert.equal(empty, 64);
      await page.getByRole('button', { name: 'One step on' }).click();
      assert.equal(await page.locator('.count').innerText(), `1 of ${total}`);
      assert.equal(await grid(page, 'output').locator('.pending').count(), form === 'scatter' ? 64 - 9 : 63);
      await page.getByRole('button', { name: 'One step back' }).click();
      assert.equal(await page.locator('.count').innerText(), `0 of ${total}`);
    });
  }

  it('plays to the end and stops', async () => {
    const page = await playground.open({ state: { layer: torchLayer({ kernel_size: 2, stride: 2 }, [2, 2]), step: { ...plainStep, pace: 50 } } });
    await page.getByRole('button', { name: 'Play' }).click();
    await page.getByRole('button', { name: 'Pause' }).waitFor();
    await page.getByRole('button', { name: 'Play' }).waitFor();
    assert.equal(await page.locator('.count').innerText(), '4 of 4');
  });

  it('scrubs', async () => {
    const page = await playground.open({ state: { step: plainStep } });
    await page.getByRole('slider', { name: 'Step' }).fill('5');
    assert.equal(await page.locator('.count').innerText(), '5 of 16');
  });

  it('computes with an edited cell', async () => {
    const page = await playground.open({ state: { step: { ...plainStep, input: 'ones' } } });
    const before = await cell(page, 'output', 'row 3, column 3').innerText();
    await cell(page, 'input', 'row 1, column 1').focus();
    await page.keyboard.press('5');
    await page.keyboard.press('Enter');
    assert.equal(await cell(page, 'input', 'row 1, column 1').innerText(), '5');
    assert.equal(before, '4');
    assert.equal(await cell(page, 'output', 'row 3, column 3').innerText(), '8');
    await page.getByRole('button', { name: 'Undo edits' }).click();
    assert.equal(await cell(page, 'output', 'row 3, column 3').innerText(), '4');
  });

  it('edits the inputs in the stretched input, but not the zeros between them', async () => {
    const page = await playground.open({ state: { layer: torchLayer({ kernel_size: 2, stride: 2 }, [2, 2]), step: { ...plainStep, form: 'zeroInsertion' } } });
    await cell(page, 'stretched', 'row 1, column 1').focus();
    await page.keyboard.press('7');
    await page.keyboard.press('Enter');
    assert.deepEqual((await numbers(page, 'output')).slice(0, 4), ['7', '7', '2', '2']);
    await cell(page, 'stretched', 'row 1, column 2').focus();
    await page.keyboard.press('9');
    assert.equal(await grid(page, 'stretched').locator('input').count(), 0);
  });

  it('lights the window of an output in the stretched input', async () => {
    const page = await playground.open({ state: { layer: torchLayer({ kernel_size: 3, stride: 2, padding: 1 }, [3, 3]), step: { ...plainStep, form: 'zeroInsertion' } } });
    await cell(page, 'output', 'row 1, column 1').hover();
    assert.equal(await grid(page, 'stretched').locator('.related').count(), 9);
  });

  it('gives other random numbers for another seed, and the same for the same', async () => {
    const page = await playground.open({ state: { step: { ...plainStep, kernel: 'random' } } });
    const first = await numbers(page, 'kernel');
    await page.getByRole('button', { name: 'Other kernel numbers, seed 1' }).click();
    assert.notDeepEqual(await numbers(page, 'kernel'), first);
    const other = await playground.open({ state: { step: { ...plainStep, kernel: 'random' } } });
    assert.deepEqual(await numbers(other, 'kernel'), first);
  });

  it('adds up over input channels, and has a grid for each', async () => {
    const page = await playground.open({ state: { layer: torchLayer({ kernel_size: 2, stride: 2 }, [2, 2]), step: { ...plainStep, inputChannels: 2, outputChannels: 3 } } });
    assert.deepEqual([await grid(page, 'input').count(), await grid(page, 'kernel').count(), await grid(page, 'output').count()], [2, 6, 3]);
    await grid(page, 'output').nth(1).locator('[role=gridcell]').first().hover();
    assert.equal(await sum(page).innerText(), 'output[1,0,0] = 1·1 + 5·1 = 6');
    assert.deepEqual([await grid(page, 'input').locator('.related').count(), await grid(page, 'kernel').locator('.related').count()], [2, 2]);
  });

  it('leaves a cell as it was on Escape', async () => {
    const page = await playground.open({ state: { step: plainStep } });
    await cell(page, 'kernel', 'row 0, column 0').focus();
    await page.keyboard.press('F2');
    await page.keyboard.type('99');
    await page.keyboard.press('Escape');
    assert.equal(await cell(page, 'kernel', 'row 0, column 0').innerText(), '1');
  });

  it('pins several cells and lets them go', async () => {
    const page = await playground.open({ state: { step: plainStep } });
    await cell(page, 'output', 'row 1, column 1').click();
    await cell(page, 'output', 'row 2, column 2').click();
    assert.equal(await page.locator('.pins li').count(), 2);
    assert.equal(await grid(page, 'output').locator('.pinned').count(), 2);
    await page.getByRole('button', { name: 'Unpin output[1,1]' }).click();
    assert.equal(await page.locator('.pins li').count(), 1);
  });

  it('is worked by keyboard alone', async () => {
    const page = await playground.open({ state: { step: plainStep } });
    await cell(page, 'output', 'row -1, column -1').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    assert.equal(await sum(page).innerText(), 'output[0,0] = 1·1 = 1');
    await page.keyboard.press('End');
    assert.match(await sum(page).innerText(), /^output\[0,8\] = .*cut off by the padding$/);
    await page.keyboard.press('Enter');
    assert.equal(await page.locator('.pins li').count(), 1);
  });

  it('tells holes and outputs beyond reach', async () => {
    const page = await playground.open({ state: { layer: torchLayer({ kernel_size: 1, stride: 2, output_padding: 1 }, [2, 2]), step: plainStep } });
    await cell(page, 'output', 'row 1, column 1').hover();
    assert.match(await sum(page).innerText(), /hole/);
    await cell(page, 'output', 'row 3, column 3').hover();
    assert.match(await sum(page).innerText(), /beyond what the input reaches/);
  });

  for (const { preset, first } of [{ preset: 'Ones', first: '1' }, { preset: '1, 2, 3 …', first: '1' }, { preset: 'A single one', first: '0' }, { preset: 'Sobel (edges)', first: '−1' }]) {
    it(`kernel preset ${preset}`, async () => {
      const page = await playground.open();
      await page.getByLabel('Kernel values').selectOption({ label: preset });
      assert.equal((await numbers(page, 'kernel'))[0], first);
    });
  }

  it('shows 1-D as a row and 3-D as slices', async () => {
    const page = await playground.open({ state: { layer: torchLayer({ kernel_size: 3, stride: 2 }, [4]), step: plainStep } });
    assert.equal(await grid(page, 'output').locator('[role=row]').count(), 1);
    assert.deepEqual(await numbers(page, 'output'), ['1', '1', '3', '2', '5', '3', '7', '4', '4']);
    await page.getByRole('radio', { name: '3-D' }).click();
    assert.equal(await grid(page, 'output').count(), 7);
  });

  it('shows a piece of a large input, and says so', async () => {
    const page = await playground.open({ state: { layer: torchLayer({ kernel_size: 4, stride: 2, padding: 1 }, [256, 256]) } });
    assert.match(await viewText(page), /input is 256 × 256; the numbers show a piece of 5 × 5\./);
  });

  it('steps by keyboard up to the end and back', async () => {
    const page = await playground.open({ state: { layer: torchLayer({ kernel_size: 2, stride: 2 }, [2]), step: { ...defaultState.step, position: 0 } } });
    await page.getByRole('button', { name: 'One step on' }).focus();
    for (let press = 0; press < 4; press++) await page.keyboard.press('Enter');
    await page.getByText('2 of 2').waitFor();
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    await page.getByText('1 of 2').waitFor();
  });

  it('draws the whole tensors with their channels', async () => {
    const page = await playground.open({ state: { layer: { ...torchLayer({ kernel_size: 4, stride: 2, padding: 1 }, [16, 16]), arguments: { in_channels: 64, out_channels: 32, kernel_size: 4, stride: 2, padding: 1, groups: 4 } } } });
    assert.match(await page.locator('.solids svg').getAttribute('aria-label') ?? '', /^The input, 16 × 16, 64 channels; the kernel, 4 × 4, 16 channels, for each of 32 output channels; the output, 32 × 32, 32 channels/);
    assert.equal(await page.locator('header .cost').innerText(), '8,192 weights, 2.1 M multiply-adds');
  });

  for (const width of [400, 600, 1200]) {
    it(`shows a kernel of 16 × 16 without scrolling sideways: ${width} pixels`, async () => {
      const page = await playground.open({ width, state: { layer: torchLayer({ kernel_size: 16, stride: 8, padding: 4 }), step: plainStep } });
      const scrolled = await page.locator('tconv-grid .scroller').evaluateAll(all => all.map(each => each.scrollWidth - each.clientWidth));
      assert.deepEqual(scrolled, [0, 0, 0]);
      // Numbers that could not be read are left out, and told when pointed at.
      assert.equal((await numbers(page, 'kernel'))[0], '1');
      assert.equal(await grid(page, 'kernel').getAttribute('dense'), width === 400 ? '' : null);
      assert.equal(await grid(page, 'output').getAttribute('dense'), '');
      assert.equal(await grid(page, 'output').locator('.cell').first().evaluate(each => getComputedStyle(each).fontSize), '0px');
      await cell(page, 'output', 'row 0, column 0').hover();
      assert.equal(await sum(page).innerText(), 'output[0,0] = 1·1 = 1');
    });
  }

  it('lets a number be edited in a cell that is too small to show it', async () => {
    const page = await playground.open({ width: 400, state: { layer: torchLayer({ kernel_size: 16, stride: 8, padding: 4 }), step: plainStep } });
    await cell(page, 'kernel', 'row 0, column 0').dblclick();
    const field = grid(page, 'kernel').locator('input');
    assert.ok(await field.evaluate(each => each.getBoundingClientRect().width >= 40 && getComputedStyle(each).fontSize === '12px'));
    await field.fill('7');
    await field.press('Enter');
    await grid(page, 'kernel').locator('[role=gridcell][aria-label="row 0, column 0, 7"]').waitFor();
  });
});
