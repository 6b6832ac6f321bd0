import { spawn } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { createVSIX } from '@vscode/vsce';
import { root } from './paths.mjs';

/** Larger than this, something got in that does not belong there. */
const maximumKilobytes = 400;

/** Builds everything into `dist/`. */
export async function build() {
  const code = await new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, 'esbuild.mjs')], { cwd: root, stdio: 'inherit' });
    child.on('error', reject);
    child.on('exit', resolve);
  });
  if (code !== 0) throw new Error('the build failed');
}

/**
 * Packs what `.vscodeignore` lets through, and lists it.
 * @param {string} [vsix] where to; in the checkout by default
 * @returns {Promise<string>} the VSIX
 */
export async function packageExtension(vsix = join(root, 'transposed-conv-lens.vsix')) {
  await createVSIX({
    cwd: root, packagePath: vsix, dependencies: false, allowMissingRepository: true, rewriteRelativeLinks: false,
  });
  const kilobytes = (await stat(vsix)).size / 1000;
  if (kilobytes >= maximumKilobytes) {
    throw new Error(`${relative(root, vsix)} is ${kilobytes.toFixed(0)} kB; it must stay under ${maximumKilobytes} kB.`);
  }
  return vsix;
}
