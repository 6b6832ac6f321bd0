/**
 * `npm run bench:playground -- [controls] [opening]`: how fast the playground answers. `controls`: in the browser, from a
 * control to its picture on the largest one, 512 × 512 through a 4 × 4 kernel with stride 2. `opening`: in a real
 * VS Code, from the command to the first picture. Prints tables in Markdown. Other work on the machine shows: the least
 * of many is what the playground itself needs.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchBrowser } from '../../scripts/lib/browser.mjs';
import { build, packageExtension } from '../../scripts/lib/build.mjs';
import { buildPlaygroundPage, servePlaygroundPage } from '../../scripts/lib/playgroundPage.mjs';
import { withWorkbench, type Workbench } from '../../scripts/lib/workbench.mjs';
import type { CDPSession, Page } from 'playwright-core';
import { encodeState, stateParameter } from '../../src/playgroundLink';
import { defaultState, type State } from '../../webview/state';
import { PictureWork } from '../../webview/worker/pictureWork';

const changes = 60;
const warmUps = 5;
const openings = 7;
const asked = process.argv.slice(2);
const sessions = new WeakMap<Page, CDPSession>();

/**
 * Runs in the page, as text, because a compiled function would bring helpers that the page does not have. Presses the
 * button that draws other weights, and looks at the canvas of the output.
 */
const measureChanges = `async function (changes) {
  const view = document.querySelector('tconv-playground').shadowRoot.querySelector('tconv-image-view');
  let drawn = () => undefined;
  view.updated = () => { drawn(); };
  const frame = () => new Promise(resolve => requestAnimationFrame(resolve));
  const painted = () => view.shadowRoot.querySelector('tconv-picture[heading^=Output]').picture;
  const times = [];
  for (let change = -${warmUps}; change < changes; change++) {
    await frame();
    await new Promise(resolve => setTimeout(resolve, 40));
    const button = view.shadowRoot.querySelector('button.icon');
    const before = painted();
    const start = performance.now();
    button.click();
    await view.updateComplete;
    const busy = performance.now() - start;
    while (painted() === before) await new Promise(resolve => { drawn = resolve; });
    await view.shadowRoot.querySelector('tconv-picture[heading^=Output]').updateComplete;
    const done = performance.now() - start;
    await frame();
    const shown = performance.now() - start;
    if (change >= 0) times.push([busy, done, shown]);
  }
  return times;
}`;

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
  console.log(`512 × 512 through kernel 4, stride 2, padding 1, to 1024 × 1024; ${changes} changes. Milliseconds: least, median, 95th percentile. Processor time, page and worker, does not count what else the machine does; it includes the spectrum and the score, for which the picture does not wait.\n`);
  console.log('| picture | where | page busy | picture painted | on the screen | processor time of a change |\n|---|---|---|---|---|---|');
  try {
    for (const sample of ['flat', 'scene'] as const) for (const workers of [true, false]) {
      const page = await browser.newPage();
      if (!workers) await page.addInitScript('globalThis.Worker = class { constructor() { throw new Error("forbidden"); } };');
      const state: State = { ...defaultState, view: 'image', image: { ...defaultState.image, sample, size: 512 } };
      await page.goto(`${server.url}#${stateParameter}=${encodeState(state)}`);
      await page.getByText('Output 1024 × 1024').waitFor();
      const before = await processorTime(page);
      const times = await page.evaluate(`(${measureChanges})(${changes})`) as readonly (readonly [number, number, number])[];
      const columns = [0, 1, 2].map(index => quantiles(times.map(row => row[index] ?? NaN)));
      const onPage = (await processorTime(page) - before) / (changes + warmUps);
      console.log(`| ${sample === 'flat' ? 'grey' : 'colour'} | ${workers ? 'worker' : 'page, in slices'} | ${columns.join(' | ')} | ${onPage.toFixed(1)}${workers ? ` + ${(await workTime(sample)).toFixed(1)}` : ''} |`);
      await page.close();
    }
  } finally {
    await browser.close();
    await server.close();
  }
}

