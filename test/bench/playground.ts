/**
 * `npm run bench:playground -- [controls] [opening]`: how fast the playground answers. `controls`: in the browser, from a
 * control to its picture on the largest one, 512 × 512 through a 4 × 4 kernel with stride 2. `opening`: in a real
 * VS Code, from the command to the first picture. Prints tables in Markdown.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { launchBrowser } from '../../scripts/lib/browser.mjs';
import { build, packageExtension } from '../../scripts/lib/build.mjs';
import { buildPlaygroundPage, servePlaygroundPage } from '../../scripts/lib/playgroundPage.mjs';
import { withWorkbench } from '../../scripts/lib/workbench.mjs';
import { encodeState, stateParameter } from '../../src/playgroundLink';
import { defaultState, type State } from '../../webview/state';

const changes = 60;
const openings = 7;
const asked = process.argv.slice(2);

/**
 * Runs in the page, as text, because a compiled function would bring helpers that the page does not have. Presses the
 * button that draws other weights, and looks at the canvas of the output.
 */
const measureChanges = `async function (changes) {
  const view = document.querySelector('tconv-playground').shadowRoot.querySelector('tconv-image-view');
  const nextTask = () => new Promise(resolve => { const { port1, port2 } = new MessageChannel(); port1.onmessage = resolve; port2.postMessage(0); });
  const frame = () => new Promise(resolve => requestAnimationFrame(resolve));
  const painted = () => view.shadowRoot.querySelector('tconv-picture[heading^=Output]').picture;
  const times = [];
  for (let change = -5; change < changes; change++) {
    await frame();
    await new Promise(resolve => setTimeout(resolve, 40));
    const button = view.shadowRoot.querySelector('button.icon');
    const before = painted();
    const start = performance.now();
    button.click();
    await view.updateComplete;
    const busy = performance.now() - start;
    while (painted() === before) await nextTask();
    await view.shadowRoot.querySelector('tconv-picture[heading^=Output]').updateComplete;
    const done = performance.now() - start;
    await frame();
    const shown = performance.now() - start;
    if (change >= 0) times.push([busy, done, shown]);
  }
  return times;
}`;

/** In the page: when the browser first painted something of it, with the grids of the first view standing there. */
const firstPicture = `(() => {
  const view = document.querySelector('tconv-playground')?.shadowRoot?.querySelector('[role=tabpanel] > *')?.shadowRoot;
  const paint = performance.getEntriesByName('first-contentful-paint')[0];
  return view?.querySelector('tconv-grid, canvas') && paint ? performance.timeOrigin + paint.startTime : undefined;
})()`;

const scratch = await mkdtemp(join(tmpdir(), 'transposed-conv-lens-bench-'));
try {
  if (asked.length === 0 || asked.includes('controls')) await controls();
  if (asked.length === 0 || asked.includes('opening')) await opening();
} finally {
  await rm(scratch, { recursive: true, force: true });
}

async function controls(): Promise<void> {
  const folder = join(scratch, 'page');
  await buildPlaygroundPage(folder);
  const server = await servePlaygroundPage(folder);
  const browser = await launchBrowser();
  console.log('### From a control to its picture\n');
  console.log(`512 × 512 through kernel 4, stride 2, padding 1, to 1024 × 1024; ${changes} changes. Milliseconds, median and 95th percentile.\n`);
  console.log('| picture | where | page busy | picture painted | on the screen |\n|---|---|---|---|---|');
  try {
    for (const sample of ['flat', 'scene'] as const) for (const workers of [true, false]) {
      const page = await browser.newPage();
      if (!workers) await page.addInitScript('globalThis.Worker = class { constructor() { throw new Error("forbidden"); } };');
      const state: State = { ...defaultState, view: 'image', image: { ...defaultState.image, sample, size: 512 } };
      await page.goto(`${server.url}#${stateParameter}=${encodeState(state)}`);
      await page.getByText('Output 1024 × 1024').waitFor();
      const times = await page.evaluate(`(${measureChanges})(${changes})`) as readonly (readonly [number, number, number])[];
      const columns = [0, 1, 2].map(index => quantiles(times.map(row => row[index] ?? NaN)));
      console.log(`| ${sample === 'flat' ? 'grey' : 'colour'} | ${workers ? 'worker' : 'page, in slices'} | ${columns.join(' | ')} |`);
      await page.close();
    }
  } finally {
    await browser.close();
    await server.close();
  }
}

async function opening(): Promise<void> {
  await build();
  const vsix = await packageExtension(join(scratch, 'extension.vsix'));
  const times = { first: [] as number[], again: [] as number[] };
  await withWorkbench({ vsix, width: 1280, height: 800 }, async workbench => {
    const { page } = workbench;
    await workbench.open('dcgan.py');
    await page.locator('.squiggly-warning').first().waitFor({ timeout: 30_000 });
    for (let turn = 0; turn < openings; turn++) {
      await workbench.goTo(26, 20);
      times[turn === 0 ? 'first' : 'again'].push(await openOnce(workbench.page, () => workbench.playground().locator('tconv-playground').waitFor({ timeout: 30_000 })));
      await workbench.command('View: Close Other Editors in Group').catch(() => undefined);
      await workbench.command('View: Close Editor');
      await workbench.open('dcgan.py');
    }
  });
  console.log('\n### From the command to the first picture, in VS Code 1.139\n');
  console.log('| opening | milliseconds |\n|---|---|');
  console.log(`| the first, which starts the editor's webviews too | ${times.first.map(time => time.toFixed(0)).join(', ')} |`);
  console.log(`| ${times.again.length} more, each into a new panel: median, 95th percentile | ${quantiles(times.again)} |`);
}

/** The palette is filled in before the clock starts: its search is not the playground's. */
async function openOnce(page: Page, appeared: () => Promise<unknown>): Promise<number> {
  await page.keyboard.press('F1');
  const input = page.locator('.quick-input-box input');
  await input.fill('>Transposed Conv Lens: Open Playground');
  await page.locator('.quick-input-list .monaco-list-row').filter({ hasText: 'Open Playground' }).first().waitFor();
  await page.evaluate('addEventListener("keydown", event => { if (event.key === "Enter") globalThis.entered = performance.timeOrigin + performance.now(); }, { capture: true, once: true })');
  await input.press('Enter');
  await appeared();
  const entered = await page.evaluate('globalThis.entered') as number;
  for (let tries = 0; tries < 200; tries++) {
    for (const frame of page.frames()) {
      const seen = await frame.evaluate(firstPicture).catch(() => undefined) as number | undefined;
      if (seen !== undefined && seen > entered) return seen - entered;
    }
    await page.waitForTimeout(20);
  }
  throw new Error('no picture appeared');
}

function quantiles(values: readonly number[]): string {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number): string => (sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN).toFixed(1);
  return `${at(0.5)}, ${at(0.95)}`;
}
