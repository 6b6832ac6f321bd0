import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readMessage } from '../../../src/editor/playgroundMessages';
import type { ToEditor } from '../../../src/protocol';

describe('messages from the page', () => {
  const good: readonly ToEditor[] = [
    { type: 'ready' }, { type: 'revealSource' }, { type: 'openRule', rule: 'TC101' }, { type: 'follow', on: true }, { type: 'failed', message: 'x' },
    { type: 'editCall', request: 1, revision: 2, apply: true, changes: [{ name: 'stride', value: [2, 1] }, { name: 'output_padding' }, { name: 'padding', value: null }] },
    { type: 'saveFile', name: 'playground-step.png', content: new Uint8Array([1, 2]) },
  ];
  for (const message of good) {
    it(`pass: ${message.type}`, () => { assert.deepEqual(readMessage(message), message); });
  }

  const bad: readonly unknown[] = [
    undefined, 'ready', { type: 'toString' }, { type: 'openRule', rule: '../../secret' }, { type: 'follow', on: 'yes' },
    { type: 'editCall', request: 1, revision: 2, apply: true, changes: [{ name: 'a b' }] },
    { type: 'editCall', request: 1, revision: 2, apply: true, changes: [{ name: 'stride', value: { code: 'os.system()' } }] },
    { type: 'editCall', request: 1, revision: 2, apply: true, changes: Array.from({ length: 100 }, () => ({ name: 'a' })) },
    { type: 'editCall', request: -1, revision: 2, apply: true, changes: [] },
    { type: 'saveFile', name: '../x.png', content: new Uint8Array() }, { type: 'saveFile', name: 'x.exe', content: new Uint8Array() }, { type: 'saveFile', name: 'x.png', content: 'text' },
  ];
  for (const message of bad) {
    it(`are dropped: ${String(JSON.stringify(message)).slice(0, 90)}`, () => { assert.equal(readMessage(message), undefined); });
  }

  it('may be anything at all', () => {
    fc.assert(fc.property(fc.constantFrom(...good), fc.anything(), (message, value) => {
      readMessage(value);
      for (const key of Object.keys(message)) readMessage({ ...message, [key]: value });
    }), { seed: 6, numRuns: 300 });
  });
});
