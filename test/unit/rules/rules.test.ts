import assert from 'node:assert/strict';
import { check } from '../check';

const keras = (call: string): string => `from keras import layers\n${call}`;

describe('TC101 uneven-overlap and TC102 holes', () => {
  it('are on the kernel, with counts and ratio', () => {
    check(`
      from torch import nn
      nn.ConvTranspose2d(64, 32, 3, stride=2, padding=1, output_padding=1)
      #                          ^ warning TC101: Uneven overlap: with kernel 3 and stride 2, interior outputs get 2 or 1 contributions along each axis (ratio 4).
      nn.ConvTranspose1d(64, 32, kernel_size=5, stride=2)
      #                          ^^^^^^^^^^^^^ warning TC101: Uneven overlap: with kernel 5 and stride 2, interior outputs get 3 or 2 contributions (ratio 1.5).
      nn.ConvTranspose3d(64, 32, (2, 4, 3), 2)
      #                          ^^^^^^^^^ warning TC101: Uneven overlap: with kernel (2, 4, 3) and stride 2, interior outputs get 2 or 1 contributions along W (ratio 2).
      nn.ConvTranspose2d(64, 32, (3, 4), (2, 3))
      #                          ^^^^^^ warning TC101: Uneven overlap: with kernel (3, 4) and stride (2, 3), interior outputs get 2 or 1 contributions along each axis (ratio 4).
      nn.ConvTranspose2d(64, 32, (3, 7), (2, 2))
      #                          ^^^^^^ warning TC101: Uneven overlap: with kernel (3, 7) and stride 2, interior outputs get 2 or 1 and 4 or 3 contributions along each axis (ratio 2.67).
      nn.ConvTranspose1d(64, 32, 4, 3, dilation=2)
      #                          ^ warning TC101: Uneven overlap: with kernel 4, stride 3 and dilation 2, interior outputs get 2 or 1 contributions (ratio 2).
    `);
  });

  it('holes instead of uneven overlap, with the share of outputs and the reason', () => {
    check(`
      from torch import nn
      nn.ConvTranspose1d(64, 32, 2, 3)
      #                          ^ warning TC102: Holes: with kernel 2 and stride 3, 1 of 3 interior outputs get no contribution at all, only the bias: the kernel is smaller than the stride.
      nn.ConvTranspose2d(64, 32, 1, 2)
      #                          ^ warning TC102: Holes: with kernel 1 and stride 2, 3 of 4
      nn.ConvTranspose2d(64, 32, (4, 1), 2)
      #                          ^^^^^^ warning TC102: Holes: with kernel (4, 1) and stride 2, 2 of 4 interior outputs get no contribution at all, only the bias: the kernel is smaller than the stride on W.
      nn.ConvTranspose2d(64, 32, (3, 1), 2)
      #                          ^^^^^^ warning TC102: Holes
      nn.ConvTranspose2d(64, 32, 4, 2, dilation=2)
      #                                ^^^^^^^^^^ warning TC102: Holes: with kernel 4, stride 2 and dilation 2, 3 of 4 interior outputs get no contribution at all, only the bias: stride and dilation share the divisor 2.
    `);
  });

  it('are silent for even overlap', () => {
    check(`
      from torch import nn
      nn.ConvTranspose2d(64, 32, 4, 2, 1)
      nn.ConvTranspose2d(64, 32, 2, 2)
      nn.ConvTranspose2d(64, 32, 3)
      nn.ConvTranspose2d(64, 32, 5, dilation=3)
      nn.ConvTranspose2d(64, 32, (6, 4), (3, 2))
      nn.ConvTranspose1d(64, 32, 6, 3, dilation=2)
    `);
  });

  it('are silent on unknown values, unless it holds for all of them', () => {
    check(`
      from torch import nn
      def unknown(k, s):
          nn.ConvTranspose2d(8, 8, k, s)
          nn.ConvTranspose2d(8, 8, k, 2)
          nn.ConvTranspose2d(8, 8, 4, s)
          nn.ConvTranspose2d(8, 8, 2 * s, s)
          nn.ConvTranspose2d(8, 8, s, s)
          nn.ConvTranspose2d(8, 8, 2 * k + 1, 2)
          #                        ^^^^^^^^^ warning TC101: Uneven overlap: with kernel 2*k + 1 and stride 2, interior outputs get different numbers of contributions along each axis.
          nn.ConvTranspose2d(8, 8, k, 2, dilation=2)
          #                              ^^^^^^^^^^ warning TC102: Holes: with kernel k, stride 2 and dilation 2, some interior outputs
    `);
  });

  it('say when only some uses of a call have it', () => {
    check(`
      from torch import nn
      def up(k, s=2):
          return nn.ConvTranspose2d(8, 8, k, s)
          #                               ^ warning TC101: Uneven overlap: with kernel 3 and stride 2, interior outputs get 2 or 1 contributions along each axis (ratio 4). (In 1 of 2 uses of this call.)
      up(3)
      up(4)
    `);
  });

  it('are related to the calls that cause them', () => {
    const { findings, source } = check(`
      from torch import nn
      def up(c, k):
          return nn.ConvTranspose2d(c, c, k, 2)
          #                               ^ warning TC101
      def down(c):
          return nn.ConvTranspose2d(c, c, 3, 2)
          #                               ^ warning TC101
      up(8, 4)
      up(8, 3)
      down(8)
    `);
    const text = source.cells[0] ?? '';
    assert.deepEqual(findings.map(finding => finding.related.map(({ range }) => text.slice(range.from, range.to))), [['up(8, 3)'], []]);
  });

  it('report what all uses share once', () => {
    check(`
      from torch import nn
      def up(c):
          return nn.ConvTranspose2d(c, c, 3, 2)
          #                               ^ warning TC101: Uneven overlap: with kernel 3 and stride 2, interior outputs get 2 or 1 contributions along each axis (ratio 4).
      up(8)
      up(16)
    `);
  });

  it('see Keras and functions', () => {
    check(`
      from keras import layers
      import torch, torch.nn.functional as F
      layers.Conv2DTranspose(8, 3, strides=2, padding='same')
      #                         ^ warning TC101
      layers.Conv2DTranspose(8, 4, strides=2, padding='same')
      layers.Conv1DTranspose(filters=8, kernel_size=2, strides=3)
      #                                 ^^^^^^^^^^^^^ warning TC102
      F.conv_transpose2d(torch.randn(1, 8, 4, 4), torch.randn(8, 4, 3, 3), stride=2)
      #                                           ^^^^^^^^^^^^^^^^^^^^^^^ warning TC101
    `);
  });

  it('leave stride with dilation in Keras to TC204', () => {
    check(keras(`layers.Conv2DTranspose(8, 4, strides=2, dilation_rate=2)
#                                       ^^^^^^^^^^^^^^^ error TC204`));
  });
});

