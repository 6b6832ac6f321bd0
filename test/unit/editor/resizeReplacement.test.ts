import assert from 'node:assert/strict';
import { analyzeFile } from '../../../src/analyze';
import { resizeReplacements, type Replacement } from '../../../src/editor/resizeReplacement';
import { shapeText } from '../../../src/report/sizes';

const torch = 'import torch\nimport torch.nn as nn\n';
const keras = 'import keras\nfrom keras import layers\nx = keras.Input((8, 8, 16))\n';

/** What is offered for the last layer of a text. */
function offered(text: string): readonly { readonly replacement: Replacement; readonly result: string }[] {
  const layer = analyzeFile(text).layers.at(-1);
  assert.ok(layer, 'there is a layer');
  const { from, to } = layer.range;
  const surroundings = {
    module: text, before: text.slice(text.lastIndexOf('\n', from - 1) + 1, from), call: text.slice(from, to), after: text.slice(to),
  };
  return resizeReplacements(layer, surroundings)
    .map(replacement => ({ replacement, result: text.slice(0, from) + replacement.text + text.slice(from + replacement.length) }));
}

/** The code after the imports, for each way. */
function results(head: string, line: string): readonly string[] {
  return offered(head + line).map(({ result }) => result.slice(head.length));
}

/** The shape of `y`. */
function shapeOfY(text: string): string | undefined {
  const { flow } = analyzeFile(text);
  const place = flow.tensors.find(({ kind, range }) => kind === 'assigned' && text.slice(range.from, range.to) === 'y');
  const shape = place?.uses[0]?.shape;
  return shape && shapeText(shape);
}

