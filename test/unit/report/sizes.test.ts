import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { add, constant, type Int, multiply, subtract, symbol, unknown } from '../../../src/algebra/integer';
import { shapeText, sizeSummary, sizesText, sizeText } from '../../../src/report/sizes';
import { type Context, layerOf, withReading } from './layerOf';

const [H, W, s, ngf] = ['H', 'W', 's', 'ngf'].map(name => symbol(name, { minimum: 1 })) as [Int, Int, Int, Int];

describe('sizes for people', () => {
  for (const [size, expected] of [
    [constant(64), '64'], [multiply(2, H), '2H'], [subtract(multiply(2, H), 1), '2H - 1'], [multiply(s, H), 's·H'],
    [multiply(2, s, H), '2·s·H'], [multiply(8, ngf), '8·ngf'], [add(H, 3), 'H + 3'], [unknown, '?'],
  ] as const) {
    it(expected, () => assert.equal(sizeText(size), expected));
  }

  it('keeps sums apart in a product', () => {
    assert.equal(sizesText([subtract(multiply(2, H), 1), multiply(2, W)]), '(2H - 1) × 2W');
    assert.equal(sizesText([add(H, 3)]), 'H + 3');
    assert.equal(shapeText([symbol('N'), constant(3), add(H, 3)]), '(N, 3, H + 3)');
  });
});

describe('sizeSummary', () => {
  const torch2d = 'torch.nn.ConvTranspose2d';
  const double = { in_channels: 8, out_channels: 4, kernel_size: 4, stride: 2, padding: 1 };
  const triple = { ...double, kernel_size: 3, stride: 3, padding: 0 };
  const fourfold = { ...double, kernel_size: 4, stride: 4, padding: 0 };
  const summary = (...contexts: readonly Context[]): string | undefined => sizeSummary(layerOf(torch2d, ...contexts))?.text;

  for (const [name, contexts, expected] of [
    ['a formula where the input is not known', [{ arguments: double }], '2H × 2W'],
    ['numbers where it is', [{ arguments: double, input: [1, 8, 5, 7] }], '10 × 14'],
    ['a formula where half of it is', [{ arguments: double, input: [1, 8, 5, H] }], '2H × 2W'],
    ['one size for contexts that agree', [{ arguments: double }, { arguments: double }], '2H × 2W'],
    ['up to three sizes', [{ arguments: double }, { arguments: triple }, { arguments: fourfold }], '2H × 2W | 3H × 3W | 4H × 4W'],
    ['nothing for a call that is rejected', [{ arguments: { ...double, output_padding: 2 } }], undefined],
    ['that not all contexts have a size', [{ arguments: double }, { arguments: { ...double, output_padding: 2 } }], '2H × 2W | …'],
  ] as const) {
    it(`has ${name}`, () => assert.equal(summary(...contexts), expected));
  }

  it('has the first of many', () => {
    const contexts = Array.from({ length: 5 }, (_, index) => ({ arguments: double, input: [1, 8, index + 1, 4] }));
    assert.equal(summary(...contexts), '2 × 8 | …');
  });

  it('has nothing where nothing is known', () => {
    const layer = layerOf(torch2d, { arguments: double });
    assert.equal(sizeSummary(withReading(layer, { axes: () => [] })), undefined);
  });
});
