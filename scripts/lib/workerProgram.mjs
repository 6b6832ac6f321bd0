// `import { program } from './main?worker'`: the bundled program of a worker as a function, in the script that starts it.
// The editor's pages may start a worker only from memory and may load nothing, so that its text has to be there; and
// where workers are forbidden, the page calls the function itself. It returns what the program exports: the page's
// `worker/kernel.ts` becomes that, so that the kernel is in the script once.
import * as esbuild from 'esbuild';
import { dirname, join, resolve } from 'node:path';
import { kernelProperties } from './minify.mjs';

/** @returns {import('esbuild').Plugin} */
export function workerProgram() {
  return {
    name: 'worker-program',
    setup(build) {
      const { minify = false, target = 'es2022' } = build.initialOptions;
      /** @param {string} path @param {'iife' | 'esm'} format */
      const bundle = (path, format) => esbuild.build({
        entryPoints: [path], bundle: true, write: false, metafile: true, format, globalName: 'exported', platform: 'browser', legalComments: 'none', logLevel: 'warning', minify, target,
        ...minify && { mangleProps: kernelProperties },
      });
      build.onResolve({ filter: /\?worker$/ }, ({ path, resolveDir }) => ({ path: `${resolve(resolveDir, path.replace('?worker', ''))}.ts`, namespace: 'worker-program' }));
      build.onLoad({ filter: /.*/, namespace: 'worker-program' }, async ({ path }) => {
        const { outputFiles, metafile } = await bundle(path, 'iife');
        return { contents: `export function program(scope) {\n${outputFiles[0]?.text ?? ''}\nreturn exported;\n}`, loader: 'js', watchFiles: sources(metafile) };
      });
      build.onLoad({ filter: /webview[\\/]worker[\\/]kernel\.ts$/, namespace: 'file' }, async ({ path }) => {
        const { metafile } = await bundle(path, 'esm');
        const names = Object.values(metafile.outputs).flatMap(({ exports }) => exports);
        return {
          contents: `import { program } from ${JSON.stringify(join(dirname(path), 'main?worker'))};\nexport const { ${names.join(', ')} } = program();`,
          loader: 'js', resolveDir: dirname(path), watchFiles: sources(metafile),
        };
      });
    },
  };
}

/** @param {import('esbuild').Metafile} metafile */
function sources({ inputs }) {
  return Object.keys(inputs).map(input => resolve(input));
}
