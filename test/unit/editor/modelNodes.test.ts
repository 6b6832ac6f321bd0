import assert from 'node:assert/strict';
import { analyzeFile } from '../../../src/analyze';
import { modelNodes, nodeAt, type ModelNode } from '../../../src/editor/modelNodes';

const text = `import torch
import torch.nn as nn
class Up(nn.Module):
    def __init__(self, a, b, k):
        super().__init__()
        self.up = nn.ConvTranspose2d(a, b, k, 2, 1)
        self.act = nn.ReLU()
    def forward(self, x):
        return self.act(self.up(x))
class Net(nn.Module):
    def __init__(self, k=4):
        super().__init__()
        self.first = Up(8, 4, k)
        self.last = Up(4, 1, k)
    def forward(self, x):
        return self.last(self.first(x))
Net()(torch.zeros(1, 8, 4, 4))
Net(3)(torch.zeros(1, 8, 4, 4))
alone = nn.ConvTranspose2d(8, 1, 4, stride=2, padding=1)
wrong = nn.ConvTranspose2d(8, 1, 4, 2, 1, output_padding=2)
`;

function nodes(source = text): readonly ModelNode[] {
  const { flow, layers } = analyzeFile(source);
  return modelNodes(flow.models, layers, ({ from }) => source.slice(source.lastIndexOf('\n', from - 1) + 1, from));
}

function lines(list: readonly ModelNode[], indent = ''): readonly string[] {
  return list.flatMap(node => [`${indent}$(${node.icon}) ${node.label} | ${node.description}`, ...lines(node.children, `${indent}  `)]);
}

describe('rows of Model Shapes', () => {
  it('say shape, parameters and overlap in words, and show the verdict as an icon', () => {
    assert.deepEqual(lines(nodes()), [
      '$(symbol-class) Net | 2 constructions',
      '  $(symbol-constructor) Net() | 581 parameters',
      '    $(symbol-method) first: Up | (1, 4, 8, 8) · 516 parameters',
      '      $(pass) up: ConvTranspose2d | (1, 4, 8, 8) · 516 parameters · even overlap',
      '      $(circle-outline) act: ReLU | (1, 4, 8, 8)',
      '    $(symbol-method) last: Up | (1, 1, 16, 16) · 65 parameters',
      '      $(pass) up: ConvTranspose2d | (1, 1, 16, 16) · 65 parameters · even overlap',
      '      $(circle-outline) act: ReLU | (1, 1, 16, 16)',
      '  $(symbol-constructor) Net(3) | 329 parameters',
      '    $(symbol-method) first: Up | (1, 4, 7, 7) · 292 parameters',
      '      $(warning) up: ConvTranspose2d | (1, 4, 7, 7) · 292 parameters · uneven overlap',
      '      $(circle-outline) act: ReLU | (1, 4, 7, 7)',
      '    $(symbol-method) last: Up | (1, 1, 13, 13) · 37 parameters',
      '      $(warning) up: ConvTranspose2d | (1, 1, 13, 13) · 37 parameters · uneven overlap',
      '      $(circle-outline) act: ReLU | (1, 1, 13, 13)',
      '$(symbol-misc) Layers outside a model | 258 parameters',
      '  $(pass) ConvTranspose2d | 2H × 2W · 129 parameters · even overlap',
      '  $(error) ConvTranspose2d | 129 parameters · rejected',
    ]);
  });

  for (const [code, label] of [
    ['self.ups.append(nn.ConvTranspose1d(8, 1, 2, 2))', 'ups: ConvTranspose1d'],
    ['self.up = nn.utils.weight_norm(nn.ConvTranspose1d(8, 1, 2, 2))', 'up: ConvTranspose1d'],
    ['self.up: nn.Module = nn.ConvTranspose1d(8, 1, 2, 2)', 'up: ConvTranspose1d'],
    // The name is that of the whole.
    ['self.up = nn.Sequential(nn.ConvTranspose1d(8, 1, 2, 2))', 'ConvTranspose1d'],
    ['up = nn.ConvTranspose1d(8, 1, 2, 2)', 'ConvTranspose1d'],
  ] as const) {
    it(`have the model's own names: ${code}`, () => {
      const [model] = nodes(`import torch.nn as nn\nclass G(nn.Module):\n    def __init__(self):\n        self.ups = nn.ModuleList()\n        ${code}\n`);
      assert.deepEqual(model?.children.map(child => child.label), [label]);
    });
  }

  it('say where the values of a model are assumed', () => {
    assert.deepEqual(lines(nodes('import torch.nn as nn\nclass G(nn.Module):\n    def __init__(self, nz=8):\n        self.up = nn.ConvTranspose2d(nz, 1, 2, 2)\n')), [
      '$(symbol-class) G | 33 parameters · made nowhere: defaults assumed',
      '  $(pass) up: ConvTranspose2d | 2H × 2W · 33 parameters · even overlap',
    ]);
  });

  it('have identities of their own, which stay when text moves', () => {
    const ids = (list: readonly ModelNode[]): readonly string[] => list.flatMap(node => [node.id, ...ids(node.children)]);
    const all = ids(nodes());
    assert.equal(new Set(all).size, all.length);
    assert.deepEqual(ids(nodes(`# moved\n${text}`)), all);
  });

  it('are found at the cursor: the innermost, or the one that is selected', () => {
    const all = nodes();
    const find = (marker: string, preferred?: ModelNode): ModelNode | undefined => {
      const offset = text.indexOf(marker);
      return nodeAt(all, { cell: 0, offset, line: [text.lastIndexOf('\n', offset) + 1, text.indexOf('\n', offset)] }, preferred);
    };
    const first = find('ConvTranspose2d(a');
    assert.match(first?.description ?? '', /^\(1, 4, 8, 8\)/);
    const second = all[0]?.children[1]?.children[0]?.children[0];
    assert.match(second?.description ?? '', /uneven/);
    assert.equal(find('ConvTranspose2d(a', second), second);
    assert.deepEqual(find('Up(4, 1, k)')?.details, ['Up(4, 1, k)']);
    assert.equal(find('return self.last')?.label, 'Net');
    assert.deepEqual(find('self.last =')?.details, ['Up(4, 1, k)'], 'on its line');
    assert.equal(find('import torch'), undefined);
  });

  it('do not say that a call is rejected while it is written', () => {
    const call = 'import torch.nn as nn\nup = nn.ConvTranspose2d(8, 4, 2, 2, out=1';
    assert.deepEqual(lines(nodes(`${call})\n`)), ['$(symbol-misc) Layers outside a model | 132 parameters', '  $(error) ConvTranspose2d | 132 parameters · rejected']);
    assert.deepEqual(lines(nodes(call)), ['$(symbol-misc) Layers outside a model | 132 parameters', '  $(pass) ConvTranspose2d | 2H × 2W · 132 parameters · even overlap']);
  });
});
