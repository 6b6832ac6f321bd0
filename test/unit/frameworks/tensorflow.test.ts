import assert from 'node:assert/strict';
import { format } from '../../../src/algebra/format';
import { constant } from '../../../src/algebra/integer';
import { findApi } from '../../../src/frameworks/index';
import { listText, pythonText } from '../../../src/frameworks/value';
import { type Keywords, type TestArgument, argumentTexts, kinds, read, shape, unknownArgument } from './call';

const nn = (rank: number): string => `tensorflow.nn.conv${rank}d_transpose`;
const x2: TestArgument = { shape: [2, 5, 6, 4] };
const w2: TestArgument = { shape: [3, 3, 8, 4] };

describe('TensorFlow names', () => {
  for (const [name, canonical] of [
    ['tensorflow.nn.conv2d_transpose', 'tensorflow.nn.conv2d_transpose'], ['tensorflow.compat.v1.nn.conv2d_transpose', 'tensorflow.compat.v1.nn.conv2d_transpose'],
    ['tensorflow.compat.v1.nn.conv1d_transpose', 'tensorflow.nn.conv1d_transpose'], ['tensorflow.nn.conv_transpose', 'tensorflow.nn.conv_transpose'],
    ['tensorflow.layers.deconv2d', 'tensorflow.layers.conv2d_transpose'], ['tensorflow.compat.v1.layers.Conv3DTranspose', 'tensorflow.layers.Conv3DTranspose'],
    ['tf_slim.conv2d_transpose', 'tensorflow.contrib.layers.conv2d_transpose'], ['tensorflow.contrib.slim.convolution2d_transpose', 'tensorflow.contrib.layers.conv2d_transpose'],
  ] as const) {
    it(name, () => { assert.equal(findApi(name)?.name, canonical); });
  }
});

describe('tf.nn arguments', () => {
  it('reads strides of 1, rank and rank + 2 entries', () => {
    for (const strides of [2, [2], [2, 2], [1, 2, 2, 1], 2.0]) {
      assert.equal(listText(read(nn(2), [x2, w2, [2, 10, 12, 8], strides]).stride), '[2, 2]');
    }
    assert.equal(listText(read(nn(2), [x2, w2, [2, 8, 10, 12], [1, 1, 2, 3]], { data_format: 'NCHW' }).stride), '[2, 3]');
  });

  it('takes what output_shape says, and the channels of the filters', () => {
    const reading = read(nn(2), [x2, w2, [2, 10, 12, 8], 2]);
    assert.deepEqual(reading.problems, []);
    assert.equal(listText(reading.kernelSize), '[3, 3]');
    assert.deepEqual([reading.inputChannels, reading.outputChannels].map(size => format(size)), ['4', '8']);
    assert.equal(reading.formula(1, constant(6)), 'output_shape[2] = 12');
    assert.equal(listText(reading.apply(reading.input).output ?? []), '[2, 10, 12, 8]');
    assert.equal(argumentTexts(reading).data_format, "'NHWC'");
  });

  it('knows the size for stride 1 whatever the output_shape', () => {
    const reading = read(nn(2), [x2, w2, unknownArgument, 1]);
    assert.equal(listText(reading.apply(reading.input).output ?? []), '[2, 5, 6, 8]');
    assert.equal(listText(reading.axes(shape(5, 6)).map(axis => axis.outputSize)), '[5, 6]');
    assert.equal(listText(read(nn(2), [x2, w2, unknownArgument, 2]).axes(shape(5, 6)).map(axis => axis.outputSize)), '[?, ?]');
    assert.deepEqual(read(nn(2), [x2, w2, unknownArgument, 2]).missing, ['output_shape']);
  });

  it('takes the rank of conv_transpose from its arguments', () => {
    assert.equal(read('tensorflow.nn.conv_transpose', [unknownArgument, unknownArgument, [2, 10, 12, 8], 2]).rank, 2);
    assert.equal(read('tensorflow.nn.conv_transpose', [unknownArgument, { shape: [3, 3, 3, 8, 4] }, unknownArgument, 2]).rank, 3);
    assert.equal(read('tensorflow.nn.conv_transpose', [unknownArgument, unknownArgument, unknownArgument, 2]).rank, undefined);
  });

  it("takes TensorFlow 1's names of arguments", () => {
    const reading = read(nn(2), [], { value: x2, filter: w2, output_shape: [2, 10, 12, 8], strides: 2 });
    assert.deepEqual(reading.problems, []);
    assert.deepEqual(reading.assumed, ['TensorFlow 1 names of arguments']);
  });

  it("reads TensorFlow 1's name where TensorFlow 2 has dilations", () => {
    assert.deepEqual(read('tensorflow.compat.v1.nn.conv2d_transpose', [x2, w2, [2, 10, 12, 8], 2, 'SAME', 'NHWC', 'up']).problems, []);
  });
});

