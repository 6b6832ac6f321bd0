import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { kernelProperties } from '../../../scripts/lib/minify.mjs';
import { kernelSize } from './size';

/** Bytes, minified, of everything in src/kernel: both modules, both engines, upsamplers, poolings. docs/performance.md has the target. */
const most = 16_000;

describe("the kernel's size", function () {
  this.timeout(20_000);

  it(`is at most ${most} bytes`, async () => {
    const { bytes, files } = await kernelSize();
    assert.ok(files.size > 20);
    assert.ok(bytes <= most, `${bytes} bytes`);
    assert.ok(bytes > most - 500, `only ${bytes} bytes: lower the limit`);
  });

  it('shortens the names of properties only that the rest of the worker does not have', () => {
    const root = join(import.meta.dirname, '..', '..', '..');
    const words = (folder: string): ReadonlySet<string> => new Set(readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter(file => file.endsWith('.ts')).flatMap(file => readFileSync(join(root, folder, file), 'utf8').match(/\w+/g) ?? []));
    const shortened = [...words('src/kernel')].filter(word => kernelProperties.test(word));
    assert.ok(shortened.length > 5);
    for (const folder of ['src/geometry', 'webview']) assert.deepEqual(shortened.filter(word => words(folder).has(word)), [], folder);
  });
});
