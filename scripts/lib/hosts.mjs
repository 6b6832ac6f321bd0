// Runs the suites of test/host/suite inside the extension hosts of a real VS Code.
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { launchBrowser } from './browser.mjs';
import { startEditorServer } from './editorServer.mjs';
import { bundleSuites, reportMark, resultMark } from './hostBundle.mjs';
import { out, root, sampleWorkspace } from './paths.mjs';
import { scratchFolder } from './scratch.mjs';

/** @typedef {import('./results.mjs').Result} Result */
/** @typedef {import('./editorServer.mjs').EditorVersion} EditorVersion */

const timeLimit = 8 * 60_000;

/**
 * The Node extension host: what a desktop VS Code has.
 * @param {EditorVersion} version
 * @param {string} [grep]
 * @returns {Promise<Result>}
 */
export async function runInNodeHost(version, grep) {
  const tests = await bundleSuites({ platform: 'node', folder: join(out, 'host'), grep });
  return runSuites({ name: `host ${version}`, version, extension: root, tests });
}

/**
 * The web extension host, a worker of the browser: what vscode.dev has.
 * @param {string} [grep]
 * @returns {Promise<Result>}
 */
export async function runInWebHost(grep) {
  const extension = await webExtension();
  // VS Code runs the suites in the host of the extension whose folder they are in.
  const tests = await bundleSuites({ platform: 'browser', folder: join(extension, 'test'), grep });
  return runSuites({ name: 'host web', version: '1.139', extension, tests });
}

/** With both `main` and `browser` VS Code chooses the Node host, so the copy has no `main`. */
async function webExtension() {
  const folder = join(out, 'web-extension');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  await writeFile(join(folder, 'package.json'), JSON.stringify({ ...manifest, main: undefined }, null, 2));
  for (const name of ['dist', 'media', 'docs']) {
    if (existsSync(join(root, name))) await cp(join(root, name), join(folder, name), { recursive: true });
  }
  return folder;
}

/**
 * @param {{ name: string, version: EditorVersion, extension: string, tests: string }} options
 * @returns {Promise<Result>}
 */
async function runSuites({ name, version, extension, tests }) {
  console.log(`\n── ${name} ──`);
  const scratch = scratchFolder('host');
  const workspace = join(scratch.path, 'workspace');
  /** VS Code's own lines: worth reading only when something fails. @type {string[]} */
  const otherLines = [];
  let server, browser;
  try {
    await mkdir(workspace);
    if (existsSync(sampleWorkspace)) await cp(sampleWorkspace, workspace, { recursive: true });
    server = await startEditorServer({ version, developer: true });
    browser = await launchBrowser();
    const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-US' })).newPage();

    /** @type {Omit<Result, 'name'> | undefined} */
    let counts;
    await page.exposeFunction('codeAutomationLog', (/** @type {string} */ _level, /** @type {unknown[]} */ args) => {
      const text = args.map(String).join(' ');
      if (text.startsWith(resultMark)) counts = JSON.parse(text.slice(resultMark.length));
      else if (text.startsWith(reportMark)) console.log(text.slice(reportMark.length));
      else if (!text.startsWith('Ignoring fetching additional builtin')) otherLines.push(text);
    });
    const exit = new Promise(resolve => page.exposeFunction('codeAutomationExit', resolve));
    await page.goto(server.url(workspace, { extension, tests }));
    const code = await within(timeLimit, exit);
    if (!counts || (code !== 0 && counts.failed === 0)) {
      throw new Error(code === undefined ? `no end after ${timeLimit / 60_000} minutes` : `the host ended with ${code}`);
    }
    if (counts.passed + counts.failed === 0) throw new Error('no test ran');
    if (counts.failed > 0) printTail(otherLines);
    return { name, ...counts };
  } catch (error) {
    printTail(otherLines);
    console.error(`✗ ${name}: ${error instanceof Error ? error.message : error}`);
    return { name, passed: 0, failed: 1, skipped: 0 };
  } finally {
    await browser?.close();
    await server?.stop();
    await scratch.remove();
  }
}

/** @param {readonly string[]} lines */
function printTail(lines) {
  console.error(['', 'The last lines of the console of VS Code:', ...lines.slice(-20)].join('\n  '));
}

/**
 * @template T
 * @param {number} milliseconds
 * @param {Promise<T>} promise
 * @returns {Promise<T | undefined>}
 */
async function within(milliseconds, promise) {
  let timer;
  const timeout = new Promise(resolve => { timer = setTimeout(resolve, milliseconds); });
  try {
    return await Promise.race([promise, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
