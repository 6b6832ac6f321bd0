// `import { program } from './main?worker'`: the bundled program of a worker as a function, in the script that starts it.
// The editor's pages may start a worker only from memory and may load nothing, so that its text has to be there; and
// where workers are forbidden, the page calls the function itself.
import * as esbuild from 'esbuild';
import { resolve } from 'node:path';

/** @returns {import('esbuild').Plugin} */
export function workerProgram() {
  return {
    name: 'worker-program',
    setup(build) {
      build.onResolve({ filter: /\?worker$/ }, ({ path, resolveDir }) => ({ path: `${resolve(resolveDir, path.replace('?worker', ''))}.ts`, namespace: 'worker-program' }));
      build.onLoad({ filter: /.*/, namespace: 'worker-program' }, async ({ path }) => {
        const { minify = false, target = 'es2022' } = build.initialOptions;
        const { outputFiles, metafile } = await esbuild.build({
          entryPoints: [path], bundle: true, write: false, metafile: true, format: 'iife', platform: 'browser', legalComments: 'none', logLevel: 'warning', minify, target,
        });
        const text = outputFiles[0]?.text ?? '';
        return { contents: `export function program(scope) {\n${text}\n}`, loader: 'js', watchFiles: Object.keys(metafile.inputs).map(input => resolve(input)) };
      });
    },
  };
}
