// Minifies once more what esbuild has minified: it folds constants and names what is local better, which saves about 4% after deflating.
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { minify } from 'oxc-minify';

/**
 * For builds with `write: false`: this writes.
 * @returns {import('esbuild').Plugin}
 */
export function minifyMore() {
  return {
    name: 'minify-more',
    setup(build) {
      const { format, target } = build.initialOptions;
      build.onEnd(async ({ outputFiles = [] }) => {
        for (const { path, text } of outputFiles) {
          const { code, errors } = await minify(path, text, { module: format === 'esm', compress: { target: String(target) }, mangle: { toplevel: true } });
          if (errors.length > 0) throw new Error(errors.map(error => error.message).join('\n'));
          await mkdir(dirname(path), { recursive: true });
          await writeFile(path, code);
        }
      });
    },
  };
}
