// Bundles the suites of test/host/suite into one module with `run()`, the form that every VS Code takes.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import * as esbuild from 'esbuild';
import { root } from './paths.mjs';

/** Begin the lines on the suites' console that are theirs, among those of VS Code: a line of the report, the counts as JSON. */
export const reportMark = 'TCONV-REPORT ';
export const resultMark = 'TCONV-RESULT ';

/**
 * @param {{ platform: 'node' | 'browser', folder: string, grep?: string | undefined, toFile?: boolean }} options
 *   `folder`: where the module goes, as `index.js`. `toFile`: the counts go to the file that the environment variable TCONV_COUNTS names, not to the console
 * @returns {Promise<string>} the module
 */
export async function bundleSuites({ platform, folder, grep, toFile = false }) {
  const host = join(root, 'test', 'host');
  const files = (await readdir(join(host, 'suite'), { recursive: true }))
    .filter(name => name.endsWith('.test.ts')).map(name => name.replaceAll('\\', '/')).sort();
  const mark = (/** @type {string} */ text, /** @type {string} */ value) => `x => console.log(${JSON.stringify(text)} + ${value})`;
  const print = toFile ? 'x => console.log(x)' : mark(reportMark, 'x');
  const report = toFile
    ? `x => require('node:fs').writeFileSync(process.env.TCONV_COUNTS, JSON.stringify(x))`
    : mark(resultMark, 'JSON.stringify(x)');
  await esbuild.build({
    stdin: {
      resolveDir: host,
      contents: `
        import { runSuites } from './runSuites';
        const load = () => {
          ${files.map(name => `require(${JSON.stringify(`./suite/${name}`)});`).join('\n')}
        };
        export const run = () => runSuites(load, { grep: ${JSON.stringify(grep)}, print: ${print}, report: ${report} });
      `,
    },
    outfile: join(folder, 'index.js'),
    bundle: true, format: 'cjs', target: 'es2022', sourcemap: 'inline', logLevel: 'warning', platform,
    ...(platform === 'node'
      ? { external: ['vscode', 'mocha'] }
      : {
          external: ['vscode'],
          alias: { 'mocha': join(host, 'mochaInWorker.ts'), 'node:assert/strict': join(host, 'assertInWorker.ts') },
          // What the assert package asks of Node.
          define: { 'process.env.NODE_DEBUG': 'undefined', 'process.stderr': 'undefined', 'global': 'globalThis' },
        }),
  });
  return join(folder, 'index.js');
}
