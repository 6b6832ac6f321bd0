// `*.table.ts` is evaluated when a bundle is built: of such a file only the data that it exports goes into the bundle.
import * as esbuild from 'esbuild';
import { resolve } from 'node:path';

/** @returns {import('esbuild').Plugin} */
export function evaluatedTables() {
  return {
    name: 'evaluated-tables',
    setup(build) {
      build.onLoad({ filter: /\.table\.ts$/ }, async ({ path }) => {
        const { outputFiles, metafile } = await esbuild.build({ entryPoints: [path], bundle: true, write: false, metafile: true, format: 'esm', logLevel: 'warning' });
        const tables = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0]?.contents ?? []).toString('base64')}`);
        const contents = Object.entries(tables).map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};`).join('\n');
        return { contents, watchFiles: Object.keys(metafile.inputs).map(input => resolve(input)) };
      });
    },
  };
}
