import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { main } from '../../../src/cli/main';
import type { JsonReport } from '../../../src/report/json';
import { memoryIo, type MemoryFile } from './memoryIo';

async function reportOf(files: Readonly<Record<string, MemoryFile>>): Promise<JsonReport & { status: number }> {
  const io = memoryIo(files);
  const status = await main(['check', '--format', 'json'], io);
  assert.equal(io.errors(), '');
  return { ...JSON.parse(io.output()) as JsonReport, status };
}

describe('tconv check on hostile input', function () {
  this.timeout(60_000);

  it('survives any bytes', async () => {
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), fc.constantFrom('a.py', 'a.ipynb'), async (bytes, name) => {
      const { files, errors, status } = await reportOf({ [`/project/${name}`]: bytes });
      assert.equal(files.length + errors.length, 1);
      assert.equal(status, errors.length > 0 ? 2 : 0);
    }), { seed: 20161017, numRuns: 150 });
  });

  it('survives any JSON as a notebook', async () => {
    await fc.assert(fc.asyncProperty(fc.jsonValue(), fc.jsonValue(), async (cells, metadata) => {
      const { files, errors } = await reportOf({ '/project/a.ipynb': JSON.stringify({ cells, metadata }) });
      assert.equal(files.length + errors.length, 1);
    }), { seed: 20161017, numRuns: 150 });
  });

  it('survives any pyproject.toml', async () => {
    const value = fc.oneof(fc.jsonValue(), fc.constantFrom(['TC1'], 'TC101', { TC101: 'off' }));
    const key = fc.constantFrom('select', 'ignore', 'exclude', 'rules', 'keras-version', 'image-data-format', 'x');
    await fc.assert(fc.asyncProperty(key, value, async (name, given) => {
      const text = `[tool.transposed-conv-lens]\n${name} = ${JSON.stringify(given)?.replace(/"(\w+)":/g, '$1 =')}\n`;
      const { files } = await reportOf({ '/project/pyproject.toml': text, '/project/a.py': '' });
      assert.equal(files.length, 1);
    }), { seed: 20161017, numRuns: 150 });
  });

  const workspace = 'test/fixtures/workspace';
  for (const name of readdirSync(workspace).filter(each => each.endsWith('.py'))) {
    it(`survives ${name} cut off anywhere; a longer text has no fewer layers`, async () => {
      const text = readFileSync(join(workspace, name), 'utf8');
      const cuts = Array.from({ length: 12 }, (_, at) => Math.floor(text.length * (at + 1) / 13));
      const { files } = await reportOf(Object.fromEntries(cuts.map((cut, at) => [`/project/${String(at).padStart(2, '0')}.py`, text.slice(0, cut)])));
      assert.equal(files.length, cuts.length);
      const counts = files.map(file => file.layers.length);
      assert.deepEqual(counts, [...counts].sort((a, b) => a - b));
    });
  }
});
