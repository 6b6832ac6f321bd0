import assert from 'node:assert/strict';
import { defaultState, parseState, type State } from '../../../webview/state';

function parsed(part: unknown): State {
  return parseState({ ...defaultState, ...(part as object) });
}

describe('a kept state', () => {
  it('is read as it was', () => {
    const state: State = {
      ...defaultState,
      image: { ...defaultState.image, size: 512, wholeDecoder: true }, compare: { ...defaultState.compare, size: 64 },
      overlap: { stack: [{ kernelSize: 4, stride: 2 }], wholeDecoder: false, map: 'row' }, solve: { ...defaultState.solve, framework: 'jax' },
    };
    assert.deepEqual(parseState(JSON.parse(JSON.stringify(state))), state);
  });

  it('has no size of a picture but those that there are', () => {
    for (const size of [0, 100, 1e9, '128', null]) {
      assert.equal(parsed({ image: { size } }).image.size, defaultState.image.size);
      assert.equal(parsed({ compare: { size } }).compare.size, defaultState.compare.size);
    }
  });

  const source = { label: 'up', location: 'a.py:1', unknownArguments: [], inputSizeKnown: false, revision: 0, arguments: {} };
  const link = { label: 'up', location: 'a.py:1', api: 'torch.nn.ConvTranspose2d', arguments: { kernel_size: 4 }, unknownArguments: [] };
  const chainOf = (chain: unknown): unknown => parsed({ layer: { ...defaultState.layer, source: { ...source, chain } } }).layer.source?.chain;

  it('has the layers in a row with this one', () => {
    const chain = { layers: [link, link], position: 1 };
    assert.deepEqual(chainOf(chain), chain);
  });

  for (const [what, chain] of [
    ['no list', { layers: 'x', position: 0 }], ['a place beyond its end', { layers: [link], position: 1 }], ['a negative place', { layers: [link], position: -1 }],
    ['a layer that is none', { layers: [link, 7], position: 0 }], ['too many layers', { layers: Array.from({ length: 1000 }, () => link), position: 0 }],
  ] as const) {
    it(`has no row with ${what}`, () => assert.equal(chainOf(chain), undefined));
  }
});
