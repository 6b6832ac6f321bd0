import assert from 'node:assert/strict';
import { kernelSizes } from './size';

/** Bytes, minified, of everything in src/kernel: both modules, both engines, upsamplers, poolings. docs/performance.md has the target. */
const most = 16_000;

describe("the kernel's size", () => {
  it(`is at most ${most} bytes`, async () => {
    const sizes = await kernelSizes();
    const bytes = [...sizes.values()].reduce((sum, size) => sum + size, 0);
    assert.ok(sizes.size > 20);
    assert.ok(bytes <= most, `${bytes} bytes`);
    assert.ok(bytes > most - 500, `only ${bytes} bytes: lower the limit`);
  });
});
