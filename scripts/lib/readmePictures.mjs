// The pictures of the README, taken of the real thing.
import { join } from 'node:path';
import { out, root } from './paths.mjs';
import { withWorkbench } from './workbench.mjs';

/**
 * @param {string} vsix
 * @param {{ final: boolean }} options `final`: into media/, else into out/screenshots
 */
export async function readmePictures(vsix, { final }) {
  const folder = final ? join(root, 'media') : join(out, 'screenshots');
  for (const theme of /** @type {const} */ (['dark', 'light'])) {
    await withWorkbench({ vsix, theme, width: 1280, height: 800 }, async workbench => {
      await workbench.open('dcgan.py');
      await workbench.hover('ConvTranspose2d');
      await workbench.screenshot(join(folder, `hover-${theme}.png`));
    });
  }
}
