// Builds and packs the extension: transposed-conv-lens.vsix.
import { stat } from 'node:fs/promises';
import { relative } from 'node:path';
import { build, packageExtension, printContents } from './lib/build.mjs';
import { root } from './lib/paths.mjs';

await build();
const vsix = await packageExtension();
await printContents();
console.log(`${relative(root, vsix)}: ${((await stat(vsix)).size / 1000).toFixed(1)} kB`);