describe('TC104 even-but-blocky', () => {
  it('is off by default', () => {
    check('from torch import nn\nnn.ConvTranspose2d(8, 8, 2, 2)');
  });

  it('reports kernel = stride when switched on', () => {
    check(`
      from torch import nn
      nn.ConvTranspose2d(8, 8, 2, 2)
      #                        ^ hint TC104: Even but blocky: with kernel 2 and stride 2
      nn.ConvTranspose2d(8, 8, 1)
      nn.ConvTranspose2d(8, 8, 4, 2)
      nn.ConvTranspose2d(8, 8, (2, 3), 2)
      #                        ^^^^^^ warning TC101
    `, { severities: { TC104: 'hint' } });
  });
});

describe('what frameworks reject', () => {
  it('is on the argument at fault, and quotes the framework', () => {
    check(`
      from torch import nn
      nn.ConvTranspose2d(8, 8, 4, 2, 1, output_padding=2)
      #                                 ^^^^^^^^^^^^^^^^ error TC201: output_padding 2 must be smaller than stride 2 or dilation 1. PyTorch says when it is applied: RuntimeError: output padding must be smaller than either stride or dilation
      nn.ConvTranspose2d(8, 6, 4, 2, 1, groups=4)
      #                                 ^^^^^^^^ error TC202: out_channels 6 is not divisible by groups 4. PyTorch says when the layer is made: ValueError: out_channels must be divisible by groups
      nn.ConvTranspose2d(8, 8, 4, 2, padding='same')
      #                              ^^^^^^^^^^^^^^ error TC205
      nn.ConvTranspose2d(8, 8, 4, 2, 1, padding_mode='reflect')
      #                                 ^^^^^^^^^^^^^^^^^^^^^^ error TC205
      nn.ConvTranspose2d(8, 8, 4, stride=0)
      #                           ^^^^^^^^ error TC206
      nn.ConvTranspose2d(8, 8)
      #< error TC206
    `);
  });

  it('is not a default of None that callers replace', () => {
    check(`
      from torch import nn
      def up(channels=None, kernel_size=None, groups=None):
          return nn.ConvTranspose1d(channels, channels, 4 if kernel_size is None else kernel_size, 2, 1, groups=groups)
      def down(channels=None):
          return nn.ConvTranspose1d(8, channels, 4, 2, 1, output_padding=2)
          #                                               ^^^^^^^^^^^^^^^^ error TC201
    `);
    check(`
      from torch import nn
      def up(channels=None):
          return nn.ConvTranspose1d(8, channels, 4, 2, 1)
          #                            ^^^^^^^^ error TC206
      up()
    `);
  });

  it('is judged for the input where that is known', () => {
    check(`
      import torch
      from torch import nn
      nn.ConvTranspose2d(8, 8, 4, 2, 1)(torch.randn(1, 4, 8, 8))
      #                  ^ error TC207
      nn.ConvTranspose2d(8, 8, 2, 2, 1)(torch.randn(1, 8, 1, 1))
      #                              ^ error TC203
    `);
  });
});

