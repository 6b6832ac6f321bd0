// `import { text } from './main?worker'`: the program of a worker, bundled, as a text in the script that starts it.
// The editor's pages may start a worker only from memory, and may load nothing.
import * as esbuild from 'esbuild';
import { resolve } from 'node:path';

/** @returns {import('esbuild').Plugin} */
export function workerText() {
  return {
    name: 'worker-text',
    setup(build) {
      build.onResolve({ filter: /\?worker$/ }, ({ path, resolveDir }) => ({ path: `${resolve(resolveDir, path.replace('?worker', ''))}.ts`, namespace: 'worker-text' }));
      build.onLoad({ filter: /.*/, namespace: 'worker-text' }, async ({ path }) => {
        const { minify = false, target = 'es2022' } = build.initialOptions;
        const { outputFiles, metafile } = await esbuild.build({
          entryPoints: [path], bundle: true, write: false, metafile: true, format: 'iife', platform: 'browser', legalComments: 'none', logLevel: 'warning', minify, target,
        });
        const text = outputFiles[0]?.text ?? '';
        return { contents: `export const text = ${JSON.stringify(text)};`, loader: 'js', watchFiles: Object.keys(metafile.inputs).map(input => resolve(input)) };
      });
    },
  };
}
