import assert from 'node:assert/strict';
import { analyzeFile } from '../../../src/analyze';
import type { ModelItem } from '../../../src/network/models';
import { shapeText, sizeText } from '../../../src/report/sizes';

const header = 'import torch\nimport torch.nn as nn\nimport torch.nn.functional as F\nfrom keras import layers\nimport keras\n';

/** The tensors at the places marked `«x»` in the text, in order; of several contexts with ` | ` between. */
function tensorsAt(text: string): readonly string[] {
  const wanted: number[] = [];
  let source = header;
  for (const part of text.split(/([«»])/)) {
    if (part === '«') wanted.push(source.length);
    else if (part !== '»') source += part;
  }
  const { tensors } = analyzeFile(source).flow;
  return wanted.map(from => {
    const place = tensors.find(({ range }) => range.from === from);
    return place === undefined ? 'none' : place.uses.map(use => use.parts !== undefined ? `[${use.parts.map(part => part === undefined ? '?' : shapeText(part)).join(', ')}]`
      : use.shape === undefined ? '?' : shapeText(use.shape)).join(' | ');
  });
}

/** Models as indented lines: `UNet`, its constructions, parts and layers. */
function table(text: string): readonly string[] {
  const lines: string[] = [];
  const list = (items: readonly ModelItem[], indent: string): void => {
    for (const item of items) {
      if (item.kind === 'part') {
        lines.push(`${indent}${item.label} ${sizeText(item.parameters)}`);
        list(item.items, `${indent}  `);
      } else {
        const shapes = item.uses.map(use => use.output === undefined ? '-' : shapeText(use.output)).join(' | ');
        lines.push(`${indent}${item.name.slice(item.name.lastIndexOf('.') + 1)} ${shapes} ${sizeText(item.uses[0]?.parameters ?? { known: false, terms: [] })}`);
      }
    }
  };
  for (const model of analyzeFile(header + text).flow.models) {
    lines.push(`${model.kind} ${model.name}`.trim());
    for (const { label, count, parameters, items } of model.constructions) {
      lines.push(`  ${label}${count === 1 ? '' : ` ×${count}`} ${sizeText(parameters)}`);
      list(items, '    ');
    }
  }
  return lines;
}

describe('tensors at names', () => {
  it('are known where names are read, bound and passed', () => {
    assert.deepEqual(tensorsAt(`
up = nn.ConvTranspose2d(8, 4, 4, 2, 1)
«x» = torch.randn(1, 8, 5, 6)
y = «up»(«x»)
«y» = y.flatten(1)
`), ['(1, 8, 5, 6)', '(1, 4, 10, 12)', '(1, 8, 5, 6)', '(1, 480)']);
  });

  it('of lists and tuples are those of their items', () => {
    assert.deepEqual(tensorsAt(`
x = torch.zeros(1, 8, 4, 4)
«skips» = [x, F.max_pool2d(x, 2)]
«skips».append(x)
def pyramid(levels):
    return «levels»[0], «levels»
first, «rest» = pyramid((x, x))
«empty» = []
«mixed» = [x, 3]
`), ['[(1, 8, 4, 4), (1, 8, 2, 2)]', '[(1, 8, 4, 4), (1, 8, 2, 2)]', '[(1, 8, 4, 4), (1, 8, 4, 4)]', '[(1, 8, 4, 4), (1, 8, 4, 4)]', '[(1, 8, 4, 4), (1, 8, 4, 4)]', 'none', 'none']);
  });

  it('of what functions return, whole expressions too', () => {
    const { returned } = analyzeFile(`${header}
def f(x):
    if x.ndim == 3:
        return x
    return F.relu(x) + torch.cat([x, x], 0)[:2]
f(torch.zeros(2, 3, 4))
f(torch.zeros(2, 3, 4, 5))
def g(x):
    return x, [x]
g(torch.zeros(7))
`).flow;
    assert.deepEqual(returned.map(({ uses }) => uses.map(use => use.shape === undefined ? '-' : shapeText(use.shape))), [['(2, 3, 4)'], ['(2, 3, 4, 5)']]);
  });

  it('of parameters that a layer implies, also before it', () => {
    assert.deepEqual(tensorsAt(`
class Up(nn.Module):
    def __init__(self):
        super().__init__()
        self.up = nn.ConvTranspose2d(8, 4, 2, 2)
    def forward(self, «x»: torch.Tensor):
        skip = «x»
        «x» = self.up(x)
        return x
`), ['(N, 8, H, W)', '(N, 8, H, W)', '(N, 4, 2H, 2W)']);
  });

  it('of parameters that a padding layer takes first: channels stay unknown', () => {
    assert.deepEqual(tensorsAt(`
pad, conv = nn.ReflectionPad2d(3), nn.Conv2d(3, 8, 7)
def f(«x»):
    «y» = pad(x)
    return «conv»(y)
`), ['(N, ?, H, W)', '(N, ?, H + 6, W + 6)', '(N, 8, H, W)']);
  });

  it('are listed for each context, once each', () => {
    assert.deepEqual(tensorsAt(`
def double(x):
    «y» = F.interpolate(x, scale_factor=2)
    return y
double(torch.zeros(1, 2, 3, 4)); double(torch.zeros(1, 2, 3, 4)); double(torch.zeros(1, 2, 5, 6))
`), ['(1, 2, 6, 8) | (1, 2, 10, 12)']);
  });

  it('of loops, attributes and several targets', () => {
    assert.deepEqual(tensorsAt(`
x = torch.zeros(2, 6, 8, 8)
«a», «b» = torch.chunk(x, 2, dim=1)
for «part» in (a, x):
    pass
`), ['(2, 3, 8, 8)', '(2, 3, 8, 8)', '(2, 3, 8, 8) | (2, 6, 8, 8)']);
  });

  it('that are not known are no tensors', () => {
    assert.deepEqual(tensorsAt('import other\n«x» = other.load()\n«n» = 3\n'), ['none', 'none']);
  });

  it('are not told of code that known values exclude', () => {
    assert.deepEqual(tensorsAt('x = torch.zeros(1)\nif False:\n    «x» = torch.zeros(2)\n'), ['none']);
  });

  it('follow an edit', async () => {
    const { Analyzer } = await import('../../../src/analyze');
    const analyzer = new Analyzer();
    const text = (size: number): string => `${header}def f(x):\n    return x\ny = f(torch.zeros(${size}))\n`;
    const shapes = (source: string): readonly string[] => analyzer.analyze({ kind: 'file', cells: [source] }).flow.tensors
      .filter(place => place.kind === 'assigned').map(place => place.uses.map(use => shapeText(use.shape ?? [])).join());
    assert.deepEqual(shapes(text(3)), ['(3)']);
    assert.deepEqual(shapes(text(4)), ['(4)']);
    assert.deepEqual(shapes(`# before\n${text(4)}`), ['(4)']);
  });
});

