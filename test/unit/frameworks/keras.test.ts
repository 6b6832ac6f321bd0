import assert from 'node:assert/strict';
import { format } from '../../../src/algebra/format';
import { constant, symbol } from '../../../src/algebra/integer';
import type { ArgumentValue } from '../../../src/frameworks/argument';
import { apis, findApi } from '../../../src/frameworks/index';
import { listText, pythonText } from '../../../src/frameworks/value';
import { type Keywords, type TestArgument, argumentTexts, kinds, read, shape, unknownArgument } from './call';

const layer = (rank: number): string => `keras.layers.Conv${rank}DTranspose`;
const s: ArgumentValue = { kind: 'integer', value: symbol('s') };
const k: ArgumentValue = { kind: 'integer', value: symbol('k') };

describe('Keras names', () => {
  for (const [name, canonical] of [
    ['keras.layers.Conv2DTranspose', layer(2)], ['tensorflow.keras.layers.Conv1DTranspose', layer(1)],
    ['tensorflow.python.keras.layers.Conv3DTranspose', layer(3)], ['tf_keras.layers.Convolution2DTranspose', layer(2)],
    ['keras.layers.convolutional.Conv2DTranspose', layer(2)], ['tensorflow.compat.v1.keras.layers.Conv2DTranspose', layer(2)],
    ['keras.layers.Deconvolution2D', layer(2)], ['keras.layers.Deconv3D', layer(3)], ['keras.ops.conv_transpose', 'keras.ops.conv_transpose'],
  ] as const) {
    it(name, () => { assert.equal(findApi(name)?.name, canonical); });
  }

  it('no name means two things', () => {
    const names = apis.flatMap(api => [api.name, ...api.aliases]);
    assert.deepEqual(names.filter((name, index) => names.indexOf(name) !== index), []);
  });

  it('takes tf_keras for Keras 2 whatever the settings say', () => {
    const texts = argumentTexts(read('tf_keras.layers.Conv3DTranspose', [8, 3, 2, 'same', 1], {}, { kerasVersion: 3 }));
    assert.deepEqual([texts.output_padding, texts.data_format], ['(1, 1, 1)', "'channels_last'"]);
  });
});

describe('Keras arguments', () => {
  it('fills in defaults and expands to one entry an axis', () => {
    assert.deepEqual(argumentTexts(read(layer(2), [64, 3], { strides: 2, padding: 'SAME' })), {
      filters: '64', kernel_size: '(3, 3)', strides: '(2, 2)', padding: "'same'", output_padding: 'None', data_format: "'channels_last'", dilation_rate: '(1, 1)',
    });
  });

  it('has the order of Conv3DTranspose depend on the version, and says so only where it matters', () => {
    assert.deepEqual(read(layer(3), [8, 3, 2, 'same'], {}).assumed, []);
    assert.deepEqual(read(layer(3), [8, 3, 2, 'same', 'channels_first'], {}).assumed, ['Keras 3 argument order: data_format before output_padding']);
    assert.equal(read(layer(3), [8, 3, 2, 'same', 'channels_first'], {}).layout, 'channelsFirst');
    assert.deepEqual(read(layer(3), [8, 3, 2, 'same', 1], {}, { kerasVersion: 2 }).problems, []);
    assert.deepEqual(read(layer(2), [8, 3, 2, 'same', 1], {}).assumed, []);
  });

  it('takes the layout from the settings where data_format is left out', () => {
    assert.equal(read(layer(2), [8, 3], {}, { imageDataFormat: 'channels_first' }).layout, 'channelsFirst');
    assert.equal(listText(read(layer(2), [8, 3, 2, 'same'], {}, { imageDataFormat: 'channels_first' }).apply(shape('N', 4, 5, 6)).output ?? []), '[N, 8, 10, 12]');
  });

  it('ignores the dilation of Conv3DTranspose in Keras 2, as Keras 2 does', () => {
    const reading = read(layer(3), [8, 3], { dilation_rate: 2 }, { kerasVersion: 2 });
    assert.equal(listText(reading.axes(shape(4, 4, 4)).map(axis => axis.outputSize)), '[6, 6, 6]');
  });
});

