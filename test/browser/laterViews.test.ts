import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { question } from '../../webview/questions';
import { defaultState } from '../../webview/state';
import { playground, settled, torchLayer } from './page';

const uneven = torchLayer({ kernel_size: 3, stride: 2, padding: 1, output_padding: 1 }, [8, 8]);
const headline = (page: Page) => page.locator('header .size');
const tab = (page: Page, name: string) => page.getByRole('tab', { name, exact: true });

describe('compare view', () => {
  const card = (page: Page, heading: string) => page.locator(`tconv-picture[heading="${heading}"]`);
  const painted = async (page: Page, heading: string): Promise<string> => {
    await settled(page);
    return card(page, heading).locator('canvas').evaluate(canvas => (canvas as HTMLCanvasElement).toDataURL());
  };

  it('has every way side by side, the fixed layer only where there is something to fix', async () => {
    const page = await playground.open({ state: { view: 'compare', layer: uneven } });
    await settled(page);
    assert.equal(await page.locator('tconv-picture').count(), 9);
    await card(page, 'This layer, overlap made even').waitFor();
    await page.locator('[data-field=outputPadding]').fill('0');
    await page.locator('[data-field=kernelSize]').fill('4');
    await settled(page);
    assert.equal(await page.locator('tconv-picture').count(), 8);
  });

  it('shows differences and spectra', async () => {
    const page = await playground.open({ state: { view: 'compare', layer: uneven } });
    const before = await painted(page, 'Bilinear');
    await page.getByRole('radio', { name: 'Differences' }).click();
    const difference = await painted(page, 'Bilinear');
    await page.getByRole('radio', { name: 'Spectra' }).click();
    assert.equal(new Set([before, difference, await painted(page, 'Bilinear')]).size, 3);
  });

  it('zooms and moves all pictures together, by keyboard', async () => {
    const page = await playground.open({ state: { view: 'compare', layer: uneven } });
    await page.getByLabel('Zoom', { exact: true }).selectOption('4');
    const before = [await painted(page, 'Original'), await painted(page, 'Bilinear')];
    await page.locator('.cards').focus();
    await page.keyboard.press('ArrowRight');
    const after = [await painted(page, 'Original'), await painted(page, 'Bilinear')];
    assert.notEqual(after[0], before[0]);
    assert.notEqual(after[1], before[1]);
  });

  it('draws other weights for the layer, and leaves the fixed ways alone', async () => {
    const page = await playground.open({ state: { view: 'compare', layer: uneven } });
    const before = [await painted(page, 'This layer'), await painted(page, 'Nearest neighbour')];
    await page.getByRole('button', { name: 'Draw other weights' }).click();
    assert.notEqual(await painted(page, 'This layer'), before[0]);
    assert.equal(await painted(page, 'Nearest neighbour'), before[1]);
  });
});