describe('tf.nn windows', () => {
  // semantics.md section 9: input of length 3.
  const golden: readonly (readonly [kernel: number, padding: string, output: number, crop: number])[] = [
    [3, 'SAME', 6, 0], [3, 'SAME', 5, 1], [3, 'VALID', 7, 0], [3, 'VALID', 8, 0], [5, 'SAME', 5, 2],
  ];
  for (const [kernel, padding, output, crop] of golden) {
    it(`K=${kernel} ${padding} output ${output} is cropped by ${crop}`, () => {
      const reading = read(nn(1), [{ shape: [1, 3, 1] }, { shape: [kernel, 1, 1] }, [1, output, 1], 2, padding]);
      assert.deepEqual([...reading.problems, ...reading.apply(reading.input).problems], []);
      const [axis] = reading.axes([constant(3)]);
      assert.ok(axis !== undefined);
      assert.deepEqual([format(axis.outputSize), format(axis.cropLeft)], [String(output), String(crop)]);
    });
  }

  it('takes explicit pairs in two dimensions', () => {
    const reading = read(nn(2), [x2, w2, [2, 9, 11, 8], 2, [[0, 0], [1, 1], [0, 2], [0, 0]]]);
    assert.deepEqual([...reading.problems, ...reading.apply(reading.input).problems], []);
    assert.equal(listText(reading.axes(shape(5, 6)).map(axis => axis.cropLeft)), '[1, 0]');
  });
});

