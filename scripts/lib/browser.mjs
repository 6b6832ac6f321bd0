// A browser for tests and pictures: an installed Chrome or Chromium, else one from npm.
import { execFile } from 'node:child_process';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { chmod, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { createBrotliDecompress } from 'node:zlib';
import { chromium } from 'playwright-core';
import { installPackages } from './install.mjs';
import { root } from './paths.mjs';

/**
 * Starts a headless browser. Close it when done; it ends with this process at the latest.
 * `TCONV_BROWSER=packaged` passes over an installed one, any other value is the path of a program.
 * @returns {Promise<import('playwright-core').Browser>}
 */
export async function launchBrowser() {
  const { executablePath, environment, args } = await findBrowser();
  return chromium.launch({
    executablePath,
    env: { ...process.env, ...environment },
    args: [
      ...args, '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync',
    ],
  });
}

/** @typedef {{ executablePath: string, environment: Record<string, string>, args: string[] }} BrowserProgram */

/** @returns {Promise<BrowserProgram>} */
async function findBrowser() {
  const asked = process.env['TCONV_BROWSER'];
  const installed = asked === 'packaged' ? undefined : asked ?? installedBrowser();
  if (installed) return { executablePath: installed, environment: {}, args: [] };
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('No Chrome or Chromium found. Install one, or name it in the environment variable TCONV_BROWSER.');
  }
  return packagedBrowser();
}

/** @returns {string | undefined} */
function installedBrowser() {
  const names = ['google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser', 'chrome', 'microsoft-edge'];
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const candidates = [
    ...names.flatMap(name => (process.env['PATH'] ?? '').split(delimiter).map(folder => join(folder, name + suffix))),
    ...(process.platform === 'darwin'
      ? ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium']
      : []),
    ...(process.platform === 'win32'
      ? ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap(name =>
          ['Google/Chrome/Application/chrome.exe', 'Microsoft/Edge/Application/msedge.exe'].map(path => join(process.env[name] ?? '', path)))
      : []),
  ];
  return candidates.find(path => existsSync(path));
}

/** @returns {Promise<BrowserProgram>} */
async function packagedBrowser() {
  const folder = join(root, 'test', 'host', 'browser');
  const packages = join(folder, 'node_modules');
  const unpacked = join(packages, '.unpacked');
  const executablePath = join(unpacked, 'chromium');
  await installPackages(folder, {
    what: 'Chromium, 90 MB',
    finish: () => unpack(packages, unpacked),
  });
  return {
    executablePath,
    environment: {
      FONTCONFIG_FILE: join(unpacked, 'fonts.conf'),
      ...(await lacksLibraries(executablePath)
        ? { LD_LIBRARY_PATH: [join(unpacked, 'al2023', 'lib'), process.env['LD_LIBRARY_PATH']].filter(Boolean).join(':') }
        : {}),
    },
    // It is the headless shell only, and its graphics are computed on the processor.
    args: ['--headless', '--no-zygote', '--font-render-hinting=none'],
  };
}

/**
 * The program, its graphics libraries, the system libraries it was built against, and fonts.
 * @param {string} packages
 * @param {string} destination
 */
async function unpack(packages, destination) {
  const { extract } = createRequire(join(packages, 'index.js'))('tar-fs');
  const archives = join(packages, '@sparticuz', 'chromium', 'bin');
  const partial = `${destination}.partial`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true });
  const write = (/** @type {string} */ name, /** @type {NodeJS.WritableStream} */ target) => pipeline(createReadStream(join(archives, name)), createBrotliDecompress(), target);
  await Promise.all([
    write('chromium.br', createWriteStream(join(partial, 'chromium'))),
    write('swiftshader.tar.br', extract(partial)),
    write('al2023.tar.br', extract(join(partial, 'al2023'))),
    write('fonts.tar.br', extract(join(partial, 'fonts'))),
  ]);
  await chmod(join(partial, 'chromium'), 0o755);
  await writeFile(join(partial, 'fonts.conf'), fontConfiguration([
    join(packages, 'dejavu-fonts-ttf', 'ttf'), join(destination, 'fonts'),
  ], join(destination, 'font-cache')));
  await rename(partial, destination);
}

/**
 * The packaged browser brings one proportional font; code needs a fixed-width one.
 * @param {string[]} folders
 * @param {string} cache
 */
function fontConfiguration(folders, cache) {
  const preferred = { 'monospace': 'DejaVu Sans Mono', 'sans-serif': 'DejaVu Sans', 'serif': 'DejaVu Serif' };
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
${folders.map(folder => `  <dir>${folder}</dir>`).join('\n')}
  <cachedir>${cache}</cachedir>
${Object.entries(preferred).map(([family, font]) => `  <alias><family>${family}</family><prefer><family>${font}</family></prefer></alias>`).join('\n')}
</fontconfig>
`;
}

/** @param {string} executable */
async function lacksLibraries(executable) {
  try {
    const { stdout } = await promisify(execFile)('ldd', [executable]);
    return stdout.includes('not found');
  } catch {
    return true;
  }
}
