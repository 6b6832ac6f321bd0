import assert from 'node:assert/strict';
import { format } from '../../../src/algebra/format';
import { constant, symbol } from '../../../src/algebra/integer';
import type { ArgumentValue } from '../../../src/frameworks/argument';
import { findApi } from '../../../src/frameworks/index';
import { listText, pythonText } from '../../../src/frameworks/value';
import { type Keywords, type TestArgument, argumentTexts, kinds, read, shape, toValue, unknownArgument } from './call';

const nn = (rank: number): string => `torch.nn.ConvTranspose${rank}d`;
const functional = (rank: number): string => `torch.nn.functional.conv_transpose${rank}d`;
const s: ArgumentValue = { kind: 'integer', value: symbol('s') };
const k: ArgumentValue = { kind: 'integer', value: symbol('k') };

describe('PyTorch names', () => {
  for (const [name, canonical] of [
    ['torch.nn.ConvTranspose2d', nn(2)], ['torch.nn.modules.conv.ConvTranspose1d', nn(1)], ['torch.nn.modules.ConvTranspose3d', nn(3)],
    ['torch.nn.LazyConvTranspose2d', 'torch.nn.LazyConvTranspose2d'], ['torch.conv_transpose1d', functional(1)],
    ['torch.nn.quantized.ConvTranspose2d', 'torch.ao.nn.quantized.ConvTranspose2d'],
  ] as const) {
    it(name, () => { assert.equal(findApi(name)?.name, canonical); });
  }

  it('knows nothing of other libraries', () => {
    assert.equal(findApi('mxnet.gluon.nn.Conv2DTranspose'), undefined);
    assert.equal(findApi('torch.nn.Conv2d'), undefined);
  });
});

describe('PyTorch arguments', () => {
  it('fills in defaults and expands to one entry an axis', () => {
    assert.deepEqual(argumentTexts(read(nn(2), [512, 256, 4], { stride: 2, padding: [1, 0] })), {
      in_channels: '512', out_channels: '256', kernel_size: '(4, 4)', stride: '(2, 2)', padding: '(1, 0)', output_padding: '(0, 0)',
      dilation: '(1, 1)', groups: '1',
    });
  });

  it('reads positional arguments in the order of ConvTranspose, not of Conv', () => {
    const texts = argumentTexts(read(nn(1), [8, 4, 3, 4, 1, 2, 2, false, 3]));
    assert.deepEqual([texts.output_padding, texts.groups, texts.bias, texts.dilation], ['(2,)', '2', 'False', '(3,)']);
  });

  it('broadcasts a tuple of one entry, except for the kernel', () => {
    assert.equal(argumentTexts(read(nn(2), [1, 1, 3], { stride: [2] })).stride, '(2, 2)');
    assert.deepEqual(kinds(read(nn(2), [1, 1, [3]]).problems), ['invalid-argument kernel_size']);
  });

  it('takes kernel and channels of a function from the weight', () => {
    const reading = read(functional(2), [{ shape: [2, 4, 5, 5] }, { shape: [4, 8, 3, 5] }, null, 2], { groups: 2 });
    assert.deepEqual(reading.problems, []);
    assert.equal(listText(reading.kernelSize), '[3, 5]');
    assert.equal(format(reading.outputChannels), '16');
    assert.equal(listText(reading.apply(reading.input).output ?? []), '[2, 16, 11, 13]');
  });

  it('keeps unknown arguments unknown and names them', () => {
    const reading = read(nn(2), [3, 4, unknownArgument], { padding: unknownArgument });
    assert.deepEqual(reading.problems, []);
    assert.deepEqual(reading.missing, ['kernel_size', 'padding']);
    assert.equal(pythonText(reading.arguments.kernel_size ?? unknownArgument), '(?, ?)');
  });
});

