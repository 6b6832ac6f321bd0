import assert from 'node:assert/strict';
import fc from 'fast-check';
import { format } from '../../../src/algebra/format';
import type { Int } from '../../../src/algebra/integer';
import { analyze, analyzeFile } from '../../../src/analyze';
import { check, unindent } from '../check';
import { shapesIn, testModels, type ModelCase } from './shapes';

const header = `
import torch, torch.nn as nn, torch.nn.functional as F
from torch import Tensor
from typing import Annotated, Optional
from jaxtyping import Float
`;

const model = (forward: string, more = ''): string => `
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.up = nn.ConvTranspose2d(8, 4, 2, 2)
    ${forward}
        return self.up(x)
${more}
`;

const annotations: readonly ModelCase[] = [
  { name: 'jaxtyping: numbers and names', source: model('def forward(self, x: Float[Tensor, "batch 8 h 16"]):'), shapes: ['(batch, 8, h, 16) → (batch, 4, 2*h, 32)'] },
  { name: 'jaxtyping: of torch.Tensor, optional, in quotes', source: model('def forward(self, x: "Optional[Float[torch.Tensor, \'b 8 4 4\']]" = None):'), shapes: ['(b, 8, 4, 4) → (b, 4, 8, 8)'] },
  { name: 'jaxtyping: arithmetic, documented and anonymous sizes', source: model('def forward(self, x: Float[Tensor, "_ c=8 2*h w-1"]):'), shapes: ['(?, 8, 2*h, w - 1) → (?, 4, 4*h, 2*w - 2)'] },
  { name: 'jaxtyping: any number of sizes is no rank', source: model('def forward(self, x: Float[Tensor, "*batch 8 4 4"]):'), shapes: ['(N, 8, H, W) → (N, 4, 2*H, 2*W)'] },
  { name: 'jaxtyping: a union with None', source: model('def forward(self, x: Float[Tensor, "b 8 4 4"] | None):'), shapes: ['(b, 8, 4, 4) → (b, 4, 8, 8)'] },
  { name: 'Annotated with sizes', source: model('def forward(self, x: Annotated[Tensor, (2, 8, 4, 4)]):'), shapes: ['(2, 8, 4, 4) → (2, 4, 8, 8)'] },
  { name: 'a call fills in the names', source: model('def forward(self, x: Float[Tensor, "b 8 h w"]):', 'Net()(torch.randn(16, 8, 5, 7))'), shapes: ['(16, 8, 5, 7) → (16, 4, 10, 14)'] },
  {
    name: 'the same name is the same size in all parameters of a call',
    source: `
      def up(x: Float[Tensor, "b c h w"], y: Float[Tensor, "b 8 2*h w"]):
          return nn.ConvTranspose2d(8, 4, 2, 2)(y)
      up(torch.randn(3, 8, 5, 7), load())
    `,
    shapes: ['(3, 8, 10, 7) → (3, 4, 20, 14)'],
  },
  { name: 'an annotation says what a call leaves open', source: model('def forward(self, x: Float[Tensor, "b 8 4 6"]):', 'Net()(load())'), shapes: ['(b, 8, 4, 6) → (b, 4, 8, 12)'] },
];

