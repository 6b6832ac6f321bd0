import { spawn } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { createVSIX } from '@vscode/vsce';
import { root } from './paths.mjs';

/** Larger than this, something got in that does not belong there. */
const maximumKilobytes = 400;
/** From here on a new feature has to make its own room: what fills the bundles is seen in esbuild's metafile. */
const watchedKilobytes = 365;

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
 * @param {string} [vsix] where to; by default into the checkout, as `NAME-VERSION.vsix`
 * @returns {Promise<string>} the VSIX, as it is given to people
 */
export async function packageExtension(vsix) {
  const { name, version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const path = vsix ?? join(root, `${name}-${version}.vsix`);
  await pack(path);
  // Only now: it comes with a copy of zopfli, which answers every later error with its own program text.
  const { deflateAgain } = await import('./deflate.mjs');
  const archive = await deflateAgain(await readFile(path));
  await writeFile(path, archive);
  const kilobytes = archive.length / 1000;
  if (kilobytes >= maximumKilobytes) {
    throw new Error(`${relative(root, path)} is ${kilobytes.toFixed(0)} kB; it must stay under ${maximumKilobytes} kB.`);
  }
  console.log(`${relative(root, path)}: ${kilobytes.toFixed(1)} kB of ${maximumKilobytes} after deflating again`);
  if (kilobytes >= watchedKilobytes) console.warn(`Little room is left: over ${watchedKilobytes} kB.`);
  return path;
}

/**
 * The same without the seconds that it takes to make it small and to look for secrets in it: to look at, not to give away.
 * @param {string} vsix where to
 * @returns {Promise<string>} the VSIX
 */
export async function packageQuickly(vsix) {
  await pack(vsix, { allowPackageAllSecrets: true, allowPackageEnvFile: true });
  return vsix;
}

/**
 * @param {string} path
 * @param {import('@vscode/vsce').ICreateVSIXOptions & { allowPackageAllSecrets?: boolean, allowPackageEnvFile?: boolean }} [options]
 */
async function pack(path, options) {
  await mkdir(dirname(path), { recursive: true });
  await createVSIX({
    cwd: root, packagePath: path, dependencies: false, allowMissingRepository: true, rewriteRelativeLinks: false, ...options,
  });
}
