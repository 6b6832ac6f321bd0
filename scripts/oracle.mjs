// Regenerates the golden files of test/oracle from the real frameworks, in a Python environment of its own.
// Usage: npm run oracle [-- shapes|values [PART…]]. See test/oracle/README.md.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const oracle = join(root, 'test', 'oracle');
const environment = join(root, '.cache', 'oracle');
const python = process.platform === 'win32' ? join(environment, 'Scripts', 'python.exe') : join(environment, 'bin', 'python');

/**
 * @param {string} command
 * @param {string[]} args
 */
function run(command, args) {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit', cwd: root });
  if (error !== undefined || status !== 0) {
    console.error(`oracle: ${command} ${args.join(' ')} failed${error === undefined ? '' : `: ${error.message}`}`);
    process.exit(1);
  }
}

function install() {
  const requirements = readFileSync(join(oracle, 'requirements.txt'), 'utf8');
  const stamp = join(environment, 'installed.txt');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === requirements) return;
  if (!existsSync(python)) {
    console.log('oracle: making a Python environment under .cache/oracle');
    run(process.env.PYTHON ?? 'python3', ['-m', 'venv', environment]);
  }
  console.log('oracle: installing the frameworks');
  run(python, ['-m', 'pip', 'install', '--requirement', join(oracle, 'requirements.txt')]);
  writeFileSync(stamp, requirements);
}

const [which, ...parts] = process.argv.slice(2);
if (which !== undefined && which !== 'shapes' && which !== 'values') {
  console.error('usage: npm run oracle [-- shapes|values [PART…]]');
  process.exit(2);
}
install();
if (which !== 'values') run(python, [join(oracle, 'generate_shapes.py'), ...parts]);
if (which !== 'shapes') run(python, [join(oracle, 'generate_values.py'), ...parts]);
