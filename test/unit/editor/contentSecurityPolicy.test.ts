import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { contentSecurityPolicy, randomNonce } from '../../../src/editor/contentSecurityPolicy';

describe('policy of the playground page', () => {
  const policy = new Map(contentSecurityPolicy('abc', 'https://extension').split('; ').map(each => {
    const [name = '', ...sources] = each.split(' ');
    return [name, sources] as const;
  }));

  it('allows nothing that it does not name', () => assert.deepEqual(policy.get('default-src'), ["'none'"]));
  it('runs the script with the nonce and WebAssembly only', () => assert.deepEqual(policy.get('script-src'), ["'nonce-abc'", "'wasm-unsafe-eval'"]));

  it('starts workers from memory only', () => assert.deepEqual(policy.get('worker-src'), ['blob:']));

  it('has nothing unsafe, nothing inline, no wildcard and no host but the extension\'s', () => {
    const sources = [...policy.values()].flat();
    assert.deepEqual(sources.filter(each => /unsafe-(inline|eval)'/.test(each) && each !== "'wasm-unsafe-eval'"), []);
    assert.deepEqual(sources.filter(each => each.includes('*') || (each.includes('//') && each !== 'https://extension')), []);
  });

  it('has another nonce each time', () => {
    const nonces = new Set(Array.from({ length: 50 }, randomNonce));
    assert.equal(nonces.size, 50);
    for (const nonce of nonces) assert.match(nonce, /^[A-Za-z0-9+/]{24}$/);
  });
});