describe('other ways to enlarge', () => {
  it('are a resize with a convolution, and a sub-pixel convolution', () => {
    assert.deepEqual(results(torch, 'up = nn.ConvTranspose2d(64, 32, 4, 2, 1, bias=False)'), [
      'up = nn.Sequential(nn.Upsample(scale_factor=2, mode="nearest"), nn.Conv2d(64, 32, kernel_size=3, padding=1, bias=False))',
      'up = nn.Sequential(nn.Conv2d(64, 128, kernel_size=3, padding=1, bias=False), nn.PixelShuffle(2))',
    ].map(line => line.length <= 100 ? line : line.replace('nn.Sequential(', 'nn.Sequential(\n    ').replace('), nn.Conv2d', '),\n    nn.Conv2d').replace(/\)\)$/, '),\n)').replace('), nn.Pix', '),\n    nn.Pix')));
  });

  it('say in their titles what they are', () => {
    assert.deepEqual(offered(`${torch}up = nn.ConvTranspose2d(64, 32, (5, 4), (1, 2), (2, 1))`).map(({ replacement }) => replacement.title), [
      'Replace by nearest-neighbour resize and a convolution, 5 × 3 (same output size)',
    ]);
    assert.match(offered(`${torch}up = nn.ConvTranspose2d(64, 32, 2, 2)`)[1]?.replacement.title ?? '', /^Replace by a sub-pixel convolution, 3 × 3 \(same output size; initialise it with ICNR\)$/);
  });

  const kept: Readonly<Record<string, string>> = {
    'one axis': `${torch}y = nn.ConvTranspose1d(8, 4, 16, 8, 4)(torch.zeros(2, 8, 10))\n`,
    'two axes': `${torch}y = nn.ConvTranspose2d(8, 4, 2, 2)(torch.zeros(2, 8, 10, 7))\n`,
    'three axes': `${torch}y = nn.ConvTranspose3d(8, 4, 4, 2, 1, groups=4)(torch.zeros(2, 8, 3, 4, 5))\n`,
    'strides that differ': `${torch}y = nn.ConvTranspose2d(8, 4, (3, 4), (1, 2), (1, 1))(torch.zeros(2, 8, 10, 7))\n`,
    'output padding': `${torch}y = nn.ConvTranspose2d(8, 4, 3, stride=2, padding=1, output_padding=1)(torch.zeros(2, 8, 10, 7))\n`,
    'dilation': `${torch}y = nn.ConvTranspose2d(8, 4, 3, stride=2, padding=2, output_padding=1, dilation=2)(torch.zeros(2, 8, 10, 7))\n`,
    'channels from the code': `${torch}c = 6\ny = nn.ConvTranspose2d(8, c * 2, 4, 2, 1)(torch.zeros(2, 8, 10, 7))\n`,
    'several lines': `${torch}net = nn.Sequential(\n    nn.ConvTranspose2d(\n        8, 4, kernel_size=4,\n        stride=2, padding=1,\n    ),\n)\ny = net(torch.zeros(2, 8, 10, 7))\n`,
    'Keras, applied at once': `${keras}y = layers.Conv2DTranspose(4, 3, strides=2, padding="same", activation="relu")(x)\n`,
    'Keras, in a model': `${keras}y = keras.Sequential([layers.Conv2DTranspose(4, 3, strides=(2, 1), padding="same", name="up")])(x)\n`,
    'Keras, channels first': `import keras\nx = keras.Input((16, 8, 8))\ny = keras.layers.Conv2DTranspose(4, 2, strides=2, data_format="channels_first")(x)\n`,
  };
  for (const [name, text] of Object.entries(kept)) {
    it(`keep the output shape: ${name}`, () => {
      const expected = shapeOfY(text);
      assert.match(expected ?? '', /^\(.*\d.*\)$/);
      const ways = offered(text);
      assert.ok(ways.length > 0);
      for (const { result } of ways) {
        assert.equal(shapeOfY(result), expected, result);
        assert.deepEqual(analyzeFile(result).findings, []);
      }
    });
  }

  it('stand in lines of their own where the call did', () => {
    assert.deepEqual(results(torch, 'net = f(\n    nn.ConvTranspose1d(\n        8, 4, 2, 2\n    ),\n)'), [
      'net = f(\n    nn.Sequential(\n        nn.Upsample(scale_factor=2, mode="nearest"),\n        nn.Conv1d(8, 4, kernel_size=3, padding=1),\n    ),\n)',
    ]);
  });

  it('put the resize around the argument of a Keras layer', () => {
    assert.deepEqual(results(keras, 'y = layers.Conv2DTranspose(filters=4, kernel_size=4, strides=2, padding="same", use_bias=False)(f(x, ")"))'), [
      'y = layers.Conv2D(4, 3, padding="same", use_bias=False)(layers.UpSampling2D(2)(f(x, ")")))',
    ]);
  });

  for (const [module, name] of [
    ['import tensorflow as tf\nfrom tensorflow.keras import layers\n', 'tf.keras.Sequential'],
    ['from tensorflow import keras\nfrom tensorflow.keras import layers\n', 'keras.Sequential'],
    ['import keras\nfrom keras import layers\n', 'keras.Sequential'],
  ] as const) {
    it(`use ${name} after ${module.split('\n')[0] ?? ''}`, () => {
      assert.deepEqual(results(module, 'm.add(layers.Conv1DTranspose(4, 2, strides=2))'), [`m.add(${name}([layers.UpSampling1D(2), layers.Conv1D(4, 3, padding="same")]))`]);
    });
  }

  const none: Readonly<Record<string, string>> = {
    'the size is no multiple': 'up = nn.ConvTranspose2d(8, 4, 3, 2, 1)',
    'nothing is enlarged': 'up = nn.ConvTranspose2d(8, 4, 3, 1, 1)',
    'the stride comes from a variable': 's = 2\nup = nn.ConvTranspose2d(8, 4, 4, s, 1)',
    'arguments are starred': 'o = {"stride": 2, "padding": 1}\nup = nn.ConvTranspose2d(8, 4, 4, **o)',
    'the call is not finished': 'up = nn.ConvTranspose2d(8, 4, 4, 2, 1',
    'the framework rejects it': 'up = nn.ConvTranspose2d(8, 5, 4, 2, 1, groups=2)',
    'its norm is taken': 'up = nn.utils.weight_norm(nn.ConvTranspose2d(8, 4, 4, 2, 1))',
    'the neighbours have no names there': 'from torch.nn import ConvTranspose2d\nup = ConvTranspose2d(8, 4, 4, 2, 1)',
    'it is known by another name': 'Up = nn.ConvTranspose2d\nup = Up(8, 4, 4, 2, 1)',
    'a comment would be lost': 'up = nn.ConvTranspose2d(8, 4,  # channels\n  4, 2, 1)',
    'its output size is passed': 'up = nn.ConvTranspose2d(8, 4, 4, 2, 1)\ny = up(torch.zeros(1, 8, 4, 4), output_size=(9, 9))',
  };
  for (const [why, line] of Object.entries(none)) {
    it(`are not offered where ${why}`, () => assert.deepEqual(results(torch, line), []));
  }
});
