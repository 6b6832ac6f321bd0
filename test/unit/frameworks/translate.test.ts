import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Int, asConstant, constant, symbol } from '../../../src/algebra/integer';
import { substitute } from '../../../src/algebra/substitute';
import type { Framework, Reading } from '../../../src/frameworks/api';
import { findApi } from '../../../src/frameworks/index';
import { translate } from '../../../src/frameworks/translate';
import type { NoTranslation, Translation } from '../../../src/frameworks/translation';
import { type Keywords, call, read } from './call';

function translated(reading: Reading, target: Framework): Translation {
  const result = translate(reading, target);
  assert.ok('code' in result, 'reason' in result ? result.reason : '');
  return result;
}

function reason(reading: Reading, target: Framework): string {
  const result: Translation | NoTranslation = translate(reading, target);
  return 'reason' in result ? result.reason : result.code;
}

describe('translation between frameworks', () => {
  const torch = (...positional: readonly number[]): Reading => read('torch.nn.ConvTranspose2d', positional);
  const keras = (keywords: Keywords): Reading => read('keras.layers.Conv2DTranspose', [], { filters: 32, ...keywords });

  const exact: readonly (readonly [Reading, Framework, string])[] = [
    [torch(64, 32, 4, 2, 1), 'keras', "layers.Conv2DTranspose(32, 4, strides=2, padding='same')"],
    [torch(64, 32, 4, 2, 1), 'tensorflow', 'tf.nn.conv2d_transpose(x, kernel, [N, 2*H, 2*W, 32], strides=2)'],
    [torch(64, 32, 4, 2, 1), 'jax', 'nn.ConvTranspose(32, (4, 4), strides=(2, 2), transpose_kernel=True)'],
    [torch(64, 32, 4, 2, 1), 'pytorch', 'nn.ConvTranspose2d(64, 32, 4, stride=2, padding=1)'],
    [torch(64, 32, 3, 2, 1), 'keras', "layers.Conv2DTranspose(32, 3, strides=2, padding='same', output_padding=0)"],
    [torch(64, 32, 2, 2), 'keras', "layers.Conv2DTranspose(32, 2, strides=2, padding='same')"],
    [torch(64, 32, 3, 2), 'keras', 'layers.Conv2DTranspose(32, 3, strides=2)'],
    [torch(64, 32, 3, 2, 1, 1), 'tensorflow', 'tf.nn.conv2d_transpose(x, kernel, [N, 2*H, 2*W, 32], strides=2, padding=[[0, 0], [1, 0], [1, 0], [0, 0]])'],
    [torch(64, 32, 3, 2, 1, 1), 'jax', 'nn.ConvTranspose(32, (3, 3), strides=(2, 2), padding=((1, 2), (1, 2)), transpose_kernel=True)'],
    [keras({ kernel_size: 4, strides: 2, padding: 'same' }), 'pytorch', 'nn.LazyConvTranspose2d(32, 4, stride=2, padding=1)'],
    [keras({ kernel_size: 3, strides: 2, use_bias: false }), 'pytorch', 'nn.LazyConvTranspose2d(32, 3, stride=2, bias=False)'],
    [keras({ kernel_size: 3, padding: 'same', dilation_rate: 2 }), 'pytorch', 'nn.LazyConvTranspose2d(32, 3, padding=2, dilation=2)'],
  ];
  for (const [reading, target, code] of exact) {
    it(`${reading.api.label} as ${code}`, () => {
      const result = translated(reading, target);
      assert.equal(result.code, code);
      assert.deepEqual([result.exact, result.differences], [true, []]);
    });
  }

  it("says by how much PyTorch's and Keras's conventions differ, and how to get the same values", () => {
    const fromKeras = translated(keras({ kernel_size: 3, strides: 2, padding: 'same' }), 'pytorch');
    assert.equal(fromKeras.code, 'nn.LazyConvTranspose2d(32, 3, stride=2, padding=1, output_padding=1)');
    assert.deepEqual(fromKeras.differences, [
      'The output has the same size, but its values are moved by 1 place to the start.',
      'The same values come from padding=0 without output_padding, and the last 1 cut off the output.',
    ]);
    const fromTorch = translated(torch(64, 32, 3, 2, 1, 1), 'keras');
    assert.equal(fromTorch.code, "layers.Conv2DTranspose(32, 3, strides=2, padding='same')");
    assert.deepEqual(fromTorch.differences, ['The output has the same size, but its values are moved by 1 place to the end.']);
  });

  it('notes layouts, and a kernel that is applied backwards', () => {
    const fromFlax = translated(read('flax.linen.ConvTranspose', [32, [4, 4], 2]), 'keras');
    assert.deepEqual(fromFlax.notes, [
      'Tensors are [N, H, W, C], weights [kH, kW, out, in]; in the original weights are [kH, kW, in, out].', 'Turn the kernel round along its spatial axes.',
    ]);
  });

  it('gives a reason where there is no equivalent', () => {
    assert.equal(reason(read('torch.nn.ConvTranspose2d', [4, 8, 3], { groups: 2 }), 'keras'), 'Keras has no transposed convolution in groups.');
    assert.equal(reason(read('torch.nn.ConvTranspose2d', [4, 8, 3, 2], { dilation: 2 }), 'keras'), 'Keras takes strides or dilation_rate above 1, not both.');
    assert.equal(reason(torch(4, 8, 3, 2, 0, 0, 3), 'pytorch'), 'The call is rejected as it is.');
    assert.equal(reason(read('torch.nn.ConvTranspose2d', [4, 8, { kind: 'unknown' }]), 'keras'), 'Kernel, stride and dilation must be numbers.');
    assert.equal(reason(read('torch.nn.ConvTranspose1d', [4, 8, 3, 1, 3]), 'keras'), 'Keras cannot make this output size.');
  });
});