/** Milliseconds that the processor has worked for the page's own thread. */
async function processorTime(page: Page): Promise<number> {
  const session = sessions.get(page) ?? await page.context().newCDPSession(page);
  if (!sessions.has(page)) await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  sessions.set(page, session);
  const { metrics } = await session.send('Performance.getMetrics');
  return (metrics.find(metric => metric.name === 'TaskDuration')?.value ?? NaN) * 1000;
}

/** The same for what the worker does, here in Node. */
async function workTime(sample: 'flat' | 'scene'): Promise<number> {
  const axis = { inputSize: 4, kernelSize: 4, stride: 2, dilation: 1, cropLeft: 1, outputSize: 8 };
  const work = new PictureWork();
  const turn = { pause: () => Promise.resolve() };
  const change = async (seed: number): Promise<number> => {
    const start = process.cpuUsage();
    for (const kind of ['image', 'analysis'] as const) await work.do({ kind, picture: sample, size: 512, layers: [{ axes: [axis, axis], kernel: { name: 'random', seed } }] }, turn);
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  };
  const times: number[] = [];
  for (let seed = -warmUps; seed < changes; seed++) times.push(await change(seed + 100));
  return times.slice(warmUps).sort((a, b) => a - b)[changes >> 1] ?? NaN;
}

async function opening(): Promise<void> {
  await openPage();
  await build();
  const vsix = await packageExtension(join(scratch, 'extension.vsix'));
  const times = { first: [] as number[], again: [] as number[] };
  await withWorkbench({ vsix, width: 1280, height: 800 }, async workbench => {
    const { page } = workbench;
    await workbench.open('dcgan.py');
    await page.locator('.squiggly-warning').first().waitFor({ timeout: 30_000 });
    for (let turn = 0; turn < openings; turn++) {
      await workbench.goTo(26, 20);
      times[turn === 0 ? 'first' : 'again'].push(await openOnce(workbench));
      await page.waitForTimeout(500);
      await workbench.command('View: Close All Editors');
      await workbench.open('dcgan.py');
    }
  });
  console.log('\n### From the command to the first picture, in VS Code 1.139\n');
  console.log('| opening | milliseconds |\n|---|---|');
  console.log(`| the first, which starts the editor's webviews too | ${times.first.map(time => time.toFixed(0)).join(', ')} |`);
  console.log(`| ${times.again.length} more, each into a new panel: least, median, 95th percentile | ${quantiles(times.again)} |`);
}

/** The page by itself: what its own thread does until the grids stand there. */
async function openPage(): Promise<void> {
  const folder = join(scratch, 'opened');
  await buildPlaygroundPage(folder);
  const server = await servePlaygroundPage(folder);
  const browser = await launchBrowser();
  const times: number[] = [];
  try {
    for (let turn = 0; turn < openings; turn++) {
      const page = await browser.newPage();
      await processorTime(page);
      await page.goto(server.url);
      await page.locator('tconv-grid [role=gridcell]').first().waitFor();
      times.push(await processorTime(page));
      await page.close();
    }
  } finally {
    await browser.close();
    await server.close();
  }
  console.log(`\nProcessor time of the page alone until its first picture, milliseconds (least, median, 95th percentile): ${quantiles(times)}`);
}

/** The palette is filled in before the clock starts: its search is not the playground's. The clock stops when the grids are seen. */
async function openOnce(workbench: Workbench): Promise<number> {
  const { page } = workbench;
  await page.keyboard.press('F1');
  const input = page.locator('.quick-input-box input');
  await input.fill('>Transposed Conv Lens: Open Playground');
  await page.locator('.quick-input-list .monaco-list-row').filter({ hasText: 'Open Playground' }).first().waitFor();
  const start = performance.now();
  await input.press('Enter');
  await workbench.playground().locator('tconv-grid [role=gridcell]').first().waitFor({ timeout: 30_000 });
  return performance.now() - start;
}

function quantiles(values: readonly number[]): string {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number): string => (sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN).toFixed(1);
  return `${at(0)}, ${at(0.5)}, ${at(0.95)}`;
}
