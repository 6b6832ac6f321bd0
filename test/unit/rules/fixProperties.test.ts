import assert from 'node:assert/strict';
import fc from 'fast-check';
import { equal, symbol, type Int } from '../../../src/algebra/integer';
import { analyzeFile } from '../../../src/analyze';
import type { Analysis } from '../../../src/analysis';
import { applyEdits } from '../check';

const small = (largest: number): fc.Arbitrary<number> => fc.integer({ min: 0, max: largest });
const sizes = (rank: number, least: number, most: number): fc.Arbitrary<string> => {
  const size = fc.integer({ min: least, max: most });
  const many = fc.array(size, { minLength: rank, maxLength: rank });
  return fc.oneof(size.map(String), many.map(items => `(${items.join(', ')}${rank === 1 ? ',' : ''})`), many.map(items => `[${items.join(',')}]`));
};

/** Arguments by position up to a place, the rest by keyword in any order, some left out; on one line or on many. */
function call(callee: string, lead: string, parameters: readonly (readonly [string, fc.Arbitrary<string>])[]): fc.Arbitrary<string> {
  return fc.record({
    values: fc.tuple(...parameters.map(([, value]) => value)),
    positional: fc.integer({ min: 0, max: parameters.length }),
    order: fc.array(fc.integer({ min: 0, max: 99 }), { minLength: parameters.length, maxLength: parameters.length }),
    left: fc.array(fc.boolean(), { minLength: parameters.length, maxLength: parameters.length }),
    layout: fc.constantFrom<readonly string[]>(['', ', ', ''], ['\n    ', ',\n    ', ',\n'], ['', ',\n    ', ''], ['\n    ', ',  # note\n    ', '\n'], ['', ',', ',']),
  }).map(({ values, positional, order, left, layout: [open = '', separator = ', ', close = ''] }) => {
    const byPosition = values.slice(0, positional);
    const byKeyword = parameters
      .map(([name], index) => ({ text: `${name}=${values[index] ?? ''}`, index }))
      .filter(({ index }) => index >= positional && (index === 0 || left[index] !== true))
      .sort((a, b) => (order[a.index] ?? 0) - (order[b.index] ?? 0))
      .map(({ text }) => text);
    return `${callee}(${open}${[...lead.split(', '), ...byPosition, ...byKeyword].join(separator)}${close})\n`;
  });
}

const calls: fc.Arbitrary<string> = fc.oneof(
  ...[1, 2, 3].map(rank => call(`nn.ConvTranspose${rank}d`, '8, 8', [
    ['kernel_size', sizes(rank, 1, 7)], ['stride', sizes(rank, 1, 4)], ['padding', sizes(rank, 0, 4)], ['output_padding', sizes(rank, 0, 2)],
  ])),
  call('nn.ConvTranspose2d', '8, 8', [['kernel_size', sizes(2, 1, 5)], ['stride', sizes(2, 1, 4)], ['padding', small(3).map(String)], ['output_padding', small(1).map(String)],
    ['groups', fc.constant('1')], ['bias', fc.constant('True')], ['dilation', sizes(2, 1, 4)]]),
  call('layers.Conv2DTranspose', '8', [['kernel_size', sizes(2, 1, 7)], ['strides', sizes(2, 1, 4)], ['padding', fc.constantFrom('"same"', '"valid"', '\'SAME\'')],
    ['output_padding', fc.oneof(fc.constant('None'), sizes(2, 0, 2))]]),
);

function outputSizes(analysis: Analysis): readonly Int[] {
  const [layer] = analysis.layers;
  assert.ok(layer);
  return layer.reading.kernelSize.map((_, axis) =>
    layer.reading.axes(layer.reading.kernelSize.map(() => symbol('n', { minimum: 1 })))[axis]?.outputSize ?? symbol('missing'));
}

describe('every fix of random calls', () => {
  it('of TC101 and TC102 makes the overlap even and keeps the size; of TC301 makes the size exact', () => {
    let fixes = 0;
    fc.assert(fc.property(calls, code => {
      const text = `from torch import nn\nfrom keras import layers\n${code}`;
      const before = analyzeFile(text);
      for (const finding of before.findings) for (const fix of finding.fixes) {
        const result = applyEdits(text, fix.edits);
        const after = analyzeFile(result);
        assert.equal(after.layers.length, 1, result);
        assert.ok(after.layers[0]?.end, result);
        if (!['TC101', 'TC102', 'TC301'].includes(finding.rule)) continue;
        fixes++;
        assert.ok(!after.findings.some(each => each.severity === 'error'), result);
        assert.ok(!after.findings.some(each => each.rule === finding.rule), result);
        if (finding.rule === 'TC301') continue;
        assert.ok(!after.findings.some(each => each.rule === 'TC101' || each.rule === 'TC102'), result);
        const mended = outputSizes(after);
        outputSizes(before).forEach((size, axis) => { assert.ok(equal(size, mended[axis] ?? NaN), result); });
      }
    }), { seed: 42, numRuns: 150 });
    assert.ok(fixes > 60, `${fixes} fixes`);
  }).timeout(30_000);

  it('is never thrown at by numbers of any size', () => {
    const wild = fc.constantFrom('0', '-1', '1', '2', '9007199254740991', '9007199254740993', '10**30', '1e9', 'True', 'None', '()', '(3,)', '(1, 2, 3)', '"x"', '[[1]]', '2**31', '4096', '4097', '-2**53', 'x', '1.', '...', '~1');
    fc.assert(fc.property(fc.array(wild, { maxLength: 8 }), fc.constantFrom('nn.ConvTranspose2d', 'layers.Conv3DTranspose', 'nn.functional.conv_transpose1d'), (values, callee) => {
      const { findings } = analyzeFile(`from torch import nn\nfrom keras import layers\n${callee}(${['8', '8', ...values].join(', ')})\n`);
      for (const finding of findings) assert.ok(!finding.message.includes('NaN') && !finding.message.includes('internal error'), finding.message);
    }), { seed: 1, numRuns: 100 });
  }).timeout(30_000);
});