describe('Keras sizes', () => {
  // semantics.md section 9: input of length 3, and the crop that the golden values show.
  const golden: readonly (readonly [Keywords, size: number, crop: number])[] = [
    [{ kernel_size: 3, strides: 2, padding: 'same' }, 6, 0], [{ kernel_size: 3, strides: 2, padding: 'same', output_padding: 0 }, 5, 1],
    [{ kernel_size: 3, strides: 2 }, 7, 0], [{ kernel_size: 3, strides: 2, output_padding: 1 }, 8, 0],
    [{ kernel_size: 4, strides: 2, padding: 'same' }, 6, 1], [{ kernel_size: 4, strides: 2, padding: 'same', output_padding: 1 }, 5, 1],
    [{ kernel_size: 5, strides: 2, padding: 'same' }, 6, 1], [{ kernel_size: 5, strides: 2, padding: 'same', output_padding: 0 }, 5, 2],
    [{ kernel_size: 2, strides: 3, padding: 'same' }, 9, 0], [{ kernel_size: 2, strides: 3 }, 9, 0], [{ kernel_size: 2, strides: 3, output_padding: 0 }, 8, 0],
    [{ kernel_size: 1, strides: 2, padding: 'same' }, 6, 0], [{ kernel_size: 3, padding: 'same' }, 3, 1], [{ kernel_size: 4, padding: 'same' }, 3, 1],
    [{ kernel_size: 3, padding: 'same', dilation_rate: 2 }, 3, 2], [{ kernel_size: 4, strides: 3, padding: 'same' }, 9, 0], [{ kernel_size: 7, strides: 2, padding: 'same' }, 6, 2],
  ];
  for (const [keywords, size, crop] of golden) {
    it(`${JSON.stringify(keywords)} gives ${size}`, () => {
      const reading = read(layer(1), [1], keywords);
      assert.deepEqual(reading.problems, []);
      const [axis] = reading.axes([constant(3)]);
      assert.ok(axis !== undefined);
      assert.deepEqual([format(axis.outputSize), format(axis.cropLeft)], [String(size), String(crop)]);
    });
  }

  const symbolic: readonly (readonly [Keywords, size: string, formula: string | undefined])[] = [
    [{ kernel_size: unknownArgument, strides: 2, padding: 'same' }, '2*H', 'H·2'],
    [{ kernel_size: 3, strides: 2 }, '2*H + 1', 'H·2 + max(3 - 2, 0)'],
    [{ kernel_size: k, strides: s }, 's*H + max(k - s, 0)', 'H·s + max(k - s, 0)'],
    [{ kernel_size: 3, strides: 2, padding: 'same', output_padding: 1 }, '2*H', '(H - 1)·2 + 3 - 2·(3//2) + 1'],
    [{ kernel_size: 2, strides: 2, padding: unknownArgument }, '2*H', undefined],
    [{ kernel_size: 3, strides: 2, padding: unknownArgument }, '?', undefined],
    [{ kernel_size: 3, strides: unknownArgument, padding: 'same' }, '?', 'H·strides'],
  ];
  for (const [keywords, size, formula] of symbolic) {
    it(`gives ${size} for ${formula ?? 'an unknown padding'}`, () => {
      const reading = read(layer(2), [8], keywords);
      const [axis] = reading.axes(shape('H', 'W'));
      assert.ok(axis !== undefined);
      assert.equal(format(axis.outputSize), size);
      assert.equal(reading.formula(0, symbol('H')), formula);
    });
  }

  it('names what keeps the size unknown', () => {
    assert.deepEqual(read(layer(2), [8, unknownArgument], { padding: 'same' }).missing, []);
    assert.deepEqual(read(layer(2), [8, unknownArgument], {}).missing, ['kernel_size']);
  });
});

type Rejected = readonly [title: string, rank: number, positional: readonly TestArgument[], Keywords, kind: string, quote: RegExp, correction?: Record<string, string | undefined>];

