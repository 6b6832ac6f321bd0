// What a user does: installs the VSIX, opens a file, points at a layer. In a real VS Code, in a real browser.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageExtension } from '../../scripts/lib/build.mjs';
import { out } from '../../scripts/lib/paths.mjs';
import { type Workbench, withWorkbench } from '../../scripts/lib/workbench.mjs';

const screenshots = join(out, 'screenshots');
const model = 'import torch.nn as nn\n\n\n\n\nup = nn.ConvTranspose2d(64, 32, kernel_size=3, stride=2)\n';

describe('the VSIX, as a user has it', () => {
  let vsix: string;
  before(async () => { vsix = await packageExtension(join(out, 'transposed-conv-lens.vsix')); });

  for (const version of ['1.100', '1.139'] as const) {
    describe(`in VS Code ${version}`, () => {
      it('shows what a layer does, and its problem, when one points at it', async () => {
        await withWorkbench({ vsix, version }, async workbench => {
          await openModel(workbench);
          const text = await workbench.hover('ConvTranspose2d', { containing: 'Output' });
          await workbench.screenshot(join(screenshots, `vsix-hover-${version}.png`));
          assert.match(text, /64 → 32/);
          assert.match(text, /2\*?H \+ 1, 2\*?W \+ 1/);
          assert.match(text, /Uneven overlap/);
          assert.ok(await pictureWidth(workbench) > 0, 'the picture of the overlap is painted');
        });
      });

      it('underlines the argument at fault and lists the problem', async () => {
        await withWorkbench({ vsix, version, theme: 'light' }, async workbench => {
          await openModel(workbench);
          await workbench.page.locator('.squiggly-warning').first().waitFor({ timeout: 30_000 });
          const rows = await workbench.problems();
          await workbench.screenshot(join(screenshots, `vsix-problems-${version}.png`));
          assert.match(rows.join('\n'), /TC101/);
        });
      });
    });
  }

  it('works in Restricted Mode', async () => {
    await withWorkbench({ vsix, restricted: true }, async workbench => {
      await openModel(workbench);
      const text = await workbench.hover('ConvTranspose2d', { containing: 'Output' });
      await workbench.screenshot(join(screenshots, 'vsix-restricted.png'));
      assert.match(text, /Uneven overlap/);
      await workbench.page.getByText('Restricted Mode').locator('visible=true').first().waitFor({ timeout: 30_000 });
    });
  });

  it('opens the playground with the layer under the cursor', async () => {
    await withWorkbench({ vsix }, async workbench => {
      await openPlayground(workbench);
      await workbench.screenshot(join(screenshots, 'vsix-playground.png'));
    });
  });

  it('writes what was changed in the playground into the code, and saves a picture', async () => {
    await withWorkbench({ vsix }, async workbench => {
      const page = await openPlayground(workbench);
      await page.getByLabel('Kernel size', { exact: true }).fill('4');
      await page.getByRole('button', { name: 'Apply to code' }).click({ timeout: 15_000 });
      await page.getByText('Written into the code.').waitFor();
      await workbench.find('kernel_size=4');
      await page.getByRole('button', { name: 'Save PNG' }).click();
      const name = workbench.page.locator('.quick-input-box input');
      await workbench.page.waitForFunction(() => document.querySelector<HTMLInputElement>('.quick-input-box input')?.value.endsWith('playground-step.png'));
      await name.press('Enter');
      await page.getByText('Saved playground-step.png').waitFor();
      const picture = await readFile(join(workbench.folder, 'playground-step.png'));
      assert.equal(picture.subarray(1, 4).toString('latin1'), 'PNG');
    });
  });
});

async function openModel(workbench: Workbench): Promise<void> {
  await writeFile(join(workbench.folder, 'one_layer.py'), model);
  await workbench.open('one_layer.py');
}

/** The page, once it shows the layer. */
async function openPlayground(workbench: Workbench): Promise<ReturnType<Workbench['playground']>> {
  await openModel(workbench);
  await workbench.goTo(6, 10);
  await workbench.command('Transposed Conv Lens: Open Playground');
  const page = workbench.playground();
  await page.getByText('one_layer.py:6').waitFor({ timeout: 30_000 });
  return page;
}

/** In pixels of the picture itself: 0 where it could not be read. */
async function pictureWidth(workbench: Workbench): Promise<number> {
  return workbench.page.locator('.monaco-hover:visible img').first().evaluate(image => image instanceof HTMLImageElement ? image.naturalWidth : 0);
}