describe('PyTorch sizes', () => {
  // Lengths of semantics.md section 9: input of length 3.
  const golden: readonly (readonly [kernel: number, stride: number, padding: number, outputPadding: number, dilation: number, size: number])[] = [
    [3, 2, 0, 0, 1, 7], [3, 2, 1, 1, 1, 6], [3, 2, 1, 0, 1, 5], [4, 2, 1, 0, 1, 6], [2, 2, 0, 0, 1, 6], [2, 2, 0, 1, 1, 7], [5, 2, 2, 1, 1, 6],
    [2, 3, 0, 0, 1, 8], [2, 3, 0, 2, 1, 10], [1, 2, 0, 1, 1, 6], [3, 2, 0, 0, 2, 9], [3, 1, 1, 0, 1, 3], [2, 1, 0, 1, 2, 6], [3, 3, 0, 0, 1, 9],
    [5, 3, 1, 0, 1, 9], [6, 3, 2, 1, 1, 9], [3, 2, 3, 0, 1, 1],
  ];
  for (const [kernel, stride, padding, outputPadding, dilation, size] of golden) {
    it(`K=${kernel} s=${stride} p=${padding} op=${outputPadding} d=${dilation} gives ${size}`, () => {
      const reading = read(nn(1), [1, 1, kernel, stride, padding, outputPadding], { dilation });
      assert.deepEqual(reading.problems, []);
      const [axis] = reading.axes([constant(3)]);
      assert.ok(axis !== undefined);
      assert.equal(format(axis.outputSize), String(size));
      assert.equal(format(axis.cropLeft), String(padding));
    });
  }

  const symbolic: readonly (readonly [Keywords, string])[] = [
    [{ kernel_size: 4, stride: 2, padding: 1 }, '2*H'],
    [{ kernel_size: 3, stride: 2, padding: 1 }, '2*H - 1'],
    [{ kernel_size: k, stride: s }, 's*H + k - s'],
    [{ kernel_size: unknownArgument, stride: 2 }, '?'],
  ];
  for (const [keywords, size] of symbolic) {
    it(`gives ${size}`, () => {
      const reading = read(nn(2), [3, 4], keywords);
      const [axis] = reading.axes(shape('H', 'W'));
      assert.ok(axis !== undefined);
      assert.equal(format(axis.outputSize), size);
    });
  }

  it('writes the formula with the numbers put in', () => {
    assert.equal(read(nn(2), [3, 4, 4, 2, 1]).formula(0, symbol('H')), '(H - 1)·2 - 2·1 + 1·(4 - 1) + 0 + 1');
    assert.equal(read(nn(2), [3, 4, k], { stride: s }).formula(0, constant(5)), '(5 - 1)·s - 2·0 + 1·(k - 1) + 0 + 1');
    assert.equal(read(nn(2), [3, 4, unknownArgument], { stride: 2 }).formula(0, symbol('H')), '(H - 1)·2 - 2·0 + 1·(kernel_size - 1) + 0 + 1');
  });
});