describe('convolution view', () => {
  it('has equal inner products, and values that do not come back', async () => {
    const page = await playground.open({ state: { view: 'transpose', layer: torchLayer({ kernel_size: 3, stride: 2, padding: 1 }) } });
    const [left, right] = (await page.locator('.products').innerText()).split('\n').map(line => line.split('= ')[1]);
    assert.ok(left !== undefined && left !== '0');
    assert.equal(left, right);
    const cells = async (name: string): Promise<readonly string[]> => page.locator(`tconv-grid >> css=[role=grid][aria-label="${name}"] [role=gridcell]`).allInnerTexts();
    assert.equal((await cells('C·Cᵀ·x')).length, 16);
    assert.notDeepEqual((await cells('x')).slice(0, 16), await cells('C·Cᵀ·x'));
  });

  it('links cells and matrix, by keyboard too', async () => {
    const page = await playground.open({ state: { view: 'transpose', layer: torchLayer({ kernel_size: 3, stride: 2, padding: 1 }) } });
    await page.locator('tconv-matrix canvas').first().focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    assert.match(await page.locator('#matrix-readout').innerText(), /^row 1: the small side's \[0,1\] is connected with 6 cells/);
    // Three of the nine are zeros of the frame.
    assert.equal(await page.locator('tconv-grid.large').first().locator('.related').count(), 9);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    assert.match(await page.locator('#matrix-readout').innerText(), /^C\[1,1\] = [\d.]+: kernel \[1,0\] connects small \[0,1\] and large \[0,1\]$/);
    assert.equal(await page.locator('tconv-grid.kernel').first().locator('.focus').count(), 1);
  });

  it('does both operations in step, a cell of the small side at a time', async () => {
    const page = await playground.open({ state: { view: 'transpose', layer: torchLayer({ kernel_size: 3, stride: 2, padding: 1 }, [3, 3]), step: { ...defaultState.step, input: 'index', kernel: 'ones' } } });
    const grid = (name: string) => page.locator(`tconv-grid >> css=[role=grid][aria-label="${name}"]`);
    const numbers = async (name: string): Promise<readonly string[]> => (await grid(name).locator('[role=gridcell]').allInnerTexts()).filter(text => text.trim() !== '');
    const sum = page.locator('#operations-sum');
    assert.equal((await numbers('C·y')).length, 9);
    await page.getByRole('button', { name: 'To the start' }).click();
    assert.deepEqual([await numbers('C·y'), await numbers('Cᵀ·x')], [[], []]);
    assert.match(await sum.innerText(), /nothing is computed yet/);
    await page.getByRole('button', { name: 'One step on' }).click();
    // y is 1 … 25 in rows of five; a frame of zeros lies around it, and around the output what is cut off.
    assert.deepEqual(await numbers('C·y'), ['16']);
    assert.deepEqual(await numbers('Cᵀ·x'), Array.from({ length: 9 }, () => '1'));
    assert.equal(await sum.innerText(), 'C·y[0,0] = 1·1 + 2·1 + 6·1 + 7·1 = 16\nx[0,0] = 1 is multiplied by every kernel cell and added to the same 9 cells of Cᵀ·x; 5 of them are zeros around y, and cut off Cᵀ·x');
    const lit = async (name: string): Promise<readonly (string | null)[]> => grid(name).locator('.step').evaluateAll(cells => cells.map(cell => cell.getAttribute('data-place')));
    assert.deepEqual(await lit('y'), await lit('Cᵀ·x'));
    assert.equal((await lit('y')).length, 9);
    await page.getByRole('button', { name: 'One step on' }).click();
    assert.deepEqual(await numbers('C·y'), ['16', '33']);
    await page.getByRole('button', { name: 'One step back' }).click();
    assert.deepEqual(await numbers('C·y'), ['16']);
  });

  it('plays to the end, at the speed of the step view', async () => {
    const page = await playground.open({ state: { view: 'transpose', layer: torchLayer({ kernel_size: 2, stride: 2 }, [2, 2]), transpose: { position: 0 }, step: { ...defaultState.step, pace: 50 } } });
    await page.getByRole('button', { name: 'Play' }).click();
    await page.getByText('4 of 4').waitFor();
    await page.getByRole('button', { name: 'Play' }).waitFor();
  });

  it('writes out what the cell under the keyboard’s cursor does in both', async () => {
    const page = await playground.open({ state: { view: 'transpose', layer: torchLayer({ kernel_size: 3, stride: 2, padding: 1 }, [3, 3]), step: { ...defaultState.step, input: 'index', kernel: 'ones' } } });
    await page.locator('tconv-grid.large').first().locator('[role=gridcell][tabindex="0"]').focus();
    assert.match(await page.locator('#operations-sum').innerText(), /^y has a zero at \[-1,-1\] \(padding\)/);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    assert.equal(await page.locator('#operations-sum').innerText(), 'y[0,1] = 2 is read by 2 cells of C·y\nCᵀ·x[0,1] = 1·1 + 2·1 = 3');
  });

  it('takes the kernel and the numbers that are chosen', async () => {
    const page = await playground.open({ state: { view: 'transpose', layer: torchLayer({ kernel_size: 3, stride: 2, padding: 1 }, [3, 3]) } });
    await page.getByLabel('Kernel values').selectOption('ones');
    assert.deepEqual(new Set(await page.locator('tconv-grid.kernel').first().locator('[role=gridcell]').allInnerTexts()), new Set(['1']));
  });

  it('has the transpose’s matrix too, with rows and columns swapped', async () => {
    const page = await playground.open({ state: { view: 'transpose', layer: torchLayer({ kernel_size: 3, stride: 2, padding: 1 }) } });
    await page.locator('tconv-matrix canvas').nth(1).focus();
    await page.keyboard.press('ArrowRight');
    assert.match(await page.locator('#matrix-readout').innerText(), /^row 0: the small side/);
  });
});

describe('a large matrix', () => {
  it('does not make the page long, and keys keep their entry in sight', async () => {
    const page = await playground.open({ width: 600, state: { view: 'transpose', layer: torchLayer({ kernel_size: 16, stride: 8, padding: 4 }) } });
    const matrices = page.locator('tconv-matrix');
    assert.deepEqual(await matrices.evaluateAll(all => all.map(each => (each as HTMLElement).offsetHeight <= 500)), [true, true]);
    const canvas = matrices.nth(1).locator('canvas');
    await canvas.focus();
    await page.keyboard.press('PageDown');
    assert.match(await page.locator('#matrix-readout').innerText(), /\[31,31\]/);
    const scrolled = await matrices.nth(1).locator('.scroll').evaluate(each => each.scrollTop);
    assert.ok(scrolled > 300, `scrolled by ${scrolled}`);
    await page.keyboard.press('PageUp');
    assert.equal(await matrices.nth(1).locator('.scroll').evaluate(each => each.scrollTop), 0);
  });
});

describe('solve view', () => {
  it('leaves the focus where it was when a solution is taken', async () => {
    const page = await playground.open({ state: { view: 'solve' } });
    await page.getByRole('button', { name: /^Use solution 1:/ }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /^In use: solution 1:/ }).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /^In use: solution 2:/ }).waitFor();
  });

  it('lists even solutions first, and loads one everywhere', async () => {
    const page = await playground.open({ state: { view: 'solve' } });
    const rows = page.locator('tconv-solve-view tbody tr');
    assert.match(await rows.first().innerText(), /even/);
    assert.match(await page.locator('tconv-solve-view [aria-current]').innerText(), /^In use\s+● even\s+4\s+2\s+1\s+0/);
    await page.getByRole('button', { name: /^Use solution 3:/ }).click();
    assert.equal(await headline(page).innerText(), '4 × 4 → 8 × 8');
    assert.equal(await page.locator('[data-field=kernelSize]').inputValue(), '6');
    assert.equal(await page.locator('[data-field=padding]').inputValue(), '2');
    assert.match(await page.locator('tconv-solve-view [aria-current]').innerText(), /^In use\s+● even\s+6\s+2\s+2\s+0/);
  });

  it('asks for what the layer gives, in which the layer itself is found', async () => {
    const page = await playground.open({ state: { view: 'solve', layer: torchLayer({ kernel_size: 9, stride: 3, padding: 3 }, [5, 5]) } });
    await page.getByRole('button', { name: 'As this layer' }).click();
    assert.equal(await page.getByLabel('Factor').inputValue(), '3');
    assert.match(await page.locator('tconv-solve-view [aria-current]').innerText(), /even\s+9\s+3\s+3\s+0/);
    await page.locator('[data-field=padding]').fill('0');
    await page.getByRole('button', { name: 'As this layer' }).click();
    assert.deepEqual([await page.getByLabel('Input size wanted').inputValue(), await page.getByLabel('Output size wanted').inputValue()], ['5', '21']);
    assert.match(await page.locator('tconv-solve-view [aria-current]').innerText(), /even\s+9\s+3\s+0\s+0/);
  });

  it('brings 28 to 56 in Keras', async () => {
    const page = await playground.open({ state: { view: 'solve' } });
    await page.getByRole('radio', { name: 'Keras' }).click();
    await page.getByRole('radio', { name: 'One size to another' }).click();
    await page.getByRole('button', { name: /^Use solution 1:/ }).click();
    assert.equal(await headline(page).innerText(), '28 × 28 → 56 × 56');
    assert.match(await page.locator('h1').innerText(), /Conv2DTranspose/);
  });

  it('has JAX’s names and only what JAX takes', async () => {
    const page = await playground.open({ state: { view: 'solve' } });
    await page.getByRole('radio', { name: 'JAX' }).click();
    assert.doesNotMatch(await page.locator('thead').innerText(), /output_padding/);
    await page.getByRole('button', { name: /^Use solution 1:/ }).click();
    assert.equal(await headline(page).innerText(), '4 × 4 → 8 × 8');
  });

  it('shows all solutions when asked', async () => {
    const page = await playground.open({ state: { view: 'solve', solve: { ...defaultState.solve, goal: 'size', maximumKernel: 16, dilations: true } } });
    const rows = page.locator('tconv-solve-view tbody tr');
    assert.equal(await rows.count(), 60);
    await page.getByRole('button', { name: /^Show all/ }).click();
    assert.ok(await rows.count() > 60);
  });

  it('says when there is nothing', async () => {
    const page = await playground.open({ state: { view: 'solve', solve: { ...defaultState.solve, goal: 'size', from: 28, to: 1000, maximumKernel: 3 } } });
    await page.getByText('No setting with a kernel up to 3 brings 28 to 1000').waitFor();
  });

  it('keeps to even overlap when asked', async () => {
    const page = await playground.open({ state: { view: 'solve' } });
    await page.getByLabel('Even overlap only').check();
    const verdicts = await page.locator('tconv-solve-view .verdict').allInnerTexts();
    assert.ok(verdicts.length > 0 && verdicts.every(text => text.includes('● even')));
  });
});