describe('Keras 3 rejects arguments', () => {
  const cases: readonly Rejected[] = [
    ['filters of 0', 2, [0, 3], {}, 'invalid-argument filters', /^ValueError: Invalid value for argument `filters`\. Expected a strictly positive value\. Received filters=0\.$/],
    ['a kernel of three', 2, [8, [3, 3, 3]], {}, 'invalid-argument kernel_size', /^ValueError: The `kernel_size` argument must be a tuple of 2 integers\. Received kernel_size=\(3, 3, 3\)$/],
    ['strides of 0', 2, [8, 3, 0], {}, 'invalid-argument strides', /Received strides=0, including values \{0\} that do not satisfy `value > 0`$/],
    ['a float kernel', 2, [8, 3.5], {}, 'invalid-argument kernel_size', /Received kernel_size=3\.5$/],
    ['output_padding as large as strides', 2, [8, 3, 2, 'same', 2], {}, 'output-padding-too-large output_padding',
      /^ValueError: `output_padding` must be strictly less than `strides` for all dimensions\. At dimension 0, `output_padding` is 2 but `strides` is 2\. Received: output_padding=\(2, 2\), strides=\(2, 2\)$/, { output_padding: '1' }],
    ['output_padding with stride 1', 2, [8, 3, 1, 'same', 1], {}, 'output-padding-too-large output_padding', /strictly less/, { output_padding: 'None' }],
    ['stride and dilation, on different axes', 2, [8, 3, [1, 2]], { dilation_rate: [2, 1] }, 'stride-with-dilation dilation_rate',
      /^ValueError: `strides > 1` not supported in conjunction with `dilation_rate > 1`\. Received: strides=\(1, 2\) and dilation_rate=\(2, 1\)$/],
    ['padding causal', 2, [8, 3, 2, 'causal'], {}, 'unsupported-padding padding', /Received: causal$/],
    ['padding 0', 2, [8, 3], { padding: 0 }, 'unsupported-padding padding', /^AttributeError: 'int' object has no attribute 'lower'$/, { padding: "'valid'" }],
    ['padding pair', 2, [8, 3], { padding: [1, 1] }, 'unsupported-padding padding', /^AttributeError: 'tuple' object/],
    ['groups', 2, [8, 3], { groups: 2 }, 'invalid-argument groups', /^ValueError: Unrecognized keyword arguments passed to Conv2DTranspose: \{'groups': 2\}$/],
    ['data_format', 2, [8, 3], { data_format: 'NCHW' }, 'invalid-argument data_format', /Received: data_format=nchw$/],
    ['no kernel', 2, [8], {}, 'invalid-argument kernel_size', /^TypeError: Conv2DTranspose\.__init__\(\) missing 1 required positional argument: 'kernel_size'$/],
    ["'same' at strides", 2, [8, 3, 'same'], {}, 'argument-order strides', /Received strides=same$/, { strides: undefined, padding: "'same'" }],
    ["'relu' at output_padding", 2, [8, 3, 2, 'same', 'relu'], {}, 'argument-order output_padding', /Received output_padding=relu$/, { output_padding: undefined, activation: "'relu'" }],
    ["'channels_last' at output_padding, where Conv2D has data_format", 2, [8, 3, 2, 'same', 'channels_last'], {}, 'argument-order output_padding', /Received output_padding=channels_last$/, { output_padding: undefined, data_format: "'channels_last'" }],
    ['a number at data_format, where Conv2D has dilation_rate', 2, [8, 3, 1, 'same', null, 2], {}, 'argument-order data_format', /Received: data_format=2$/, { data_format: undefined, dilation_rate: '2' }],
    ['output_padding at data_format of Conv3DTranspose', 3, [8, 3, 2, 'same', 1], {}, 'argument-order data_format', /Received: data_format=1$/, { data_format: undefined, output_padding: '1' }],
    ['False at activation', 2, [8, 3, 1, 'same', null, null, 1, false], {}, 'argument-order activation', /identifier: False$/, { activation: undefined, use_bias: 'False' }],
  ];
  for (const [title, rank, positional, keywords, kind, quote, correction] of cases) {
    it(title, () => {
      const { problems } = read(layer(rank), positional, keywords);
      assert.deepEqual(kinds(problems), [kind]);
      assert.match(problems[0]?.quote ?? '', quote);
      if (correction === undefined) return;
      const set = Object.entries(problems[0]?.correction?.set ?? {}).map(([name, value]) => [name, value && pythonText(value)]);
      assert.deepEqual(Object.fromEntries(set), correction);
    });
  }

  it('tolerates keywords of Keras 2 layers and unknown values', () => {
    assert.deepEqual(read(layer(2), [8, 3], { batch_input_shape: [null, 4, 4, 3], name: 'up' }).problems, []);
    assert.deepEqual(read(layer(2), [unknownArgument, unknownArgument, 2, unknownArgument], { dilation_rate: unknownArgument }).problems, []);
  });
});

