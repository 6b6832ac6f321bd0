// The suites of test/host in a desktop VS Code, which @vscode/test-electron downloads.
// Where it cannot be had, that is said and counts as skipped.
//   node scripts/test-desktop.mjs [--version 1.100.3] [--executable PATH] [--grep TEXT]
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';
import { build } from './lib/build.mjs';
import { bundleSuites } from './lib/hostBundle.mjs';
import { out, root, sampleWorkspace } from './lib/paths.mjs';
import { finish } from './lib/results.mjs';
import { scratchFolder } from './lib/scratch.mjs';

const { values } = parseArgs({ options: { version: { type: 'string', default: 'stable' }, executable: { type: 'string' }, grep: { type: 'string' } } });
const name = `desktop ${values.version}`;

const executable = hasDisplay() ? values.executable ?? await download() : skip('there is no display (DISPLAY and WAYLAND_DISPLAY are not set; xvfb-run gives one)');
finish([executable === undefined ? { name, passed: 0, failed: 0, skipped: 1 } : await run(executable)]);

function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
}

async function download() {
  try {
    return await downloadAndUnzipVSCode({ version: values.version, cachePath: join(root, '.cache', 'vscode-test'), timeout: 30_000 });
  } catch (error) {
    return skip(`VS Code could not be downloaded (${error instanceof Error ? error.message : error})`);
  }
}

/** @param {string} reason @returns {undefined} */
function skip(reason) {
  console.log(`Skipped, not passed: ${reason}. The same suite runs in the packaged VS Code: npm run test:host.`);
}

/**
 * @param {string} vscodeExecutablePath
 * @returns {Promise<import('./lib/results.mjs').Result>}
 */
async function run(vscodeExecutablePath) {
  await build();
  const tests = await bundleSuites({ platform: 'node', folder: join(out, 'host-desktop'), grep: values.grep, toFile: true });
  const scratch = scratchFolder('desktop');
  try {
    const workspace = join(scratch.path, 'workspace');
    const counts = join(scratch.path, 'counts.json');
    await mkdir(workspace);
    if (existsSync(sampleWorkspace)) await cp(sampleWorkspace, workspace, { recursive: true });
    const problem = await runTests({
      vscodeExecutablePath, extensionDevelopmentPath: root, extensionTestsPath: tests,
      extensionTestsEnv: { TCONV_COUNTS: counts },
      launchArgs: [workspace, '--disable-extensions', '--user-data-dir', join(scratch.path, 'data')],
    }).then(() => undefined, error => error);
    if (!existsSync(counts)) throw problem ?? new Error('no result');
    return { name, ...JSON.parse(await readFile(counts, 'utf8')) };
  } catch (error) {
    console.error(`✗ ${name}: ${error instanceof Error ? error.message : error}`);
    return { name, passed: 0, failed: 1, skipped: 0 };
  } finally {
    await scratch.remove();
  }
}
