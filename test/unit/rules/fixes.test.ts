import assert from 'node:assert/strict';
import { equal, symbol, type Int } from '../../../src/algebra/integer';
import { analyzeFile } from '../../../src/analyze';
import type { Analysis } from '../../../src/analysis';
import type { Layer } from '../../../src/network/layer';
import { checkLayers } from '../../../src/rules/check';
import type { Finding } from '../../../src/rules/rule';
import { applyEdits } from '../check';
import { withInstances } from '../report/layerOf';

const head = 'import torch\nfrom torch import nn\nfrom keras import layers\nimport torch.nn.functional as F\n';

function findingOf(analysis: Analysis, rule: string): Finding {
  const found = analysis.findings.filter(finding => finding.rule === rule);
  assert.equal(found.length, 1, `${found.length} findings of ${rule}: ${analysis.findings.map(each => each.message).join('; ')}`);
  return found[0] as Finding;
}

function outputSizes(layer: Layer | undefined): readonly Int[] {
  assert.ok(layer);
  const sizes = layer.reading.kernelSize.map((_, axis) => symbol(`n${axis}`, { minimum: 1 }));
  return layer.reading.axes(sizes).map(axis => axis.outputSize);
}

/** The code after each fix of the rule's finding, the preferred first. After each the finding is gone. */
function fixed(code: string, rule: string): readonly string[] {
  const text = head + code;
  const before = analyzeFile(text);
  const { fixes } = findingOf(before, rule);
  assert.ok(fixes.filter(fix => fix.preferred).length <= 1);
  return fixes.map((fix, index) => {
    assert.equal(fix.preferred, index === 0, 'the preferred fix is first');
    const result = applyEdits(text, fix.edits);
    const after = analyzeFile(result);
    assert.equal(after.findings.some(finding => finding.rule === rule), false, `${rule} is still there: ${result}`);
    assert.equal(after.findings.some(finding => finding.severity === 'error'), false, result);
    if (rule === 'TC101' || rule === 'TC102') {
      assert.equal(after.findings.some(finding => finding.rule === 'TC101' || finding.rule === 'TC102'), false, result);
      assertSameSizes(before, after);
    }
    return result.slice(head.length);
  });
}

function assertSameSizes(before: Analysis, after: Analysis): void {
  const old = outputSizes(before.layers[0]);
  const mended = outputSizes(after.layers[0]);
  assert.ok(old.length > 0 && old.every(size => size.known), 'the output size is known');
  old.forEach((size, axis) => { assert.ok(equal(size, mended[axis] ?? NaN), 'the output size is the same'); });
}

describe('fixes of uneven overlap and holes', () => {
  const cases: readonly (readonly [string, string, ...string[]])[] = [
    ['nn.ConvTranspose2d(8, 8, 3, 2, 1, 1)', 'TC101', 'nn.ConvTranspose2d(8, 8, 4, 2, 1, 0)', 'nn.ConvTranspose2d(8, 8, 2, 2, 0, 0)'],
    ['nn.ConvTranspose2d(8, 8, 3, stride=2, padding=1, output_padding=1)', 'TC101', 'nn.ConvTranspose2d(8, 8, 4, stride=2, padding=1)', 'nn.ConvTranspose2d(8, 8, 2, stride=2)'],
    ['nn.ConvTranspose2d(8, 8, (3, 3), (2, 2), (1, 1), bias=False)', 'TC101', 'nn.ConvTranspose2d(8, 8, (4, 4), (2, 2), (2, 2), bias=False, output_padding=1)', 'nn.ConvTranspose2d(8, 8, (2, 2), (2, 2), (1, 1), bias=False, output_padding=1)'],
    ['nn.ConvTranspose2d(8, 8, 3, 2)', 'TC101', 'nn.ConvTranspose2d(8, 8, 4, 2, padding=1, output_padding=1)'],
    ['nn.ConvTranspose1d(8, 8, 5, 3, 1)', 'TC101', 'nn.ConvTranspose1d(8, 8, 6, 3, 2, output_padding=1)', 'nn.ConvTranspose1d(8, 8, 3, 3, 0)'],
    ['nn.ConvTranspose2d(8, 8, (3, 4), 2, 1)', 'TC101', 'nn.ConvTranspose2d(8, 8, (4, 4), 2, (2, 1), output_padding=(1, 0))', 'nn.ConvTranspose2d(8, 8, (2, 4), 2, 1, output_padding=(1, 0))'],
    ['nn.LazyConvTranspose3d(8, 3, 2, 1, 1)', 'TC101', 'nn.LazyConvTranspose3d(8, 4, 2, 1, 0)', 'nn.LazyConvTranspose3d(8, 2, 2, 0, 0)'],
    ['nn.ConvTranspose1d(8, 8, 2, 3)', 'TC102', 'nn.ConvTranspose1d(8, 8, 3, 3, padding=1, output_padding=1)'],
    ['nn.ConvTranspose2d(8, 8, 4, 2, 1, dilation=2)', 'TC102', 'nn.ConvTranspose2d(8, 8, 6, 2, 1, output_padding=1)'],
    ['nn.ConvTranspose2d(8, 8, (2, 3), (3, 2), 1, 1)', 'TC102', 'nn.ConvTranspose2d(8, 8, (3, 4), (3, 2), 1, 0)'],
    ["layers.Conv2DTranspose(8, 3, strides=2, padding='same')", 'TC101', "layers.Conv2DTranspose(8, 4, strides=2, padding='same')", "layers.Conv2DTranspose(8, 2, strides=2, padding='same')"],
    ["layers.Conv2DTranspose(8, (5, 5), strides=(2, 2), padding='SAME')", 'TC101', "layers.Conv2DTranspose(8, (6, 6), strides=(2, 2), padding='SAME')", "layers.Conv2DTranspose(8, (4, 4), strides=(2, 2), padding='SAME')"],
    ["layers.Conv2DTranspose(8, 3, 2, 'same', output_padding=1)", 'TC101', "layers.Conv2DTranspose(8, 4, 2, 'same')", "layers.Conv2DTranspose(8, 2, 2, 'same')"],
    ["layers.Conv1DTranspose(8, 3, 2, 'same', output_padding=0)", 'TC101', "layers.Conv1DTranspose(8, 4, 2, 'same', output_padding=1)", "layers.Conv1DTranspose(8, 2, 2, 'same', output_padding=1)"],
    ['layers.Conv2DTranspose(8, 2, strides=3)', 'TC102', 'layers.Conv2DTranspose(8, 3, strides=3)'],
  ];
  for (const [code, rule, ...expected] of cases) {
    it(code, () => { assert.deepEqual(fixed(code, rule), expected); });
  }

  const without: readonly (readonly [string, string, string])[] = [
    ['Keras valid with an overhanging kernel', 'layers.Conv2DTranspose(8, 3, strides=2)', 'TC101'],
    ['a kernel from a variable', 'k = 3\nnn.ConvTranspose2d(8, 8, k, 2)', 'TC101'],
    ['a stride from a variable', 's = 2\nnn.ConvTranspose2d(8, 8, 3, s)', 'TC101'],
    ['a padding from a variable', 'p = 1\nnn.ConvTranspose2d(8, 8, 3, 2, p)', 'TC101'],
    ['an unknown padding', 'def f(p):\n    nn.ConvTranspose2d(8, 8, 3, 2, padding=p)', 'TC101'],
    ['a padding that is rejected', "nn.ConvTranspose2d(8, 8, 3, 2, 'same')", 'TC101'],
    ['a function, whose kernel is a tensor', 'F.conv_transpose2d(torch.randn(1, 8, 4, 4), torch.randn(8, 4, 3, 3), stride=2)', 'TC101'],
    ['a kernel smaller than the stride cannot be rounded down', 'nn.ConvTranspose2d(8, 8, 3, 2, *rest)', 'TC101'],
  ];
  for (const [title, code, rule] of without) {
    it(`are not offered: ${title}`, () => {
      const finding = analyzeFile(head + code).findings.find(each => each.rule === rule);
      assert.deepEqual(finding?.fixes ?? [], []);
    });
  }

  it('are not offered when other uses of the call would change with it', () => {
    const code = 'def up(s=2):\n    return nn.ConvTranspose2d(8, 8, 3, s)\nup()\nup(3)\n';
    assert.deepEqual(findingOf(analyzeFile(head + code), 'TC101').fixes, []);
  });
});

