// How the playground's page is bundled. As a plain page: `main.js` for the first picture, `later.js` for the rest, and in
// a file of its own what both need. In the editor it is one file: each takes a way to the extension's folder and back,
// and VS Code 1.100 loses some of them when a page is opened again.
import { join } from 'node:path';
import { root } from './paths.mjs';
import { evaluatedTables } from './tables.mjs';
import { workerProgram } from './workerProgram.mjs';

const main = join(root, 'webview/main.ts');

/** @type {import('esbuild').BuildOptions} */
const common = { bundle: true, format: 'esm', platform: 'browser', target: 'es2022', legalComments: 'none', plugins: [workerProgram(), evaluatedTables()] };

/**
 * @param {string} outdir
 * @returns {import('esbuild').BuildOptions}
 */
export function editorPlaygroundBundle(outdir) {
  return { ...common, entryPoints: { main }, outdir };
}

/**
 * @param {string} outdir
 * @returns {import('esbuild').BuildOptions}
 */
export function plainPlaygroundBundle(outdir) {
  // A browser may keep files of an older version: the hash in the name keeps the two apart.
  return { ...common, entryPoints: { main, later: join(root, 'webview/later.ts') }, outdir, chunkNames: 'shared-[hash]', splitting: true };
}