describe('translations of random layers', function () {
  this.timeout(30_000);

  const kernel = fc.record({ kernel_size: fc.integer({ min: 1, max: 7 }), stride: fc.integer({ min: 1, max: 4 }), dilation: fc.integer({ min: 1, max: 3 }) });
  const layer: fc.Arbitrary<Reading> = fc.oneof(
    fc.tuple(kernel, fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 3 })).map(([settings, padding, output_padding]) =>
      read('torch.nn.ConvTranspose2d', [4, 8], { ...settings, padding, output_padding })),
    fc.tuple(kernel, fc.constantFrom('same', 'valid'), fc.constantFrom(null, 0, 1)).map(([{ kernel_size, stride, dilation }, padding, output_padding]) =>
      read('keras.layers.Conv2DTranspose', [8], { kernel_size, strides: stride, dilation_rate: dilation, padding, output_padding })),
    fc.tuple(kernel, fc.integer({ min: -2, max: 5 }), fc.integer({ min: -2, max: 5 })).map(([{ kernel_size, stride, dilation }, low, high]) =>
      read('flax.linen.ConvTranspose', [8, [kernel_size, kernel_size]], { strides: stride, kernel_dilation: dilation, padding: [[low, high], [high, low]] })),
  );

  for (const target of ['pytorch', 'keras', 'tensorflow', 'jax'] as const) {
    it(`${target}: are accepted there, have the same sizes, and the same windows where they say so`, () => {
      let equal = 0;
      fc.assert(fc.property(layer, fc.integer({ min: 1, max: 6 }), (reading, inputSize) => {
        const result = translate(reading, target);
        if ('reason' in result) return;
        const api = findApi(result.api);
        assert.ok(api !== undefined);
        const kernelShape = [...reading.kernelSize, constant(8), constant(4)];
        const arguments_ = target === 'tensorflow' ? { ...result.arguments, filters: { kind: 'tensor' as const, shape: kernelShape } } : result.arguments;
        const there = api.read(call([], arguments_), { kerasVersion: 3 });
        assert.deepEqual(there.problems, []);
        const named = ['H', 'W'].map(name => symbol(name, { minimum: 1 }));
        const found = there.axes(named);
        for (const [axis, { outputSize, cropLeft }] of reading.axes(named.map(() => constant(inputSize))).entries()) {
          const evaluated = (size: Int | undefined): number | undefined => size && asConstant(substitute(size, () => inputSize));
          assert.equal(evaluated(found[axis]?.outputSize), asConstant(outputSize));
          if (result.exact) assert.equal(evaluated(found[axis]?.cropLeft), asConstant(cropLeft));
        }
        assert.equal(result.differences.length === 0, result.exact);
        if (result.exact) equal++;
      }), { seed: 7, numRuns: 300 });
      assert.ok(equal > 40, `only ${equal} exact translations`);
    });
  }
});
