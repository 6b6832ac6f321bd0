// `npm run pictures`: takes the pictures of the README and of docs/playground.md in a real VS Code, into media/ and docs/images/.
// `npm run pictures -- --all`: every view, dark, light and in high contrast, wide and narrow, into out/screenshots, to be looked at.
// `--theme dark` (`light`, `contrast`) takes these alone: a few minutes each on a busy machine.
// `--vsix FILE` uses that one instead of building.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { build, packageQuickly } from './lib/build.mjs';
import { out } from './lib/paths.mjs';
import { pictureThemes, takeAllViews, takePictures } from './lib/pictures.mjs';

const { values } = parseArgs({ options: { all: { type: 'boolean', default: false }, theme: { type: 'string' }, vsix: { type: 'string' } } });
const scratch = await mkdtemp(join(tmpdir(), 'transposed-conv-lens-pictures-'));
try {
  if (values.vsix === undefined) await build();
  const vsix = values.vsix === undefined ? await packageQuickly(join(scratch, 'extension.vsix')) : resolve(values.vsix);
  const themes = pictureThemes.filter(theme => values.theme === undefined || theme === values.theme);
  if (values.all) await takeAllViews(vsix, join(out, 'screenshots'), themes);
  else await takePictures(vsix);
} finally {
  await rm(scratch, { recursive: true, force: true });
}
