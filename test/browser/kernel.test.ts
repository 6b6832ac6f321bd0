import assert from 'node:assert/strict';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../../scripts/lib/browser.mjs';
import { buildSimd } from '../../scripts/lib/simd.mjs';

describe('kernel in the browser', function () {
  this.timeout(120_000);
  let browser: Browser;
  let script: string;

  before(async () => {
    await buildSimd();
    const { outputFiles } = await build({
      entryPoints: [join(import.meta.dirname, 'kernelPage.ts')], bundle: true, format: 'esm', platform: 'browser', write: false, logLevel: 'error',
    });
    script = outputFiles[0]?.text ?? '';
    browser = await launchBrowser();
  });
  after(() => browser?.close());

  for (const [name, relaxed] of [['SIMD', false], ['relaxed SIMD', true]] as const) {
    it(`equals the definition with ${name} on 5,000 random geometries`, async () => {
      const page = await open("'self' 'wasm-unsafe-eval'");
      assert.equal(await page.evaluate(`compare(${relaxed}, 5000)`), '');
    });
  }

  it('needs nothing wider than wasm-unsafe-eval for SIMD', async () => {
    const page = await open("'self' 'wasm-unsafe-eval'");
    assert.deepEqual(await page.evaluate('compute()'), { engine: 'simd', right: true });
  });

  it('computes where WebAssembly is forbidden', async () => {
    const page = await open("'self'");
    assert.deepEqual(await page.evaluate('compute()'), { engine: 'portable', right: true });
  });

  /** The page under such a policy for scripts. */
  async function open(policy: string): Promise<Page> {
    const page = await browser.newPage();
    await page.route('http://kernel.test/**', route => route.fulfill(
      route.request().url().endsWith('.js') ? { contentType: 'text/javascript', body: script } : {
        contentType: 'text/html', headers: { 'content-security-policy': `default-src 'none'; script-src ${policy}` },
        body: '<!doctype html><script type="module" src="/page.js"></script>',
      },
    ));
    await page.goto('http://kernel.test/');
    return page;
  }
});