const comments: readonly ModelCase[] = [
  { name: 'on the head of forward', source: model('def forward(self, x):  # tconv: x = (N, 8, 4, 4)'), shapes: ['(N, 8, 4, 4) → (N, 4, 8, 8)'] },
  { name: 'above it, and a list', source: model('# tconv: x = [1, 8, 4, 4]\n    def forward(self, x):'), shapes: ['(1, 8, 4, 4) → (1, 4, 8, 8)'] },
  { name: 'below it', source: model('def forward(self, x):\n        # tconv: x = (1, 8, 4, 4)'), shapes: ['(1, 8, 4, 4) → (1, 4, 8, 8)'] },
  { name: 'on a head of several lines, beside other comments', source: model('def forward(\n        self,\n        x,  # noqa  # tconv: x = (1, 8, 4, 4)\n    ):'), shapes: ['(1, 8, 4, 4) → (1, 4, 8, 8)'] },
  { name: 'with sizes of the code', source: `size = 4\n${model('def forward(self, x):  # tconv: x = (N, 2*size, size, W)')}`, shapes: ['(N, 8, 4, W) → (N, 4, 8, 2*W)'] },
  { name: 'open sizes', source: model('def forward(self, x):  # tconv: x = (-1, 8, None, 4)'), shapes: ['(?, 8, ?, 4) → (?, 4, ?, 8)'] },
  { name: 'an annotation comes first', source: model('def forward(self, x: Float[Tensor, "b 8 2 2"]):  # tconv: x = (1, 8, 4, 4)'), shapes: ['(b, 8, 2, 2) → (b, 4, 4, 4)'] },
  { name: 'a call comes first', source: model('def forward(self, x):  # tconv: x = (N, 8, H, W)', 'Net()(torch.randn(2, 8, 3, 3))'), shapes: ['(2, 8, 3, 3) → (2, 4, 6, 6)'] },
  { name: 'of several parameters', source: `
      def up(a, b):  # tconv: a = (1, 3, 8, 8); b = (1, 5, 8, 8)
          return nn.ConvTranspose2d(8, 4, 2, 2)(torch.cat([a, b], 1))
    `, shapes: ['(1, 8, 8, 8) → (1, 4, 16, 16)'] },
  { name: 'of a parameter with a default of None', source: `
      def up(a=None):  # tconv: a = (1, 8, 8, 8)
          return nn.ConvTranspose2d(8, 4, 2, 2)(a)
    `, shapes: ['(1, 8, 8, 8) → (1, 4, 16, 16)'] },
  { name: 'on a layer that nothing applies', source: 'up = nn.ConvTranspose2d(8, 4, 2, 2)  # tconv: x = (1, 8, 5, 5)', shapes: ['(1, 8, 5, 5) → (1, 4, 10, 10)'] },
  { name: 'on a layer that is applied to something unknown', source: 'up = nn.ConvTranspose2d(8, 4, 2, 2)  # tconv: x = (1, 8, 5, 5)\nup(load())', shapes: ['(1, 8, 5, 5) → (1, 4, 10, 10)'] },
  { name: 'on a layer among others', source: `
      net = nn.Sequential(
          nn.Flatten(),
          nn.ConvTranspose2d(8, 4, 2, 2),  # tconv: x = (1, 8, 5, 5)
          nn.ConvTranspose2d(4, 2, 2, 2),
      )
      net(load())
    `, shapes: ['(1, 8, 5, 5) → (1, 4, 10, 10)', '(1, 4, 10, 10) → (1, 2, 20, 20)'] },
  { name: 'on a Sequential', source: `
      net = nn.Sequential(  # tconv: x = (1, 8, 5, 5)
          nn.ConvTranspose2d(8, 4, 2, 2),
          nn.ConvTranspose2d(4, 2, 2, 2),
      )
    `, shapes: ['(1, 8, 5, 5) → (1, 4, 10, 10)', '(1, 4, 10, 10) → (1, 2, 20, 20)'] },
  { name: 'on a function that is called', source: `
      def up(x, w):
          w = torch.ones(8, 4, 2, 2)
          return F.conv_transpose2d(x, w, stride=2)  # tconv: x = (1, 8, 5, 5)
    `, shapes: ['(1, 8, 5, 5) → (1, 4, 10, 10)'] },
];

