import assert from 'node:assert/strict';
import { analyzeFile } from '../../../src/analyze';

const cases: readonly (readonly [string, string, boolean])[] = [
  ['weights assigned and frozen', 'up = nn.ConvTranspose2d(8, 8, 3, 2, 1, groups=8)\nup.weight.data = bilinear_kernel(8, 3)\nup.weight.requires_grad = False', false],
  ['weights copied and frozen in a loop', 'up = nn.ConvTranspose2d(8, 8, 3, 2, 1)\nup.weight.data.copy_(make_bilinear(8, 3))\nfor p in up.parameters():\n    p.requires_grad = False', false],
  ['an attribute of a module', 'class A(nn.Module):\n    def __init__(self):\n        self.up = nn.ConvTranspose2d(8, 8, 3, 2, 1)\n        self.up.weight.data.copy_(bilinear(3))\n        self.up.requires_grad_(False)', false],
  ['not frozen: it can learn another kernel', 'up = nn.ConvTranspose2d(8, 8, 3, 2, 1)\nup.weight.data.copy_(bilinear_kernel(8, 3))', true],
  ['frozen to something else', 'up = nn.ConvTranspose2d(8, 8, 3, 2, 1)\nup.weight.requires_grad = False', true],
  ['another layer', 'up = nn.ConvTranspose2d(8, 8, 3, 2, 1)\ndown.weight.data = bilinear_kernel(8, 3)\ndown.weight.requires_grad = False', true],
];

describe('a layer frozen to a bilinear kernel is not reported', () => {
  for (const [name, source, reported] of cases) {
    it(name, () => {
      const { findings } = analyzeFile(`from torch import nn\n${source}\n`);
      assert.equal(findings.some(finding => finding.rule === 'TC101'), reported);
    });
  }
});