describe('PyTorch rejects arguments', () => {
  const noInit = 'ConvTranspose2d.__init__()';
  const cases: readonly (readonly [title: string, positional: readonly TestArgument[], Keywords, kind: string, quote: RegExp])[] = [
    ['output_padding as large as stride and dilation', [4, 8, 3, 2], { output_padding: 2 }, 'output-padding-too-large output_padding',
      /^RuntimeError: output padding must be smaller than either stride or dilation, but got output_padding_height: 2 output_padding_width: 2 stride_height: 2 stride_width: 2 dilation_height: 1 dilation_width: 1$/],
    ['symbolic output_padding equal to both', [4, 8, 3, s], { output_padding: s, dilation: s }, 'output-padding-too-large output_padding', /output_padding_height: s/],
    ['in_channels and groups', [4, 9, 3], { groups: 3 }, 'groups-mismatch groups', /^ValueError: in_channels must be divisible by groups$/],
    ['out_channels and groups', [4, 9, 3], { groups: 2 }, 'groups-mismatch groups', /^ValueError: out_channels must be divisible by groups$/],
    ['groups of 0', [4, 8, 3], { groups: 0 }, 'invalid-argument groups', /^ValueError: groups must be a positive integer$/],
    ["padding='same'", [4, 8, 3], { padding: 'same' }, 'unsupported-padding padding', /argument 'padding' \(position 5\) must be tuple of ints, but found element of type str at pos 0$/],
    ['padding_mode', [4, 8, 3], { padding_mode: 'reflect' }, 'unsupported-padding padding_mode', /^ValueError: Only "zeros" padding mode is supported for ConvTranspose2d$/],
    ['stride of three', [4, 8, 3, [2, 2, 2]], {}, 'invalid-argument stride', /^RuntimeError: expected stride to be a single integer value or a list of 2 values to match the convolution dimensions, but got stride=\[2, 2, 2\]$/],
    ['float stride', [4, 8, 3], { stride: 2.5 }, 'invalid-argument stride', /argument 'stride' \(position 4\) must be tuple of ints, but found element of type float at pos 0$/],
    ['float in a pair', [4, 8, 3], { stride: [2, 2.5] }, 'invalid-argument stride', /failed to unpack the object at pos 2 with error "type must be tuple of ints,but got float"$/],
    ['float kernel', [4, 8, 3.5], {}, 'invalid-argument kernel_size', /argument 'size' failed to unpack the object at pos 3/],
    ['negative kernel', [4, 8, -3], {}, 'invalid-argument kernel_size', /^RuntimeError: Trying to create tensor with negative dimension -3: \[4, 8, -3, -3\]$/],
    ['stride of 0', [4, 8, 3, 0], {}, 'invalid-argument stride', /^RuntimeError: non-positive stride is not supported$/],
    ['negative padding', [4, 8, 3], { padding: -1 }, 'invalid-argument padding', /^RuntimeError: negative padding is not supported$/],
    ['negative output_padding', [4, 8, 3], { output_padding: -1 }, 'invalid-argument output_padding', /^RuntimeError: negative output_padding is not supported$/],
    ['dilation of 0', [4, 8, 3], { dilation: 0 }, 'invalid-argument dilation', /^RuntimeError: dilation should be greater than zero/],
    ['unknown keyword', [4, 8, 3], { strides: 2 }, 'invalid-argument strides', /^TypeError: ConvTranspose2d\.__init__\(\) got an unexpected keyword argument 'strides'$/],
    ['nothing', [], {}, 'invalid-argument in_channels', new RegExp(`^TypeError: ${noInit.replace(/[().]/g, '\\$&')} missing 3 required positional arguments: 'in_channels', 'out_channels', and 'kernel_size'$`)],
    ['False for groups', [4, 8, 3, 2, 1, 1, false], {}, 'argument-order groups', /^ValueError: groups must be a positive integer$/],
    ['True for groups', [4, 8, 3, 2, 1, 1, true], {}, 'argument-order groups', /argument 'groups' \(position 7\) must be int, not bool$/],
    ["'same' for stride", [4, 8, 3, 'same'], {}, 'argument-order stride', /argument 'stride' \(position 4\)/],
  ];
  for (const [title, positional, keywords, kind, quote] of cases) {
    it(title, () => {
      const { problems } = read(nn(2), positional, keywords);
      assert.deepEqual(kinds(problems), [kind]);
      assert.match(problems[0]?.quote ?? '', quote);
    });
  }

  it('says TC302 as well where a sixth value cannot be an output padding', () => {
    const { problems } = read(nn(2), [64, 32, 3, 1, 2, 2]);
    assert.deepEqual(kinds(problems), ['output-padding-too-large output_padding', 'argument-order output_padding']);
    assert.deepEqual(Object.keys(problems[1]?.correction?.set ?? {}), ['output_padding', 'dilation']);
  });

  it('leaves a sixth value alone that may be an output padding', () => {
    assert.deepEqual(read(nn(2), [64, 32, 3, 2, 1, 1]).problems, []);
  });

  it('takes a number of 2 or more after groups for a dilation', () => {
    assert.deepEqual(kinds(read(nn(2), [64, 32, 3, 1, 2, 0, 1, 2]).problems), ['argument-order bias']);
  });

  it('is silent about unknown values', () => {
    assert.deepEqual(read(nn(2), [unknownArgument, 8, 3, unknownArgument], { output_padding: 5, groups: 3, padding: unknownArgument }).problems.length, 1);
    assert.deepEqual(read(nn(2), [4, 8, 3, s], { output_padding: 1 }).problems, []);
  });

  const functions: readonly (readonly [title: string, positional: readonly TestArgument[], Keywords, kind: string, quote: RegExp])[] = [
    ['no weight', [{ shape: [2, 4, 5, 5] }], {}, 'invalid-argument weight', /^TypeError: conv_transpose2d\(\) missing 1 required positional arguments: "weight"$/],
    ['stride at bias', [unknownArgument, unknownArgument, 2], {}, 'argument-order bias', /argument 'bias' \(position 3\) must be Tensor, not int$/],
    ["padding='same'", [unknownArgument, unknownArgument], { padding: 'same' }, 'unsupported-padding padding', /^TypeError: conv_transpose2d\(\): argument 'padding' must be tuple of ints, not str$/],
    ['groups of 0', [unknownArgument, unknownArgument], { groups: 0 }, 'invalid-argument groups', /^RuntimeError: non-positive groups is not supported$/],
    ['groups 3 of 4', [unknownArgument, { shape: [4, 8, 3, 3] }], { groups: 3 }, 'groups-mismatch groups', /^RuntimeError: Given groups=3, expected weight to be divisible by 3 at dimension 0, but got weight of size \[\[4, 8, 3, 3\]\] instead$/],
    ['groups 5 of 4', [unknownArgument, { shape: [4, 8, 3, 3] }], { groups: 5 }, 'groups-mismatch groups', /^RuntimeError: Given groups=5, expected weight to be at least 5 at dimension 0, but got weight of size \[4, 8, 3, 3\] instead$/],
    ['weight of rank 3', [unknownArgument, { shape: [4, 8, 3] }], {}, 'invalid-argument weight', /expected stride to be a single integer value or a list of 1 values/],
  ];
  for (const [title, positional, keywords, kind, quote] of functions) {
    it(`F: ${title}`, () => {
      const { problems } = read(functional(2), positional, keywords);
      assert.deepEqual(kinds(problems), [kind]);
      assert.match(problems[0]?.quote ?? '', quote);
    });
  }
});