describe('shapes of inputs from annotations', () => { testModels(annotations, header); });
describe('shapes of inputs from comments', () => {
  testModels(comments, header);

  it('in a Keras model', () => {
    assert.deepEqual(shapesIn(unindent(`
      from tensorflow import keras
      class Net(keras.Model):
          def __init__(self):
              super().__init__()
              self.up = keras.layers.Conv2DTranspose(4, 3, strides=2, padding='same')
          def call(self, x):  # tconv: x = (N, 7, 7, 256)
              return self.up(x)
    `)), ['(N, 7, 7, 256) → (N, 14, 14, 4)']);
  });

  it('are named as the origin', () => {
    const origin = (source: string): string | undefined => analyzeFile(header + source).layers[0]?.instances[0]?.inputOrigin;
    assert.equal(origin(model('def forward(self, x):  # tconv: x = (N, 8, 4, 4)')), 'the comment of x');
    assert.equal(origin(model('def forward(self, x: Annotated[Tensor, (2, 8, 4, 4)]):')), 'the annotation of x');
  });

  it('are analysed again when they change', () => {
    assert.deepEqual(shapesIn(header + model('def forward(self, x):  # tconv: x = (N, 8, 4, 4)')), ['(N, 8, 4, 4) → (N, 4, 8, 8)']);
    assert.deepEqual(shapesIn(header + model('def forward(self, x):  # tconv: x = (N, 8, 4, 6)')), ['(N, 8, 4, 6) → (N, 4, 8, 12)']);
  });
});

describe('shapes of inputs from calls that look at a model', () => {
  testModels([
    ['torchsummary', 'summary(Net(), (8, 4, 6))', 'N'], ['torchinfo', 'summary(Net(), input_size=(2, 8, 4, 6))', '2'],
    ['pytorch_model_summary', 'summary(Net(), torch.zeros(2, 8, 4, 6))', '2'], ['torch.onnx', 'export(Net(), torch.zeros(2, 8, 4, 6), "a.onnx")', '2'],
    ['torch.export', 'export(Net(), (torch.zeros(2, 8, 4, 6),))', '2'], ['torch.jit', 'trace(Net(), torch.zeros(2, 8, 4, 6))', '2'],
    ['thop', 'profile(Net(), inputs=(torch.zeros(2, 8, 4, 6),))', '2'], ['fvcore.nn', 'FlopCountAnalysis(Net(), torch.zeros(2, 8, 4, 6))', '2'],
    ['ptflops', 'get_model_complexity_info(Net(), (8, 4, 6))', 'N'],
  ].map(([module = '', call = '', batch = '']): ModelCase => ({
    name: `${module}: ${call}`,
    source: `from ${module} import ${call.slice(0, call.indexOf('('))}\n${model('def forward(self, x):', call)}`,
    shapes: [`(${batch}, 8, 4, 6) → (${batch}, 4, 8, 12)`],
  })), header);
});

