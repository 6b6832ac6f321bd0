import assert from 'node:assert/strict';
import { channelsFirst, channelsLast, swapChannels, type WeightLayout, weightsFrom } from '../../../src/kernel/layout';

describe('layout', () => {
  it('converts between channels first and channels last', () => {
    const shape = [1, 2, 2, 3];
    const last = Float32Array.of(0, 6, 1, 7, 2, 8, 3, 9, 4, 10, 5, 11);
    assert.deepEqual([...channelsFirst(last, shape)], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    assert.deepEqual(channelsLast(channelsFirst(last, shape), shape), last);
  });

  /** Each weight is the number i·100 + o·10 + k of its place, so that the layout can be read off. */
  const layouts: readonly [WeightLayout, readonly number[]][] = [
    ['IOK', [0, 1, 10, 11, 20, 21, 100, 101, 110, 111, 120, 121]],
    ['KOI', [0, 100, 10, 110, 20, 120, 1, 101, 11, 111, 21, 121]],
    ['KIO', [0, 10, 20, 100, 110, 120, 1, 11, 21, 101, 111, 121]],
    ['OKI', [0, 100, 1, 101, 10, 110, 11, 111, 20, 120, 21, 121]],
    ['OIK', [0, 1, 100, 101, 10, 11, 110, 111, 20, 21, 120, 121]],
  ];
  for (const [layout, weights] of layouts) {
    it(`reads weights kept as ${layout}`, () => {
      assert.deepEqual([...weightsFrom(layout, Float64Array.from(weights), [2, 3, 2])], [0, 1, 10, 11, 20, 21, 100, 101, 110, 111, 120, 121]);
    });
  }

  it('reads grouped weights whose outputs come first', () => {
    // Two groups of one input and two outputs each: O counts 4, I counts 1.
    assert.deepEqual([...weightsFrom('OIK', Float64Array.of(0, 10, 100, 110), [2, 2, 1], 2)], [0, 10, 100, 110]);
    // Two groups of two inputs and one output each.
    assert.deepEqual([...weightsFrom('OIK', Float64Array.of(0, 100, 210, 310), [4, 1, 1], 2)], [0, 100, 210, 310]);
  });

  it('swaps input and output channels within each group', () => {
    const weights = Float64Array.of(0, 1, 2, 3, 4, 5, 6, 7);
    assert.deepEqual([...swapChannels(weights, [4, 2, 1], 2)], [0, 2, 1, 3, 4, 6, 5, 7]);
  });
});
