// The pictures of the README, taken of the real thing.
import { join } from 'node:path';
import { out, root } from './paths.mjs';
import { withWorkbench } from './workbench.mjs';

/** Those that the README shows; the others are for people at work to look at. */
const inReadme = ['hover-dark.png'];

/**
 * @param {string} vsix
 * @param {{ final: boolean }} options `final`: those of the README into media/; else all into out/screenshots
 */
export async function readmePictures(vsix, { final }) {
  const folder = final ? join(root, 'media') : join(out, 'screenshots');
  const save = async (/** @type {import('./workbench.mjs').Workbench} */ workbench, /** @type {string} */ name) => {
    if (final && !inReadme.includes(name)) return;
    const path = join(folder, name);
    await workbench.screenshot(path);
    console.log(path);
  };
  for (const theme of /** @type {const} */ (['dark', 'light'])) {
    const settings = {
      'editor.minimap.enabled': false, 'editor.stickyScroll.enabled': false, 'editor.guides.indentation': false, 'breadcrumbs.enabled': false,
      'workbench.activityBar.location': 'hidden', 'workbench.layoutControl.enabled': false, 'window.commandCenter': false,
    };
    await withWorkbench({ vsix, theme, width: 920, height: 500, settings }, async workbench => {
      await openModel(workbench);
      await workbench.hover('ngf * 2, ngf', { containing: 'Output' });
      await save(workbench, `hover-${theme}.png`);
    });
    await withWorkbench({ vsix, theme, width: 1200, height: 760, settings }, async workbench => {
      await openModel(workbench);
      await workbench.problems();
      await save(workbench, `problems-${theme}.png`);
      await workbench.command('View: Hide Panel');
      await workbench.goTo(26, 20);
      await workbench.command('Transposed Conv Lens: Open Playground');
      const page = workbench.playground();
      await page.getByText('Layer settings').click({ timeout: 30_000 });   // folds them
      for (const name of ['step', 'overlap', 'image']) {
        await page.getByRole('tab', { name }).click();
        await workbench.page.waitForTimeout(1000);
        await save(workbench, `playground-${name}-${theme}.png`);
      }
    });
  }
}

/** @param {import('./workbench.mjs').Workbench} workbench */
async function openModel(workbench) {
  await workbench.open('dcgan.py');
  await workbench.command('View: Toggle Primary Side Bar Visibility');
  await workbench.goTo(24);   // above the uneven layer, which is then in sight
  await workbench.page.locator('.squiggly-warning').first().waitFor({ timeout: 30_000 });
}
