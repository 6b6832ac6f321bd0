import assert from 'node:assert/strict';
import { format } from '../../../src/algebra/format';
import { constant } from '../../../src/algebra/integer';
import { findApi } from '../../../src/frameworks/index';
import { listText } from '../../../src/frameworks/value';
import { type Keywords, type TestArgument, kinds, read, shape, unknownArgument } from './call';

const lax = 'jax.lax.conv_transpose';
const linen = 'flax.linen.ConvTranspose';
const x2: TestArgument = { shape: [2, 5, 6, 4] };
const w2: TestArgument = { shape: [3, 3, 4, 8] };

describe('JAX', () => {
  // semantics.md section 9: input of length 3, kernel in scatter form.
  const golden: readonly (readonly [kernel: number, stride: number, padding: TestArgument, Keywords, size: number, crop: number])[] = [
    [3, 2, 'SAME', {}, 6, 0], [3, 2, 'VALID', {}, 7, 0], [4, 2, 'SAME', {}, 6, 1], [2, 3, 'SAME', {}, 9, 0],
    [3, 2, [[1, 1]], {}, 5, 1], [3, 2, [[1, 2]], {}, 6, 1],
    [3, 2, [[1, 1]], { use_consistent_padding: true }, 5, 1], [3, 2, [[0, 1]], { use_consistent_padding: true }, 6, 0],
    [3, 2, 'SAME', { rhs_dilation: [2] }, 6, 1],
  ];
  for (const [kernel, stride, padding, keywords, size, crop] of golden) {
    it(`K=${kernel} s=${stride} ${JSON.stringify(padding)} ${JSON.stringify(keywords)} gives ${size}`, () => {
      const reading = read(lax, [{ shape: [1, 3, 1] }, { shape: [kernel, 1, 1] }, [stride], padding], keywords);
      assert.deepEqual(reading.problems, []);
      const [axis] = reading.axes([constant(3)]);
      assert.ok(axis !== undefined);
      assert.deepEqual([format(axis.outputSize), format(axis.cropLeft)], [String(size), String(crop)]);
    });
  }

  it('reads channels by transpose_kernel, and says whether the kernel is turned round', () => {
    const plain = read(lax, [x2, w2, [2, 2], 'SAME']);
    assert.deepEqual([format(plain.inputChannels), format(plain.outputChannels), plain.flip], ['4', '8', true]);
    assert.equal(listText(plain.apply(plain.input).output ?? []), '[2, 10, 12, 8]');
    const transposed = read(lax, [x2, { shape: [3, 3, 8, 4] }, [2, 2], 'SAME'], { transpose_kernel: true });
    assert.deepEqual([format(transposed.inputChannels), format(transposed.outputChannels), transposed.flip], ['4', '8', false]);
  });

  it('takes lower-case strings for the forward padding, as lax does with stride 1', () => {
    const sizes = (padding: string): string => {
      const reading = read(lax, [x2, w2, [1, 1], padding]);
      return listText(reading.apply(reading.input).output ?? []);
    };
    assert.deepEqual([sizes('same'), sizes('valid')], ['[2, 5, 6, 8]', '[2, 3, 4, 8]']);
  });

  it('says nothing of sizes under other dimension numbers', () => {
    const reading = read(lax, [x2, w2, [2, 2], 'SAME'], { dimension_numbers: unknownArgument });
    assert.equal(reading.apply(reading.input).output, undefined);
  });

  const rejected: readonly (readonly [title: string, positional: readonly TestArgument[], Keywords, kind: string, quote: RegExp])[] = [
    ['strides as an integer', [x2, w2, 2, 'SAME'], {}, 'invalid-argument strides', /^TypeError: object of type 'int' has no len\(\)$/],
    ['lower case with a stride', [x2, w2, [2, 2], 'same'], {}, 'unsupported-padding padding', /^ValueError: String padding is not implemented for transposed convolution/],
    ['integer padding', [x2, w2, [2, 2], 1], {}, 'unsupported-padding padding', /should be a string or a sequence of \(low, high\) pairs, got 1$/],
    ['one pair for two axes', [x2, w2, [2, 2], [[1, 1]]], {}, 'unsupported-padding padding', /^TypeError: Wrong number of explicit pads for convolution: expected 2, got 1\.$/],
    ['stride 0', [x2, w2, [0, 2], 'SAME'], {}, 'invalid-argument strides', /^TypeError: All dilations must be positive/],
    ['no padding', [x2, w2, [2, 2]], {}, 'invalid-argument padding', /^TypeError: conv_transpose\(\) missing 1 required positional argument: 'padding'$/],
    ['other channels', [x2, { shape: [3, 3, 3, 8] }, [2, 2], 'SAME'], {}, 'channel-mismatch -', /but 4 \/\/ 1 != 3\.$/],
  ];
  for (const [title, positional, keywords, kind, quote] of rejected) {
    it(`rejects ${title}`, () => {
      const reading = read(lax, positional, keywords);
      const problems = [...reading.problems, ...reading.apply(reading.input).problems];
      assert.deepEqual(kinds(problems), [kind]);
      assert.match(problems[0]?.quote ?? '', quote);
    });
  }
});

describe('Flax', () => {
  it('has one entry of kernel_size for each axis: an integer is one dimension', () => {
    assert.equal(read(linen, [8, 3]).rank, 1);
    assert.equal(read(linen, [8, [3, 3]]).rank, 2);
    assert.equal(read(linen, [8, unknownArgument]).rank, undefined);
  });

  it('spreads strides, is SAME by default and takes any number of batch dimensions', () => {
    const reading = read(linen, [8, [4, 4], 2]);
    assert.deepEqual(reading.problems, []);
    assert.equal(listText(reading.apply(shape('N', 'H', 'W', 3)).output ?? []), '[N, 2*H, 2*W, 8]');
    assert.equal(listText(reading.apply(shape('B', 'T', 5, 6, 3)).output ?? []), '[B, T, 10, 12, 8]');
  });

  it('takes an integer padding for pairs', () => {
    assert.equal(listText(read(linen, [8, [4, 4], 2], { padding: 2 }).apply(shape('N', 'H', 'W', 3)).output ?? []), '[N, 2*H, 2*W, 8]');
  });

  it('knows the size of CIRCULAR, but no window', () => {
    const [axis] = read(linen, [8, [4], 2], { padding: 'CIRCULAR' }).axes(shape('L'));
    assert.ok(axis !== undefined);
    assert.deepEqual([format(axis.outputSize), format(axis.cropLeft)], ['2*L', '?']);
  });

  it('needs rngs in nnx', () => {
    assert.match(read('flax.nnx.ConvTranspose', [4, 8, [3, 3]]).problems[0]?.quote ?? '', /missing 1 required keyword-only argument: 'rngs'$/);
    assert.deepEqual(read('flax.nnx.ConvTranspose', [4, 8, [3, 3]], { rngs: unknownArgument }).problems, []);
    assert.equal(findApi('flax.nnx.ConvTranspose')?.framework, 'jax');
  });
});