describe('Keras 2 rejects arguments', () => {
  const cases: readonly Rejected[] = [
    ['output_padding', 2, [8, 3, 2, 'same', 2], {}, 'output-padding-too-large output_padding', /^ValueError: Strides must be greater than output padding\. Received strides=\(2, 2\), output_padding=\(2, 2\)\.$/],
    ['strides of 0', 2, [8, 3, 0], {}, 'invalid-argument strides', /^ValueError: The argument `strides` cannot contains 0\(s\)\. Received: \(0, 0\)$/],
    ['unequal dilation', 2, [8, 3], { dilation_rate: [1, 2] }, 'invalid-argument dilation_rate', /Expected the 2 dimensions of the `dilation_rate` argument to be equal/],
    ['groups', 2, [8, 3], { groups: 3 }, 'groups-mismatch groups', /Received: groups=3, filters=8$/],
    ['same with an even kernel and output_padding 0', 2, [8, 4, 2, 'same', 0], {}, 'invalid-argument output_padding', /Size of out_backprop doesn't match computed/],
  ];
  for (const [title, rank, positional, keywords, kind, quote] of cases) {
    it(title, () => {
      const { problems } = read(layer(rank), positional, keywords, { kerasVersion: 2 });
      assert.deepEqual(kinds(problems), [kind]);
      assert.match(problems[0]?.quote ?? '', quote);
    });
  }
});

describe('Keras layers applied', () => {
  it('gives the output in both layouts', () => {
    assert.equal(listText(read(layer(2), [8, 3, 2, 'same']).apply(shape('N', 'H', 'W', 3)).output ?? []), '[N, 2*H, 2*W, 8]');
    assert.equal(listText(read(layer(1), [8, 3, 2], { data_format: 'channels_first' }).apply(shape('N', 3, 'L')).output ?? []), '[N, 8, 2*L + 1]');
  });

  it('rejects another rank', () => {
    const { problems } = read(layer(2), [8, 3]).apply(shape(5, 6, 3));
    assert.equal(problems[0]?.quote, "ValueError: Input 0 with name 'None' of layer 'conv2d_transpose' is incompatible with the layer: expected min_ndim=4, found ndim=3. Full shape received: (5, 6, 3)");
  });

  it('reports an empty output', () => {
    assert.deepEqual(kinds(read(layer(1), [8, 2, 2, 'same', 0]).apply(shape(2, 1, 3)).problems), ['empty-output -']);
  });
});

describe("Keras 1's Deconvolution2D", () => {
  const old = 'keras.layers.Deconvolution2D';

  it('has kernel rows and columns, and its own keywords', () => {
    const reading = read(old, [3, 5, 4], { output_shape: [null, 14, 14, 3], subsample: [2, 2], border_mode: 'same', dim_ordering: 'tf', bias: false });
    assert.deepEqual(reading.problems, []);
    assert.deepEqual([listText(reading.kernelSize), listText(reading.stride), reading.bias, reading.layout], ['[5, 4]', '[2, 2]', false, 'channelsLast']);
    assert.deepEqual(reading.assumed, ['Keras 1 arguments, read as Keras 2 does']);
    assert.equal(listText(read(old, [], { nb_filter: 8, nb_row: 3, nb_col: 5 }).kernelSize), '[3, 5]');
  });

  it('is Conv2DTranspose of Keras 2 otherwise', () => {
    const reading = read(old, [8, [3, 3]], { strides: 2 });
    assert.deepEqual([listText(reading.stride), reading.assumed], ['[2, 2]', []]);
  });

  it('is left alone with more positions than Keras 2 understood', () => {
    assert.deepEqual(read(old, [8, 3, 3, [null, 8, 14, 14], 'glorot_uniform']).problems, []);
  });
});

describe('keras.ops.conv_transpose', () => {
  it('takes rank, kernel and channels from its tensors', () => {
    const reading = read('keras.ops.conv_transpose', [{ shape: [2, 5, 6, 4] }, { shape: [3, 3, 8, 4] }, 2, 'same']);
    assert.equal(reading.rank, 2);
    assert.deepEqual(reading.problems, []);
    assert.equal(listText(reading.apply(reading.input).output ?? []), '[2, 10, 12, 8]');
  });

  it('rejects other channels', () => {
    const reading = read('keras.ops.conv_transpose', [{ shape: [2, 5, 6, 4] }, { shape: [3, 3, 8, 5] }]);
    assert.match(reading.apply(reading.input).problems[0]?.quote ?? '', /^ValueError: The number of input channels must match the kernel's input channels\. Received: input channels=4, kernel input channels=5, data_format='channels_last'\.$/);
  });

  it('says nothing where the rank is not known', () => {
    const reading = read('keras.ops.conv_transpose', [unknownArgument, unknownArgument, 2, 'same']);
    assert.equal(reading.rank, undefined);
    assert.deepEqual(reading.axes(shape(4)), []);
  });
});
