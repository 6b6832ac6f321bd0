import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, symlink, writeFile, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const program = resolve('dist/cli.js');

/** The program as it ships, on a real disk. */
describe('dist/cli.js', function () {
  this.timeout(20_000);
  let directory = '';

  before(async function () {
    if (!existsSync(program)) return this.skip(); // `npm run build` makes it
    directory = await mkdtemp(join(tmpdir(), 'tconv-'));
    await mkdir(join(directory, 'models'));
    await writeFile(join(directory, 'models', 'a.py'), 'import torch\nup = torch.nn.ConvTranspose2d(8, 4, 3, 2, 1, 1)\n');
    await writeFile(join(directory, '.gitignore'), 'ignored.py\n');
    await writeFile(join(directory, 'ignored.py'), '');
    await symlink(directory, join(directory, 'models', 'loop'));
  });

  after(async () => {
    if (directory !== '') await rm(directory, { recursive: true, force: true });
  });

  const run = (given: readonly string[], input = '') =>
    spawnSync(process.execPath, [program, ...given], { cwd: directory, input, encoding: 'utf8', timeout: 15_000 });

  it('walks a directory and exits with 1', () => {
    const { status, stdout, stderr } = run(['check', '--format', 'json']);
    assert.equal(stderr, '');
    const report = JSON.parse(stdout);
    assert.deepEqual(report.files.map((file: { path: string }) => file.path), ['models/a.py']);
    assert.deepEqual(report.files[0].findings.map((finding: { rule: string }) => finding.rule), ['TC101']);
    assert.equal(status, 1);
  });

  it('reads standard input', () => {
    const { status, stdout } = run(['check', '-'], 'import torch\ntorch.nn.ConvTranspose1d(8, 4, 4, 2, 1)\n');
    assert.match(stdout, /^Checked 1 transposed convolution in 1 file: nothing found\.$/m);
    assert.equal(status, 0);
  });

  it('exits with 2 for what is missing', () => {
    const { status, stdout } = run(['check', 'missing.py']);
    assert.match(stdout, /missing\.py: cannot be read: no such file or directory/);
    assert.equal(status, 2);
  });
});