describe('fixes of what frameworks reject, and of sizes', () => {
  const cases: readonly (readonly [string, string, ...string[]])[] = [
    ['nn.ConvTranspose2d(8, 8, 4, 2, 1, output_padding=2)', 'TC201', 'nn.ConvTranspose2d(8, 8, 4, 2, 1, output_padding=1)'],
    ["nn.ConvTranspose2d(8, 8, 4, 2, padding='same')", 'TC205', 'nn.ConvTranspose2d(8, 8, 4, 2, padding=1)'],
    ['nn.ConvTranspose2d(8, 8, 3, 2, 1)', 'TC301', 'nn.ConvTranspose2d(8, 8, 3, 2, 1, output_padding=1)', 'nn.ConvTranspose2d(8, 8, 4, 2, 1)'],
    ['nn.ConvTranspose2d(8, 8, 4, 2, 1, output_padding=1)', 'TC301', 'nn.ConvTranspose2d(8, 8, 4, 2, 1)'],
    ["layers.Conv2DTranspose(8, 4, 2, 'same', output_padding=1)", 'TC301', "layers.Conv2DTranspose(8, 4, 2, 'same')"],
    ['nn.ConvTranspose2d(8, 8, 4, 2, 1, False)', 'TC302', 'nn.ConvTranspose2d(8, 8, 4, 2, 1, bias=False)'],
  ];
  for (const [code, rule, ...expected] of cases) {
    it(`${rule}: ${code}`, () => { assert.deepEqual(fixed(code, rule), expected); });
  }
});

describe('what the interpreter knows of a layer', () => {
  const findings = (code: string, known: { readonly frozenBilinear?: boolean; readonly outputSizeGiven?: boolean }): readonly Finding[] => {
    const text = head + code;
    const layers = analyzeFile(text).layers.map(layer => withInstances(layer, layer.instances.map(instance => ({ ...instance, ...known }))));
    return checkLayers({ layers, text: range => text.slice(range.from, range.to) }, { TC104: 'hint' });
  };

  it('is honoured: a frozen bilinear kernel has no uneven overlap to report', () => {
    const code = 'nn.ConvTranspose2d(8, 8, 5, 3, 1, groups=8, bias=False)';
    assert.deepEqual(findings(code, {}).map(each => each.rule), ['TC101']);
    assert.deepEqual(findings(code, { frozenBilinear: true }), []);
  });

  it('is honoured: where output_size is given, the size is no surprise, and a fix must keep the range it is checked against', () => {
    const code = 'nn.ConvTranspose2d(8, 8, 3, 2, 1)';
    assert.deepEqual(findings(code, {}).map(each => [each.rule, each.fixes.length]), [['TC101', 2], ['TC301', 2]]);
    assert.deepEqual(findings(code, { outputSizeGiven: true }).map(each => [each.rule, each.fixes.length]), [['TC101', 0]]);
    assert.deepEqual(findings('nn.ConvTranspose2d(8, 8, 6, 4, 1)', { outputSizeGiven: true }).map(each => each.fixes.length), [2]);
  });
});
