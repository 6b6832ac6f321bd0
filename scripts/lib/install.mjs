// Installs the folders of test/host that hold an editor or a browser: once, when first needed.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, open, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { atExit } from './cleanup.mjs';
import { root } from './paths.mjs';

/**
 * `npm ci` in a folder with its own lock file, unless what is there comes from that lock file already.
 * Waits for another script that installs the same.
 * @param {string} folder
 * @param {{ what: string, finish?: () => Promise<void> }} options `what` is printed; `finish` runs after the install
 */
export async function installPackages(folder, { what, finish }) {
  const stamp = join(folder, 'node_modules', '.complete');
  const wanted = createHash('sha256')
    .update(await readFile(join(folder, 'package-lock.json')))
    .update(`${process.platform} ${process.arch}`).digest('hex');
  const complete = async () => existsSync(stamp) && await readFile(stamp, 'utf8') === wanted;

  if (await complete()) return;
  const release = await lock(basename(folder), what);
  try {
    if (await complete()) return;
    const start = Date.now();
    console.log(`Installing ${what} (once) …`);
    const ticking = setInterval(() => console.log(`  … ${seconds(start)}`), 5000);
    try {
      await npmCi(folder).catch(() => npmCi(folder));   // a registry that hiccups gets a second try
      await finish?.();
    } finally {
      clearInterval(ticking);
    }
    await writeFile(stamp, wanted);
    console.log(`  done in ${seconds(start)}`);
  } finally {
    await release();
  }
}

/** @param {string} folder */
function npmCi(folder) {
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  // Under `npm run`, npm names its own program file; alone, `npm` is on the path.
  const own = process.env['npm_execpath'];
  const [command, rest] = own && existsSync(own) ? [process.execPath, [own, ...args]] : ['npm', args];
  const environment = Object.fromEntries(Object.entries(process.env)
    .filter(([name]) => !/^npm_(package|lifecycle|config_local_prefix)/.test(name)));
  return new Promise((resolve, reject) => {
    const child = spawn(command, rest, { cwd: folder, env: environment, stdio: ['ignore', 'inherit', 'inherit'], shell: command === 'npm' && process.platform === 'win32' });
    const forget = atExit(() => child.kill());
    child.on('error', reject);
    child.on('close', code => {
      forget();
      if (code === 0) resolve(undefined);
      else reject(new Error(`npm ci failed in ${folder} (exit ${code})`));
    });
  });
}

/**
 * One script at a time, by a file that names the owner's process.
 * @param {string} name
 * @param {string} what
 */
async function lock(name, what) {
  const folder = join(root, '.cache');
  const path = join(folder, `${name}.lock`);
  await mkdir(folder, { recursive: true });
  for (let told = false; ;) {
    const file = await open(path, 'wx').catch(error => {
      if (error.code !== 'EEXIST') throw error;
    });
    if (file) {
      await file.writeFile(String(process.pid));
      await file.close();
      return () => rm(path, { force: true });
    }
    const owner = Number(await readFile(path, 'utf8').catch(() => ''));
    if (owner && !isAlive(owner)) {
      await rm(path, { force: true });
      continue;
    }
    if (!told) console.log(`Waiting for another script that installs ${what} …`);
    told = true;
    await new Promise(resolve => setTimeout(resolve, 500));
  }
}

/** @param {number} id */
function isAlive(id) {
  try {
    process.kill(id, 0);
    return true;
  } catch {
    return false;
  }
}

/** @param {number} start */
const seconds = start => `${Math.round((Date.now() - start) / 1000)} s`;
