// Opens VS Code with the extension and a copy of the sample workspace:
// an installed `code` with a profile of its own, else the packaged VS Code in a browser, until Ctrl+C.
//   node scripts/start.mjs [--packaged] [--port N] [--host 1.100|1.139]
import { execFile, spawn } from 'node:child_process';
import { cp, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { build, packageQuickly } from './lib/build.mjs';
import { editorVersions, installVsix, newestEditor, startEditorServer } from './lib/editorServer.mjs';
import { root, sampleWorkspace } from './lib/paths.mjs';
import { scratchFolder } from './lib/scratch.mjs';

const firstFile = 'dcgan.py';

const { values } = parseArgs({
  options: { packaged: { type: 'boolean', default: false }, port: { type: 'string', default: '0' }, host: { type: 'string' } },
});
const version = editorVersions.find(known => known === values.host) ?? newestEditor();
if (values.host !== undefined && values.host !== version) throw new Error(`no VS Code ${values.host}; there are ${editorVersions.join(', ')}`);

console.log('Building the extension …');
await build();
const packed = scratchFolder('vsix');
const vsix = await packageQuickly(join(packed.path, 'extension.vsix'));
if (values.packaged || !await openInstalledCode(vsix)) await servePackaged(vsix);

/**
 * @param {string} vsix
 * @returns {Promise<boolean>} whether there is a `code` that opened it
 */
async function openInstalledCode(vsix) {
  // In a remote terminal `code` only talks to a window elsewhere, which knows no profile of its own.
  if (!hasDesktop() || process.env['VSCODE_IPC_HOOK_CLI']) return false;
  const run = (/** @type {string[]} */ ...args) =>
    promisify(execFile)('code', args, { shell: process.platform === 'win32', timeout: 60_000 });
  try {
    const [major = 0, minor = 0] = (await run('--version')).stdout.split('.').map(Number);
    if (major === 1 && minor < 100) {
      console.log(`The installed VS Code is 1.${minor}; the extension needs 1.100.`);
      return false;
    }
    const folder = join(root, '.cache', 'demo');
    const profile = ['--user-data-dir', join(folder, 'data'), '--extensions-dir', join(folder, 'extensions')];
    const workspace = join(folder, 'workspace');
    await copySample(workspace);
    await run(...profile, '--install-extension', vsix, '--force');
    await run(...profile, '--new-window', '--disable-workspace-trust', workspace, join(workspace, firstFile));
    console.log(`\nOpened ${workspace} in the installed VS Code, with a profile of its own. Point at a layer in ${firstFile}.`);
    return true;
  } catch {
    return false;   // none there, or one that does not start here
  }
}

/** @param {string} vsix */
async function servePackaged(vsix) {
  const scratch = scratchFolder('demo');
  const workspace = join(scratch.path, 'workspace');
  const dataFolder = join(scratch.path, 'data');
  const extensionsFolder = join(scratch.path, 'extensions');
  await copySample(workspace);
  await mkdir(dataFolder);
  await installVsix({ version, vsix, dataFolder, extensionsFolder });
  const server = await startEditorServer({
    version, dataFolder, extensionsFolder, port: Number(values.port), settings: { 'window.autoDetectColorScheme': true },
  });
  const url = server.url(workspace, { file: join(workspace, firstFile) });
  console.log(`
VS Code ${version} with the extension and a copy of the sample workspace:

  ${url}

Open it in a browser and point at a layer in ${firstFile}. Ctrl+C ends it.`);
  openInBrowser(url);
  await server.ended;
  throw new Error(`VS Code has ended\n${server.log()}`);
}

/** @param {string} workspace */
async function copySample(workspace) {
  await rm(workspace, { recursive: true, force: true });
  await cp(sampleWorkspace, workspace, { recursive: true });
}

function hasDesktop() {
  if (process.env['CI']) return false;
  return process.platform !== 'linux' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
}

/** @param {string} url */
function openInBrowser(url) {
  if (!hasDesktop()) return;
  /** @type {Partial<Record<NodeJS.Platform, [string, string[]]>>} */
  const openers = { darwin: ['open', [url]], win32: ['rundll32', ['url.dll,FileProtocolHandler', url]] };
  const [command, args] = openers[process.platform] ?? ['xdg-open', [url]];
  // The address is printed above: a desktop without an opener is no failure.
  spawn(command, args, { stdio: 'ignore', detached: true }).on('error', () => undefined).unref();
}
