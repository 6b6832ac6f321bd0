import assert from 'node:assert/strict';
import { format } from '../../../src/algebra/format';
import { analyzeFile } from '../../../src/analyze';

/** What is known of `y` after the code; `x` is a tensor of shape (1, 8, 6, 10), `s` of (N, 8, H, W), `k` of (2, 6, 10, 8). `?` is a tensor of any shape, `unknown` may be none. */
function shapeOf(code: string): string {
  const source = `
import torch, torch.nn as nn, torch.nn.functional as F
import einops, keras, tensorflow as tf
from einops import rearrange, repeat, reduce
from einops.layers.torch import Rearrange, Reduce
x = torch.zeros(1, 8, 6, 10)
k = tf.zeros((2, 6, 10, 8))
def f(s):  # tconv: s = (N, 8, H, W)
    y = ${code}
    return y
`;
  const from = source.indexOf('    y = ') + 4;
  const shown = analyzeFile(source).flow.tensors.find(tensor => tensor.range.from === from && tensor.range.to === from + 1)?.uses.map(use => use.shape) ?? [];
  return shown.map(shape => shape === undefined ? '?' : `(${shape.map(size => size.known ? format(size) : '?').join(', ')})`).join(' ') || 'unknown';
}

const cases: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  'einops': [
    ["rearrange(x, 'b c h w -> b h w c')", '(1, 6, 10, 8)'],
    ["rearrange(s, 'b c h w -> b (h w) c')", '(N, H*W, 8)'],
    ["rearrange(x, 'b (c p) h w -> b c (h p) w', p=2)", '(1, 4, 12, 10)'],
    ["rearrange(s, 'b c h w -> (b c) h w')", '(8*N, H, W)'],
    ["rearrange(s, '... h w -> ... w h')", '(N, 8, W, H)'],
    ["rearrange(s, 'b c (h 2) w -> b c h (2 w)')", '(N, 8, ?, 2*W)'],
    ["rearrange([x, x, x], 'n b c h w -> b (n c) h w')", '(1, 24, 6, 10)'],
    ["rearrange(x, 'b c h -> b c h')", '?'],
    ["rearrange(x, pattern)", '?'],
    ["rearrange(x, 'b (c 3) h w -> b c h w')", '?'],
    ["repeat(s, 'b c h w -> b c (h 2) (w r)', r=3)", '(N, 8, 2*H, 3*W)'],
    ["repeat(s, 'b c h w -> b t c h w', t=4)", '(N, 4, 8, H, W)'],
    ["reduce(x, 'b c (h 2) (w 2) -> b c h w', 'max')", '(1, 8, 3, 5)'],
    ["reduce(s, 'b c h w -> b c () ()', 'mean')", '(N, 8, 1, 1)'],
    ["einops.reduce(s, 'b c h w -> b c', reduction='mean')", '(N, 8)'],
    ["Rearrange('b c h w -> b (c h w)')(x)", '(1, 480)'],
    ["nn.Sequential(Reduce('b c (h 2) w -> b c h w', 'max'), nn.ReLU())(x)", '(1, 8, 3, 10)'],
  ],
  'making tensors': [
    ['torch.arange(10)', '(10)'], ['torch.arange(2, 11, 3)', '(3)'], ['torch.linspace(0, 1, 7)', '(7)'], ['torch.eye(4)', '(4, 4)'],
    ['torch.tensor([[1, 2, 3], [4, 5, 6]])', '(2, 3)'], ['torch.tensor(3.0)', '()'], ['torch.hann_window(16)', '(16)'],
    ['torch.full((2, 3), 1.0)', '(2, 3)'], ['torch.randint(0, 9, (2, 3))', '(2, 3)'], ['torch.zeros(size=(2, 3))', '(2, 3)'],
    ['torch.tensor([[1, 2], [3]])', '?'], ["torch.meshgrid(torch.arange(3), torch.arange(4), indexing='xy')[0]", '(4, 3)'],
  ],
  'several tensors': [
    ["torch.einsum('bchw,cd->bdhw', s, torch.zeros(8, 5))", '(N, 5, H, W)'], ["torch.einsum('b c h w -> b c', s)", '(N, 8)'],
    ["torch.einsum('...c,cd', s, s)", '?'],
    ['torch.where(s > 0, s, 0)', '(N, 8, H, W)'], ['torch.add(x, torch.zeros(3, 1, 1, 1))', '(3, 8, 6, 10)'],
    ['x @ torch.zeros(10, 7)', '(1, 8, 6, 7)'], ['F.scaled_dot_product_attention(x, x, x)', '(1, 8, 6, 10)'],
    ['F.grid_sample(x, torch.zeros(1, 4, 5, 2))', '(1, 8, 4, 5)'], ['F.affine_grid(torch.zeros(1, 2, 3), x.size())', '(1, 6, 10, 2)'],
    ['F.one_hot(torch.zeros(2, 3), 5)', '(2, 3, 5)'], ['F.embedding(torch.zeros(2, 3), torch.zeros(9, 4))', '(2, 3, 4)'],
    ['torch.hstack([s, s])', '(N, 16, H, W)'], ['sum([x, x]) / 2', '(1, 8, 6, 10)'],
  ],
  'layers of Keras': [
    ['keras.layers.Lambda(lambda t: tf.image.resize(t, (12, 20)))(k)', '(2, 12, 20, 8)'], ['keras.layers.Resizing(12, 20)(k)', '(2, 12, 20, 8)'],
    ['keras.layers.TimeDistributed(keras.layers.Conv1D(4, 3))(k)', '(2, 6, 8, 4)'], ['keras.layers.AdaptiveAveragePooling2D((3, 4))(k)', '(2, 3, 4, 8)'],
    ['keras.layers.LSTM(7, return_sequences=True)(k[0])', '(6, 10, 7)'], ['keras.layers.GRU(7)(k[0])', '(6, 7)'],
    ['keras.layers.LSTM(7, return_state=True)(k[0])', 'unknown'], ['keras.layers.RandomFlip()(k)', '(2, 6, 10, 8)'],
  ],
  'methods': [
    ['s.max(1)[0]', '(N, H, W)'], ['s.max(dim=1, keepdim=True)[0]', '(N, 1, H, W)'], ['s.max()', '()'], ['s.argmax(1)', '(N, H, W)'],
    ['s.topk(3, dim=1)[1]', '(N, 3, H, W)'], ['s.unbind(1)[0]', '(N, H, W)'], ['s.movedim(1, -1)', '(N, H, W, 8)'], ['s.swapaxes(2, 3)', '(N, 8, W, H)'],
    ['s.narrow(1, 0, 3)', '(N, 3, H, W)'], ['s.select(1, 0)', '(N, H, W)'], ['s.index_select(1, torch.arange(3))', '(N, 3, H, W)'], ['x.unfold(2, 2, 2)', '(1, 8, 3, 10, 2)'],
    ['s.pow(2).add(1).mul_(s).clamp_(0)', '(N, 8, H, W)'], ['x.tile(2, 1)', '(1, 8, 12, 10)'], ['x.ravel()', '(480)'], ['x.mT', '(1, 8, 10, 6)'],
    ['s.something(1)', 'unknown'],
  ],
  'layers with several tensors': [
    ['nn.LSTM(10, 7, batch_first=True)(x[0])[0]', '(8, 6, 7)'], ['nn.LSTM(10, 7, 2, bidirectional=True)(x[0])[1][0]', '(4, 6, 7)'], ['nn.GRU(10, 7, bidirectional=True)(x[0])[0]', '(8, 6, 14)'],
    ['nn.MultiheadAttention(10, 2)(x[0], x[0], x[0])[0]', '(8, 6, 10)'],
    ['nn.MaxUnpool2d(2)(*nn.MaxPool2d(2, return_indices=True)(x))', '(1, 8, 6, 10)'],
    ['nn.MaxUnpool2d(2)(x, x, output_size=(13, 21))', '(1, 8, 13, 21)'],
    ['nn.Unfold(3, padding=1)(x)', '(1, 72, 60)'], ['nn.Fold((6, 10), 3, padding=1)(torch.zeros(1, 72, 60))', '(1, 8, 6, 10)'],
    ['nn.LPPool2d(2, 2)(x)', '(1, 8, 3, 5)'],
  ],
};

for (const [group, list] of Object.entries(cases)) {
  describe(`shapes: ${group}`, () => {
    for (const [code, expected] of list) it(code, () => { assert.equal(shapeOf(code), expected); });
  });
}
