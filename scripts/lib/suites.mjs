// The parts of the tests: each prints its own report and gives its counts.
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { atExit } from './cleanup.mjs';
import { launchBrowser } from './browser.mjs';
import { runInNodeHost, runInWebHost } from './hosts.mjs';
import { root } from './paths.mjs';
import { scratchFolder } from './scratch.mjs';

/** @typedef {import('./results.mjs').Result} Result */

/**
 * @param {readonly string[]} [mochaArguments] such as `--grep`
 * @returns {Promise<Result>}
 */
export function runUnitTests(mochaArguments = []) {
  return runMocha('unit', ['test/unit/**/*.test.ts', ...mochaArguments]);
}

/**
 * @param {readonly string[]} [mochaArguments] such as `--grep`
 * @returns {Promise<Result>}
 */
export async function runBrowserTests(mochaArguments = []) {
  // Installed here if it must be, so that no test waits for that.
  await (await launchBrowser()).close();
  return runMocha('browser', ['test/browser/**/*.test.ts', '--timeout', '60000', ...mochaArguments]);
}

/** Where the extension is tested in a real VS Code. */
export const hostNames = ['1.100', '1.139', 'web', 'vsix'];

/**
 * @param {{ hosts?: readonly string[], grep?: string | undefined }} [options] `hosts`: among `hostNames`
 * @returns {Promise<Result[]>}
 */
export async function runHostTests({ hosts = hostNames, grep } = {}) {
  const results = [];
  for (const host of hosts) {
    if (host === 'web') results.push(await runInWebHost(grep));
    else if (host === 'vsix') results.push(await runMocha('host vsix', ['test/host/vsix.test.ts', '--timeout', '240000', ...(grep ? ['--grep', grep] : [])]));
    else results.push(await runInNodeHost(/** @type {import('./editorServer.mjs').EditorVersion} */ (host), grep));
  }
  return results;
}

/**
 * @param {string} name
 * @param {readonly string[]} mochaArguments
 * @returns {Promise<Result>}
 */
export async function runMocha(name, mochaArguments) {
  console.log(`\n── ${name} ──`);
  const scratch = scratchFolder('counts');
  const counts = join(scratch.path, 'counts.json');
  const child = spawn(process.execPath, [
    // tsx for Node, not through mocha, which would start a second process that outlives it when killed.
    '--import=tsx', join(root, 'node_modules/mocha/bin/mocha.js'), '--reporter', join(root, 'scripts/lib/mochaCounts.cjs'),
    '--fail-zero', ...mochaArguments,
  ], { cwd: root, stdio: 'inherit', env: { ...process.env, TCONV_COUNTS: counts } });
  const forget = atExit(() => child.kill());
  const code = await new Promise(resolve => {
    child.on('error', () => resolve(1));
    child.on('exit', resolve);
  });
  forget();
  try {
    const result = JSON.parse(await readFile(counts, 'utf8'));
    // Mocha can fail without a failed test: a rejection nobody handles.
    return { name, ...result, failed: code !== 0 && result.failed === 0 ? 1 : result.failed };
  } catch {
    console.error(`${name}: mocha ended without a result (exit ${code})`);
    return { name, passed: 0, failed: 1, skipped: 0 };
  } finally {
    await scratch.remove();
  }
}