describe('quiz', () => {
  const choose = async (page: Page, index: number): Promise<void> => { await page.locator('.choices button').nth(index).click(); };

  it('counts right answers, explains, and goes on', async () => {
    const page = await playground.open({ state: { view: 'quiz' } });
    await choose(page, question(1).right);
    assert.match(await page.locator('tconv-quiz-view .note').first().innerText(), /^Right\./);
    await page.getByText('1 of 1 right').waitFor();
    await page.getByRole('button', { name: 'Next question' }).click();
    assert.equal(await page.locator('tconv-quiz-view h2').innerText(), question(2).text);
  });

  it('brings a wrong answer back', async () => {
    const page = await playground.open({ state: { view: 'quiz' } });
    const first = question(1);
    await choose(page, (first.right + 1) % first.choices.length);
    await page.getByText('1 will come back').waitFor();
    for (const seed of [2, 3, 4]) {
      await page.getByRole('button', { name: 'Next question' }).click();
      await choose(page, question(seed).right);
    }
    await page.getByRole('button', { name: 'Next question' }).click();
    assert.equal(await page.locator('tconv-quiz-view .call').innerText(), first.code);
    await choose(page, first.right);
    assert.equal(await page.getByText('will come back').count(), 0);
  });

  it('is done by keyboard alone: the focus goes from answer to next question', async () => {
    const page = await playground.open({ state: { view: 'quiz' } });
    await page.locator('.choices button').first().focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    assert.equal(await page.locator('tconv-quiz-view h2').first().innerText(), question(2).text);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByText(/of 2 right/).waitFor();
  });

  it('shows where the answer can be seen, with the question’s layer and not the user’s', async () => {
    const page = await playground.open({ state: { view: 'quiz' } });
    const first = question(1);
    const before = await headline(page).innerText();
    await choose(page, first.right);
    await page.locator(`.seen tconv-${first.show.view ?? ''}-view`).waitFor();
    assert.equal(await headline(page).innerText(), before);
    await page.getByRole('button', { name: 'Load this layer there' }).click();
    assert.equal(await page.locator(`#tab-${first.show.view ?? ''}`).getAttribute('aria-selected'), 'true');
    assert.notEqual(await headline(page).innerText(), before);
  });

  it('lets the view under an answer be used, without a word to the page', async () => {
    const seed = Array.from({ length: 50 }, (_, index) => index + 1).find(each => question(each).show.view === 'overlap') ?? 1;
    const page = await playground.open({ state: { view: 'quiz', quiz: { ...defaultState.quiz, current: seed } } });
    await choose(page, question(seed).right);
    await page.locator('.seen').getByRole('button', { name: 'Add a layer' }).click();
    assert.equal(await page.locator('.seen .stack li').count(), 2);
    await tab(page, 'Overlap').click();
    assert.equal(await page.locator('.stack li').count(), 1);
  });
});
