// Pictures of the extension, taken of the real thing.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import upng from 'upng-js';
import { deflatePicture } from './deflate.mjs';
import { root } from './paths.mjs';
import { withWorkbench } from './workbench.mjs';

/** @typedef {import('./workbench.mjs').Workbench} Workbench */

/** The tabs of the playground, and what is done there before the picture. */
const views = ['Step', 'Overlap', 'Image', 'Compare', 'Convolution', 'Solve', 'Quiz'];

/** Of VS Code only what belongs to the picture. */
const plainEditor = {
  'editor.minimap.enabled': false, 'editor.stickyScroll.enabled': false, 'editor.guides.indentation': false, 'breadcrumbs.enabled': false,
  'workbench.activityBar.location': 'hidden', 'workbench.layoutControl.enabled': false, 'window.commandCenter': false,
  'workbench.statusBar.visible': false,
};

/**
 * The pictures of the README and of docs/playground.md, each in its place.
 * @param {string} vsix
 */
export async function takePictures(vsix) {
  await withWorkbench({ vsix, width: 920, height: 500, settings: { ...plainEditor, 'workbench.statusBar.visible': true } }, async workbench => {
    await openModel(workbench);
    await workbench.hover('ngf * 2, ngf', { containing: 'Output' });
    // It ships with the extension, so it has fewer colours.
    await save(workbench.page, join(root, 'media/hover-dark.png'), 24);
  });
  await withWorkbench({ vsix, width: 1180, height: 800, settings: plainEditor }, async workbench => {
    await openPlayground(workbench);
    await stepTo(workbench, 7);
    await save(workbench.page, join(root, 'docs/images/playground-beside.png'));
  });
  await withWorkbench({ vsix, width: 1200, height: 820, settings: plainEditor }, async workbench => {
    await openPlayground(workbench);
    await fillEditor(workbench);
    for (const view of views) {
      // The two operations of that view stand one below the other.
      await workbench.page.setViewportSize({ width: 1200, height: view === 'Convolution' ? 1230 : 820 });
      await showView(workbench, view);
      if (view === 'Step' || view === 'Convolution') await stepTo(workbench, 7);
      await save(workbench.page.locator('iframe.webview.ready'), join(root, `docs/images/playground-${view.toLowerCase()}.png`));
    }
  });
}

/** @typedef {'dark' | 'light' | 'contrast'} Theme */

/** @type {readonly Theme[]} */
export const pictureThemes = ['dark', 'light', 'contrast'];

/**
 * Every view, wide and narrow, to be looked at.
 * @param {string} vsix
 * @param {string} folder
 * @param {readonly Theme[]} [wanted]
 */
export async function takeAllViews(vsix, folder, wanted = pictureThemes) {
  await mkdir(folder, { recursive: true });
  for (const theme of wanted) {
    await withWorkbench({ vsix, theme, width: 1300, height: 1700, settings: plainEditor }, async workbench => {
      await openPlayground(workbench);
      await fillEditor(workbench);
      for (const [size, width, height] of /** @type {const} */ ([['wide', 1300, 1700], ['narrow', 340, 2600]])) {
        await workbench.page.setViewportSize({ width, height });
        for (const view of views) {
          await showView(workbench, view);
          const path = join(folder, `${view.toLowerCase()}-${theme}-${size}.png`);
          await workbench.page.locator('iframe.webview.ready').screenshot({ path });
          console.log(path);
        }
      }
    });
  }
}

/** @param {Workbench} workbench */
async function openModel(workbench) {
  await workbench.open('dcgan.py');
  await workbench.command('View: Toggle Primary Side Bar Visibility');
  await workbench.goTo(24);   // above the uneven layer, which is then in sight
  await workbench.page.locator('.squiggly-warning').first().waitFor({ timeout: 30_000 });
}

/** @param {Workbench} workbench */
async function openPlayground(workbench) {
  await openModel(workbench);
  await workbench.goTo(26, 20);
  await workbench.command('Transposed Conv Lens: Open Playground');
  await workbench.playground().getByRole('tab', { name: 'Step' }).waitFor({ timeout: 30_000 });
  await workbench.page.waitForTimeout(500);
}

/** The playground alone. @param {Workbench} workbench */
async function fillEditor(workbench) {
  await workbench.page.keyboard.press('Control+2');
  await workbench.page.waitForTimeout(300);
  await workbench.command('View: Toggle Maximize Editor Group');
  await workbench.page.waitForTimeout(800);
}

/**
 * @param {Workbench} workbench
 * @param {string} view
 */
async function showView(workbench, view) {
  const page = workbench.playground();
  await page.getByRole('tab', { name: view, exact: true }).click();
  if (view === 'Image' || view === 'Compare') await page.locator('.result[aria-busy=false]').waitFor();
  if (view === 'Quiz') await page.locator('.choices button:enabled').first().click({ timeout: 3000 }).catch(() => undefined);   // answered already
  await workbench.page.mouse.move(0, 0);
  await workbench.page.waitForTimeout(600);
}

/**
 * With the steps of the view done up to one of them.
 * @param {Workbench} workbench
 * @param {number} position
 */
async function stepTo(workbench, position) {
  const slider = workbench.playground().getByRole('slider', { name: 'Step' });
  await slider.fill(String(position));
  await slider.blur();
  await workbench.page.waitForTimeout(300);
}

/**
 * Takes the picture, with few enough colours for a small file.
 * @param {{ screenshot(options: { path?: string }): Promise<Buffer> }} what a page, or an element on one
 * @param {string} path
 * @param {number} [colours]
 */
async function save(what, path, colours = 256) {
  await mkdir(dirname(path), { recursive: true });
  const { width, height, ...picture } = upng.decode(toArrayBuffer(await what.screenshot({})));
  const [pixels] = upng.toRGBA8({ width, height, ...picture });
  if (pixels === undefined) throw new Error('no picture');
  const content = await deflatePicture(Buffer.from(upng.encode([pixels], width, height, colours)));
  // The same picture is not a new file.
  const before = await readFile(path).catch(() => undefined);
  if (before === undefined || !before.equals(content)) await writeFile(path, content);
  console.log(`${path}  ${(content.length / 1000).toFixed(0)} kB`);
}

/** @param {Buffer} buffer */
function toArrayBuffer(buffer) {
  const copy = new ArrayBuffer(buffer.length);
  new Uint8Array(copy).set(buffer);
  return copy;
}