describe('shapes of inputs that do not fit', () => {
  it('contradict a call', () => {
    const { findings } = check(`
      import torch, torch.nn as nn
      class Net(nn.Module):
          def __init__(self):
              super().__init__()
              self.up = nn.ConvTranspose2d(8, 4, 2, 2)
          def forward(self, x):  # tconv: x = (N, 8, 4, 4)
      #                                   ^^^^^^^^^^^^^^^^ warning TC210: The comment says that x is (N, 8, 4, 4), but the code passes (2, 8, 3, 3). The code's shape is used.
              return self.up(x)
      Net()(torch.randn(2, 8, 3, 3))
    `);
    assert.match(findings[0]?.related[0]?.message ?? '', /^Here x is \(2, 8, 3, 3\)/);
  });

  it('contradict a call in rank', () => {
    check(`
      import torch, torch.nn as nn
      from jaxtyping import Float
      up = nn.ConvTranspose2d(8, 4, 2, 2)
      def f(x: Float[torch.Tensor, "*b 2 3 4 5 6"]):
      #        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning TC210: The annotation says that x is (…, 2, 3, 4, 5, 6), but the code passes (2, 8, 3, 3).
          return up(x)
      f(torch.randn(2, 8, 3, 3))
    `);
  });

  it('contradict each other by a name', () => {
    check(`
      import torch, torch.nn as nn
      from jaxtyping import Float
      def f(x: Float[torch.Tensor, "b c h w"], y: Float[torch.Tensor, "b c h w"]):
      #                                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning TC210
          return nn.ConvTranspose2d(8, 4, 2, 2)(y)
      f(torch.randn(2, 8, 3, 3), torch.randn(2, 8, 3, 4))
    `);
  });

  it('contradict the layer that takes them', () => {
    check(`
      import torch.nn as nn
      class Net(nn.Module):
          def __init__(self):
              super().__init__()
              self.down = nn.Conv2d(3, 8, 3)
          def forward(self, x):  # tconv: x = (N, 4, 32, 32)
              return self.down(x)
      #              ^^^^^^^^^^^^ error TC207: The input has 4 channels here, but in_channels is 3.
    `);
  });

  it('are not what the comment says they are', () => {
    check(`
      import torch.nn as nn
      class Net(nn.Module):
          # tconv: y = (1, 8, 4, 4)
      #            ^^^^^^^^^^^^^^^^ information TC901: \`forward\` has no parameter \`y\`.
          def forward(self, x):  # tconv: x = 4
      #                                   ^^^^^ information TC901: This comment is not understood: a shape is written as
              pass  # tconv: (1, 2)
      #                      ^^^^^^ information TC901: This comment is not understood: a \`# tconv:\` comment is
      x = 1  # tconv: x = (1, 2)
      #               ^^^^^^^^^^ information TC901: This comment gives a shape, but stands neither at a function nor at a layer.
      # tconv: h = config.json
      #        ^^^^^^^^^^^^^^^ information TC901: The file \`config.json\` is not found.
    `);
  });
});

describe('configuration files', () => {
  const files: Readonly<Record<string, string>> = {
    'models/config.json': '{"rates": [8, 2], "kernels": [16, 4], "channels": 32, "model": {"width": 8}, "name": "a"}',
    'conf/model.yaml': 'rates: [8, 2]\nkernels:\n  - 16\n  - 4\nchannels: 32\nmodel:\n  width: 8\n  depth: ${channels}\n',
    'models/broken.json': '{',
  };
  const generator = (comment: string): string => `
      class Generator(nn.Module):
          def __init__(self, h):${comment}
              super().__init__()
              self.ups = nn.ModuleList()
              for i, (u, k) in enumerate(zip(h.rates, h['kernels'])):
                  self.ups.append(nn.ConvTranspose1d(h.channels // 2 ** i, h.get('channels') // 2 ** (i + 1), k, u, padding=(k - u) // 2))
          def forward(self, x):
              for up in self.ups:
                  x = up(x)
              return x
    `;
  /** `in→out k=… s=…` of every instance. */
  const layers = (source: string): readonly string[] => {
    const { layers, findings } = analyze({ kind: 'file', cells: [header + unindent(source)], path: 'models/net.py' }, { files: { read: path => files[path] } });
    assert.deepEqual(findings.filter(finding => finding.rule === 'TC901'), []);
    const show = (size: Int | undefined): string => size?.known === true ? format(size) : '?';
    return layers.flatMap(layer => layer.instances.map(({ reading }) =>
      `${show(reading.inputChannels)}→${show(reading.outputChannels)} k=${show(reading.kernelSize[0])} s=${show(reading.stride[0])}`));
  };
  const expected = ['32→16 k=16 s=8', '16→8 k=4 s=2'];

  it('JSON gives what a parameter holds, by attribute, by index and by get', () => {
    assert.deepEqual(layers(generator('  # tconv: h = config.json')), expected);
  });
  it('YAML, from another folder, on a line of its own', () => {
    assert.deepEqual(layers(`# tconv: h = ../conf/model.yaml\n${unindent(generator(''))}`), expected);
  });
  it('quoted, for an argument that is not known', () => {
    assert.deepEqual(layers(`# tconv: h = "config.json"\n${unindent(generator(''))}\nGenerator(load())`), expected);
  });
  it('a variable with a value that is not known', () => {
    assert.deepEqual(layers(`
      conf = AttrDict(load('config.json'))  # tconv: conf = config.json
      up = nn.ConvTranspose1d(conf.channels, conf.model.width, conf.kernels[0], **{'stride': conf['rates'][0]})
    `), ['32→8 k=16 s=8']);
  });
  it('a name that the code does not bind', () => {
    assert.deepEqual(layers(`
      # tconv: conf = config.json
      def make():
          return nn.ConvTranspose1d(conf.channels, conf.model.width, conf.kernels[-1])
    `), ['32→8 k=4 s=1']);
  });
  it('an argument that is given counts, not the file', () => {
    assert.deepEqual(layers(`
      def make(width):  # tconv: width = config.json
          return nn.ConvTranspose1d(width, 1, 4)
      make(3)
    `), ['3→1 k=4 s=1']);
  });
  it('a text that the program replaces is not known', () => {
    assert.deepEqual(layers(`
      # tconv: conf = ../conf/model.yaml
      up = nn.ConvTranspose1d(conf.model.depth, conf.model.width, 4)
    `), ['?→8 k=4 s=1']);
  });
  it('what is no JSON is reported', () => {
    const { findings } = analyze({ kind: 'file', cells: ['# tconv: h = broken.json\n'], path: 'models/net.py' }, { files: { read: path => files[path] } });
    assert.deepEqual(findings.map(finding => `${finding.rule} ${finding.message}`), ['TC901 The file `broken.json` cannot be read.']);
  });
});