describe('PyTorch corrections', () => {
  const cases: readonly (readonly [Keywords, Record<string, string | undefined>])[] = [
    [{ stride: 2, output_padding: 2 }, { output_padding: '1' }],
    [{ stride: [2, 3], output_padding: [0, 3] }, { output_padding: '(0, 2)' }],
    [{ stride: [2, 3], output_padding: 3 }, { output_padding: '(1, 2)' }],
    [{ padding: 'valid' }, { padding: '0' }],
    [{ padding: 'same' }, { padding: '1' }],
    [{ stride: 2, padding: 'same' }, { padding: '1', output_padding: '1' }],
    [{ padding_mode: 'reflect' }, { padding_mode: undefined }],
  ];
  for (const [keywords, set] of cases) {
    it(JSON.stringify(keywords), () => {
      const [problem] = read(nn(2), [4, 8, 3], keywords).problems;
      const found = Object.entries(problem?.correction?.set ?? {}).map(([name, value]) => [name, value && pythonText(value)]);
      assert.deepEqual(Object.fromEntries(found), set);
    });
  }
});

describe('PyTorch layers applied', () => {
  const layer = read(nn(2), [4, 8, 3, 2]);

  it('keeps batch and takes unbatched input', () => {
    assert.equal(listText(layer.apply(shape('N', 4, 'H', 'W')).output ?? []), '[N, 8, 2*H + 1, 2*W + 1]');
    assert.equal(listText(layer.apply(shape(4, 5, 6)).output ?? []), '[8, 11, 13]');
  });

  const rejected: readonly (readonly [title: string, ReturnType<typeof read>, readonly (number | string)[], kind: string, quote: RegExp])[] = [
    ['rank', layer, [5, 5], 'invalid-argument -', /^RuntimeError: Expected 3D \(unbatched\) or 4D \(batched\) input to conv_transpose2d, but got input of size: \[5, 5\]$/],
    ['channels', layer, [2, 3, 5, 5], 'channel-mismatch -', /^RuntimeError: Given transposed=1, weight of size \[4, 8, 3, 3\], expected input\[2, 3, 5, 5\] to have 4 channels, but got 3 channels instead$/],
    ['channels, unbatched', layer, [3, 5, 5], 'channel-mismatch -', /expected input\[1, 3, 5, 5\]/],
    ['empty output', read(nn(2), [4, 8, 1], { padding: 3 }), [2, 4, 5, 5], 'empty-output -', /^RuntimeError: Given input size per channel: \(5 x 5\)\. Calculated output size per channel: \(-1 x -1\)\. Output size is too small$/],
    ['lazy groups', read('torch.nn.LazyConvTranspose2d', [8, 3], { groups: 2 }), [2, 3, 5, 5], 'groups-mismatch groups', /^ValueError: in_channels must be divisible by groups$/],
    ['lazy rank', read('torch.nn.LazyConvTranspose2d', [8, 3]), [5, 5], 'invalid-argument -', /to LazyConvTranspose2d, but got input of size: torch\.Size\(\[5, 5\]\)$/],
  ];
  for (const [title, reading, input, kind, quote] of rejected) {
    it(`rejects ${title}`, () => {
      const { problems } = reading.apply(shape(...input));
      assert.deepEqual(kinds(problems), [kind]);
      assert.match(problems[0]?.quote ?? '', quote);
    });
  }

  it('takes an output_size in its range, in both lengths', () => {
    assert.equal(listText(layer.apply(shape(2, 4, 5, 5), { outputSize: toValue([12, 11]) }).output ?? []), '[2, 8, 12, 11]');
    assert.equal(listText(layer.apply(shape(2, 4, 5, 5), { outputSize: toValue([9, 9, 12, 11]) }).output ?? []), '[2, 8, 12, 11]');
  });

  for (const [value, quote] of [
    [[13, 13], 'ValueError: requested an output size of (13, 13), but valid sizes range from [11, 11] to [12, 12] (for an input of torch.Size([5, 5]))'],
    [[12, 12, 12], 'ValueError: ConvTranspose2D: for 4D input, output_size must have 2 or 4 elements (got 3)'],
    [12, "TypeError: object of type 'int' has no len()"],
  ] as const) {
    it(`rejects output_size ${JSON.stringify(value)}`, () => {
      const { problems } = layer.apply(shape(2, 4, 5, 5), { outputSize: toValue(value) });
      assert.deepEqual(problems.map(problem => [problem.kind, problem.parameter, problem.quote]), [['output-shape-mismatch', 'output_size', quote]]);
    });
  }
});