describe('models', () => {
  const up = `
class Up(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.up = nn.ConvTranspose2d(c, 1, 2, 2)
    def forward(self, x):
        return self.up(x)
`;

  it('list the layers in the order in which they are applied, with shapes and parameters', () => {
    assert.deepEqual(table(`
class Generator(nn.Module):
    def __init__(self, nz=100):
        super().__init__()
        self.last = nn.Conv2d(32, 3, 3, padding=1, bias=False)
        self.norm = nn.BatchNorm2d(32)
        self.up = nn.ConvTranspose2d(nz, 32, 4)
    def forward(self, z):
        return torch.tanh(self.last(F.relu(self.norm(self.up(z)))))
`), [
      'class Generator',
      '  Generator 52160',
      '    ConvTranspose2d (N, 32, H + 3, W + 3) 51232',
      '    BatchNorm2d (N, 32, H + 3, W + 3) 64',
      '    Conv2d (N, 3, H + 3, W + 3) 864',
    ]);
  });

  it('hold parts for the classes and functions that make their layers', () => {
    assert.deepEqual(table(`
def up(a, b):
    return nn.Sequential(nn.ConvTranspose2d(a, b, 2, 2), nn.ReLU())
class Block(nn.Module):
    def __init__(self, a, b):
        super().__init__()
        self.up = up(a, b)
        self.conv = nn.Conv2d(b, b, 3, padding=1)
    def forward(self, x):
        return self.conv(self.up(x))
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.blocks = nn.Sequential(*[Block(8 // 2 ** i, 4 // 2 ** i) for i in range(2)])
    def forward(self, x):
        return self.blocks(x)
Net()(torch.zeros(1, 8, 4, 4))
`), [
      'class Net',
      '  Net() 352',
      '    Block(8 // 2 ** i, 4 // 2 ** i) 280',
      '      up(a, b) 132',
      '        ConvTranspose2d (1, 4, 8, 8) 132',
      '        ReLU (1, 4, 8, 8) 0',
      '      Conv2d (1, 4, 8, 8) 148',
      '    Block(8 // 2 ** i, 4 // 2 ** i) 72',
      '      up(a, b) 34',
      '        ConvTranspose2d (1, 2, 16, 16) 34',
      '        ReLU (1, 2, 16, 16) 0',
      '      Conv2d (1, 2, 16, 16) 38',
    ]);
  });

  it('show each different construction, those alike once', () => {
    assert.deepEqual(table(`${up}a, b, c = Up(2), Up(2), Up(3)
a(torch.zeros(1, 2, 4, 4)); b(torch.zeros(1, 2, 4, 4)); c(torch.zeros(1, 3, 5, 5))
`), ['class Up', '  Up(2) ×2 9', '    ConvTranspose2d (1, 1, 8, 8) 9', '  Up(3) 13', '    ConvTranspose2d (1, 1, 10, 10) 13']);
  });

  it('are variables, too', () => {
    assert.deepEqual(table(`
net = nn.Sequential(nn.ConvTranspose2d(2, 1, 2, 2), nn.Sigmoid())
y = net(torch.zeros(1, 2, 4, 4))
alone = nn.Conv2d(1, 1, 1)
`), ['variable net', '  net 9', '    ConvTranspose2d (1, 1, 8, 8) 9', '    Sigmoid (1, 1, 8, 8) 0', 'loose', '   2', '    Conv2d - 2']);
  });

  it('that are variables hold what classes of the source make for them', () => {
    assert.deepEqual(table(`${up}net = nn.Sequential(Up(2), nn.Sigmoid())
net(torch.zeros(1, 2, 4, 4))
`), ['variable net', '  net 9', '    Up(2) 9', '      ConvTranspose2d (1, 1, 8, 8) 9', '    Sigmoid (1, 1, 8, 8) 0']);
  });

  it('of Keras: Sequential by add, functional, and functions that build', () => {
    assert.deepEqual(table(`
seq = keras.Sequential()
seq.add(layers.Dense(16, input_shape=(10,)))
seq.add(layers.Reshape((4, 4, 1)))
seq.add(layers.Conv2DTranspose(2, 4, strides=2, padding='same'))
i = keras.Input((8, 8, 1))
x = layers.Conv2D(4, 3, strides=2, padding='same')(i)
x = layers.Conv2DTranspose(1, 4, strides=2, padding='same')(x)
auto = keras.Model(i, x)
def build():
    i = keras.Input((4, 4, 2))
    return keras.Model(i, layers.Conv2DTranspose(1, 2, strides=2)(i))
model = build()
`), [
      'variable seq', '  seq 210', '    Dense (N, 16) 176', '    Reshape (N, 4, 4, 1) 0', '    Conv2DTranspose (N, 8, 8, 2) 34',
      'variable auto', '  auto 105', '    Conv2D (N, 4, 4, 4) 40', '    Conv2DTranspose (N, 8, 8, 1) 65',
      'function build', '  build() 9', '    Conv2DTranspose (N, 8, 8, 1) 9',
    ]);
  });

  it('made in a function that gives none back are the class, not the function', () => {
    assert.deepEqual(table(`
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.up = nn.ConvTranspose2d(1, 1, 2, 2)
    def forward(self, x):
        return self.up(x)
def main():
    Net()(torch.zeros(1, 1, 2, 2))
main()
`), ['class Net', '  Net() 5', '    ConvTranspose2d (1, 1, 4, 4) 5']);
  });
});