describe('tf.nn rejects', () => {
  const good: Keywords = { strides: 2 };
  const cases: readonly (readonly [title: string, api: string, positional: readonly TestArgument[], Keywords, kind: string, quote: RegExp, correction?: Record<string, string | undefined>])[] = [
    ['lower case padding', nn(2), [x2, w2, [2, 10, 12, 8], 2, 'same'], {}, 'unsupported-padding padding',
      /^InvalidArgumentError: Value for attr 'padding' of "same" is not in the list of allowed values: "SAME", "VALID", "EXPLICIT"$/, { padding: "'SAME'" }],
    ['an integer padding', nn(2), [x2, w2, [2, 10, 12, 8], 2, 1], {}, 'unsupported-padding padding', /^TypeError: Expected string for argument 'padding' not 1\.$/],
    ['two pairs', nn(2), [x2, w2, [2, 10, 12, 8], 2, [[1, 1], [1, 1]]], {}, 'unsupported-padding padding', /must be of size 4\. Received: padding=\(\(1, 1\), \(1, 1\)\) of size 2$/],
    ['three strides', nn(2), [x2, w2, [2, 10, 12, 8], [2, 2, 2]], {}, 'invalid-argument strides', /^ValueError: strides should be of length 1, 2 or 4\. Received: strides=\(2, 2, 2\) of length 3$/],
    ["'SAME' at strides", nn(2), [x2, w2, [2, 10, 12, 8], 'SAME'], {}, 'argument-order strides', /^TypeError: Expected int for argument 'strides' not 'S'\.$/, { strides: undefined, padding: "'SAME'" }],
    ['a size that is too large', nn(2), [x2, w2, [2, 11, 12, 8]], good, 'output-shape-mismatch output_shape',
      /^InvalidArgumentError: Conv2DCustomBackpropInput: Size of out_backprop doesn't match computed: actual = 5, computed = 6 spatial_dim: 1 input: 11 filter: 3 output: 5 stride: 2 dilation: 1$/, { output_shape: '(2, 10, 12, 8)' }],
    ['a size that is too small for VALID', nn(2), [x2, w2, [2, 11, 12, 8], 2, 'VALID'], {}, 'output-shape-mismatch output_shape', /actual = 6, computed = 5 spatial_dim: 2 input: 12/, { output_shape: '(2, 11, 13, 8)' }],
    ['another batch', nn(2), [x2, w2, [3, 10, 12, 8]], good, 'output-shape-mismatch output_shape', /must have the same batch size\. Input batch: 3, outbackprop batch: 2, batch_dim: 0$/],
    ['channels that are no multiple', nn(2), [x2, w2, [2, 10, 12, 9]], good, 'output-shape-mismatch output_shape', /input depth must be evenly divisible by filter depth$/],
    ['three entries', nn(2), [x2, w2, [2, 10, 12]], good, 'output-shape-mismatch output_shape', /requires input_sizes to contain 4 values or 2 values, but got: 3$/],
    ['None in output_shape', nn(2), [x2, w2, [null, 10, 12, 8]], good, 'output-shape-mismatch output_shape', /Attempt to convert a value \(None\)/],
    ['other input channels', nn(2), [{ shape: [2, 5, 6, 3] }, w2, [2, 10, 12, 8]], good, 'channel-mismatch filters', /filter and out_backprop must have the same out_depth$/],
    ['data_format of another rank', nn(1), [unknownArgument, unknownArgument, [1, 10, 2], 2, 'SAME', 'NHWC'], {}, 'invalid-argument data_format', /^ValueError: `data_format` must be 'NWC' or 'NCW'\. Received: data_format=NHWC$/],
    ['data_format in lower case', nn(2), [x2, w2, [2, 10, 12, 8], 2, 'SAME', 'nhwc'], {}, 'invalid-argument data_format', /"NHWC", "NCHW"$/, { data_format: "'NHWC'" }],
    ['no strides', nn(2), [x2, w2, [2, 10, 12, 8]], {}, 'invalid-argument strides', /^TypeError: Missing required positional argument$/],
    ['two entries for conv_transpose', 'tensorflow.nn.conv_transpose', [x2, w2, [10, 12], 2], {}, 'output-shape-mismatch output_shape', /must be of length 3, 4 or 5\. Received: output_shape=\(10, 12\) of length 2\.$/],
  ];
  for (const [title, api, positional, keywords, kind, quote, correction] of cases) {
    it(title, () => {
      const reading = read(api, positional, keywords);
      const problems = [...reading.problems, ...reading.apply(reading.input).problems];
      assert.deepEqual(kinds(problems), [kind]);
      assert.match(problems[0]?.quote ?? '', quote);
      if (correction === undefined) return;
      const set = Object.entries(problems[0]?.correction?.set ?? {}).map(([name, value]) => [name, value && pythonText(value)]);
      assert.deepEqual(Object.fromEntries(set), correction);
    });
  }

  it('accepts spatial sizes alone in two dimensions, and a multiple of the channels', () => {
    assert.deepEqual(read(nn(2), [x2, w2, [10, 12], 2]).problems, []);
    assert.deepEqual(read(nn(2), [x2, w2, [2, 10, 12, 16], 2]).problems, []);
  });
});

describe('tf.layers and slim', () => {
  it('reads tf.layers like Keras 2, called at once', () => {
    const reading = read('tensorflow.layers.conv2d_transpose', [x2, 8, 3, 2, 'same']);
    assert.deepEqual(reading.problems, []);
    assert.equal(listText(reading.apply(reading.input).output ?? []), '[2, 10, 12, 8]');
    assert.equal(reading.bias, true);
  });

  it('has neither output_padding nor dilation in tf.layers', () => {
    assert.deepEqual(read('tensorflow.layers.conv2d_transpose', [x2, 8, 3], { output_padding: 1 }).problems.map(problem => problem.quote), [
      "TypeError: conv2d_transpose() got an unexpected keyword argument 'output_padding'",
    ]);
  });

  it('reads slim with its own names, SAME and NHWC', () => {
    const reading = read('tf_slim.conv2d_transpose', [x2, 8, 3, 2]);
    assert.deepEqual(reading.problems, []);
    assert.equal(listText(reading.apply(reading.input).output ?? []), '[2, 10, 12, 8]');
    assert.deepEqual(argumentTexts(reading), {
      inputs: 'a tensor of shape (2, 5, 6, 4)', num_outputs: '8', kernel_size: '(3, 3)', stride: '(2, 2)', padding: "'same'", data_format: "'NHWC'",
    });
    assert.deepEqual(reading.assumed, ['no arg_scope sets padding']);
  });

  it('has no bias in slim where there is a normalizer', () => {
    assert.equal(read('tf_slim.conv2d_transpose', [x2, 8, 3], { normalizer_fn: { kind: 'other', description: 'a function' } }).bias, false);
    assert.equal(read('tf_slim.conv2d_transpose', [x2, 8, 3], { biases_initializer: null }).bias, false);
    assert.equal(read('tf_slim.conv2d_transpose', [x2, 8, 3]).bias, true);
  });

  it('rejects what slim rejects', () => {
    assert.deepEqual(read('tf_slim.conv2d_transpose', [x2, 8, 3, 2, 'SAME', 'nhwc']).problems.map(problem => problem.quote), ['ValueError: data_format has to be either NCHW or NHWC.']);
    assert.deepEqual(kinds(read('tf_slim.conv2d_transpose', [x2, 8, 3, 'SAME']).problems), ['argument-order stride']);
  });
});
