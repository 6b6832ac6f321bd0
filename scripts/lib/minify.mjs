// Minifies once more what esbuild has minified: SWC folds constants and names what is local better, which saves about 4%
// after deflating. As WebAssembly it is one package for every platform.
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Properties that only src/kernel has, and passes to nobody: their names may be shortened. A test sees to that. */
export const kernelProperties = /^(evens|groupInputs|groupOutputs|inputPlane|outputPlane|packInputs|packWeights|panelColumns|prepare|resultLike|runSteps|scratch|setWeights|strategy)$/;

/**
 * For builds with `write: false`: this writes.
 * @returns {import('esbuild').Plugin}
 */
export function minifyMore() {
  return {
    name: 'minify-more',
    setup(build) {
      const module = build.initialOptions.format === 'esm';
      build.onEnd(async ({ outputFiles = [] }) => {
        for (const { path, text } of outputFiles) {
          const code = await minifyOnceMore(text, module);
          await mkdir(dirname(path), { recursive: true });
          await writeFile(path, code);
        }
      });
    },
  };
}

/**
 * @param {string} text
 * @param {boolean} module whether it is one
 * @returns {Promise<string>}
 */
export async function minifyOnceMore(text, module) {
  // Slow to load, and not needed by a build for development.
  const { minify } = await import('@swc/wasm');
  const { code } = await minify(text, { module, toplevel: true, ecma: 2022, compress: { ecma: 2022, passes: 1 }, mangle: { toplevel: true }, format: { comments: false } });
  return code;
}
