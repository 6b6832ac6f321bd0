// Builds everything that ships, into dist/: the extension, the command line, the page.
import * as esbuild from 'esbuild';
import { chmod, copyFile, rm } from 'node:fs/promises';
import { minifyMore } from './scripts/lib/minify.mjs';
import { editorPlaygroundBundle } from './scripts/lib/playgroundBundle.mjs';
import { buildSimd } from './scripts/lib/simd.mjs';

const watch = process.argv.includes('--watch');
const development = watch || process.argv.includes('--development');

/** @type {import('esbuild').BuildOptions} */
const common = {
  bundle: true, minify: !development, sourcemap: development ? 'linked' : false, legalComments: 'none',
  logLevel: 'info', target: 'es2022', outdir: 'dist',
};

/**
 * What the VSIX holds is minified once more.
 * @param {import('esbuild').BuildOptions} options
 * @returns {import('esbuild').BuildOptions}
 */
function small(options) {
  return development ? options : { ...options, write: false, plugins: [...options.plugins ?? [], minifyMore()] };
}

/** @type {import('esbuild').BuildOptions[]} */
const targets = [
  // One file for the desktop (`main`) and the web (`browser`): it needs nothing of Node, and the VSIX holds it once.
  small({ ...common, entryPoints: { extension: 'src/extension.ts' }, platform: 'browser', format: 'cjs', external: ['vscode'], alias: { '@lezer/highlight': './scripts/lib/noHighlighting.mjs' } }),
  { ...common, entryPoints: { cli: 'src/cli.ts' }, platform: 'node', format: 'cjs', banner: { js: '#!/usr/bin/env node' } },
  small({ ...common, ...editorPlaygroundBundle('dist/webview') }),
];

await buildSimd();
await rm('dist', { recursive: true, force: true });
if (watch) {
  for (const target of targets) await (await esbuild.context(target)).watch();
} else {
  await Promise.all(targets.map(target => esbuild.build(target)));
  await chmod('dist/cli.js', 0o755);
}
await copyFile('webview/playground.css', 'dist/webview/playground.css').catch(() => undefined);
