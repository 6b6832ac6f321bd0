// What a user does: installs the VSIX, opens a file, points at a layer. In a real VS Code, in a real browser.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { packageExtension } from '../../scripts/lib/build.mjs';
import { out } from '../../scripts/lib/paths.mjs';
import { withWorkbench } from '../../scripts/lib/workbench.mjs';

const screenshots = join(out, 'screenshots');

describe('the VSIX, as a user has it', () => {
  let vsix: string;
  before(async () => { vsix = await packageExtension(join(out, 'transposed-conv-lens.vsix')); });

  for (const version of ['1.100', '1.139'] as const) {
    it(`says in VS Code ${version} what a layer does when one points at it`, async () => {
      await withWorkbench({ vsix, version }, async workbench => {
        await workbench.open('dcgan.py');
        const text = await workbench.hover('ConvTranspose2d');
        await workbench.screenshot(join(screenshots, `vsix-hover-${version}.png`));
        assert.match(text, /ConvTranspose2d/);
      });
    });
  }
});