describe('learned parameters', () => {
  const count = (layer: string, input: string): string => {
    const [place] = analyzeFile(`${header}layer = ${layer}\ny = layer(torch.zeros(${input}))\n`).flow.layers;
    return sizeText(place?.uses[0]?.parameters ?? { known: false, terms: [] });
  };
  // Counted by the frameworks themselves: sum(p.numel() for p in layer.parameters()), layer.count_params().
  for (const [layer, input, expected] of [
    ['nn.Conv2d(16, 32, 3)', '1, 16, 8, 8', '4640'], ['nn.Conv2d(16, 32, 3, groups=4, bias=False)', '1, 16, 8, 8', '1152'],
    ['nn.Conv3d(2, 4, (1, 3, 3))', '1, 2, 4, 4, 4', '76'], ['nn.LazyConv1d(4, 3)', '1, 2, 9', '28'],
    ['nn.ConvTranspose2d(16, 8, 4, 2, 1, groups=2)', '1, 16, 8, 8', '1032'],
    ['nn.Linear(10, 5)', '1, 10', '55'], ['nn.BatchNorm2d(7)', '1, 7, 2, 2', '14'], ['nn.BatchNorm2d(7, affine=False)', '1, 7, 2, 2', '0'],
    ['nn.InstanceNorm2d(7)', '1, 7, 2, 2', '0'], ['nn.InstanceNorm2d(7, affine=True)', '1, 7, 2, 2', '14'], ['nn.GroupNorm(2, 8)', '1, 8, 2, 2', '16'],
    ['nn.LayerNorm([8, 2])', '1, 8, 2', '32'], ['nn.PReLU()', '1, 8', '1'], ['nn.MaxPool2d(2)', '1, 8, 4, 4', '0'], ['nn.Embedding(10, 3)', '5', '30'],
    ['layers.Conv2D(8, 3)', '1, 9, 9, 4', '296'], ['layers.SeparableConv2D(8, 3, depth_multiplier=2)', '1, 9, 9, 4', '144'],
    ['layers.DepthwiseConv2D(3)', '1, 9, 9, 4', '40'], ['layers.Dense(6, use_bias=False)', '1, 4', '24'],
    ['layers.BatchNormalization()', '1, 9, 9, 4', '8'], ['layers.BatchNormalization(scale=False)', '1, 9, 9, 4', '4'],
    ['layers.PReLU(shared_axes=[1, 2])', '1, 9, 9, 4', '?'],
  ] as const) it(layer, () => { assert.equal(count(layer, input), expected); });
});