describe('text of any kind', () => {
  const pieces = fc.array(fc.constantFrom('(', ')', 'N', ',', '...', '*b', ' ', '->', '-1', '2', 'h', '=', ';', '[', '#', '"', '//', '{', ':', 'x', '\n', '.json'), { maxLength: 24 }).map(list => list.join(''));
  const never = (about: string, run: (text: string) => void): void => {
    it(`${about} never throws`, () => { fc.assert(fc.property(pieces, text => { run(text); }), { seed: 7, numRuns: 200 }); });
  };
  never('a comment', text => { analyzeFile(`import torch.nn as nn\ndef f(x):  # tconv: ${text}\n  return nn.ConvTranspose2d(8, 4, 2, 2)(x)  # tconv: x = ${text}`); });
  never('an annotation', text => { analyzeFile(`from jaxtyping import Float\nimport torch.nn as nn\ndef f(x: Float[T, ${JSON.stringify(text)}]):\n  return nn.ConvTranspose2d(8, 4, 2, 2)(x)`); });
  never('a pattern of einops', text => { analyzeFile(`import torch\nfrom einops import rearrange\nrearrange(torch.zeros(2, 3, 4), ${JSON.stringify(text)}, h=2)`); });
  never('a configuration file', text => {
    for (const path of ['h.yaml', 'h.json']) analyze({ kind: 'file', cells: [`# tconv: h = ${path}\nimport torch.nn as nn\nnn.ConvTranspose2d(h.a, h['b'], 2)`], path: 'm.py' }, { files: { read: () => text } });
  });

  it('a configuration that refers to itself, or is very large, is not followed for ever', () => {
    const bomb = `a: &a [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n${[...'bcdefghi'].map((name, index) => `${name}: &${name} [${`*${'abcdefghi'.charAt(index)},`.repeat(9)}]`).join('\n')}\nself: &self\n  again: 1\n`;
    const { layers } = analyze({ kind: 'file', cells: ['# tconv: h = h.yaml\nimport torch.nn as nn\nnn.ConvTranspose2d(h.a[0], 4, 2)'], path: 'm.py' }, { files: { read: () => bomb } });
    assert.equal(layers.length, 1);
  });
});