describe('TC301 off-by-one-size', () => {
  it('reports a size beside the multiple of the stride, where something is cropped', () => {
    check(`
      from torch import nn
      nn.ConvTranspose2d(8, 8, 3, 2, 1)
      #                              ^ information TC301: The output size is 2*H - 1 and 2*W - 1, not 2*H and 2*W, the stride times the input size.
      nn.ConvTranspose2d(8, 8, 3, 2, 1, output_padding=1)
      nn.ConvTranspose2d(8, 8, 4, 2, padding=1, output_padding=1)
      #                                         ^^^^^^^^^^^^^^^^ information TC301: The output size is 2*H + 1 and
      nn.ConvTranspose1d(8, 8, 5, 3, 1)
      nn.ConvTranspose1d(8, 8, 6, 3, 1)
      #                              ^ information TC301: The output size is 3*L + 1, not 3*L, the stride times the input size.
      nn.ConvTranspose2d(8, 8, 3, 1, 2)
      nn.ConvTranspose2d(8, 8, 2, 2, 1)
      nn.ConvTranspose2d(8, 8, (4, 3), 2, (1, 1))
      #                                   ^^^^^^ information TC301: The output size is 2*W - 1, not 2*W
    `, { ignored: ['TC101', 'TC102'] });
  });

  it('takes an overhanging kernel without padding for a choice', () => {
    check(`
      from torch import nn
      from keras import layers
      nn.ConvTranspose2d(8, 8, 3, 2)
      layers.Conv2DTranspose(8, 3, strides=2)
      layers.Conv2DTranspose(8, 3, strides=2, padding='same')
      layers.Conv2DTranspose(8, 3, strides=2, padding='same', output_padding=0)
      #                                                       ^^^^^^^^^^^^^^^^ information TC301: The output size is 2*H - 1
    `, { ignored: ['TC101', 'TC102'] });
  });
});

describe('TC302 argument-order', () => {
  it('reports a value that is evidently meant for another parameter', () => {
    check(`
      from torch import nn
      nn.ConvTranspose2d(8, 8, 4, 2, 1, False)
      #                                 ^^^^^ warning TC302
    `);
  });
});

describe('what is not ours', () => {
  it('is not reported: unknown libraries, other layers, strings, comments', () => {
    check(`
      import torch.nn as nn
      from somewhere import ConvTranspose2d, Conv2DTranspose
      ConvTranspose2d(8, 8, 3, 2)
      Conv2DTranspose(8, 3, 2)
      nn.Conv2d(8, 8, 3, 2)
      text = "nn.ConvTranspose2d(8, 8, 3, 2)"
      # nn.ConvTranspose2d(8, 8, 3, 2)
    `);
  });
});
