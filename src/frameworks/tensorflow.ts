import type { Api, Parameter, Signature } from './api';
import { type KerasArguments, type KerasNames, type KerasTraits, kerasNames } from './kerasArguments';
import { readKeras } from './kerasReading';
import { truth } from './read';
import { optional, required } from './signature';
import type { TensorflowTraits } from './tensorflowArguments';
import { readTensorflow } from './tensorflowReading';
import { boolean, integer, none, string, unknownValue } from './value';

/** Transposed convolutions of TensorFlow outside Keras. Source of names and signatures: semantics.md 4. */
export function tensorflowApis(): readonly Api[] {
  return [
    ...([1, 2, 3, undefined] as const).map(functionApi),
    ...([2, 3] as const).flatMap(rank => [legacyFunctionApi(rank), layersFunctionApi(rank), layersClassApi(rank), slimApi(rank)]),
  ];
}

const documentation = 'https://www.tensorflow.org/api_docs/python/tf';

// tf.nn

function functionApi(rank: 1 | 2 | 3 | undefined): Api {
  const name = rank === undefined ? 'conv_transpose' : `conv${rank}d_transpose`;
  const traits: TensorflowTraits = { name, label: `tf.nn.${name}`, rank };
  const signature = functionSignature();
  // TensorFlow 1 has the same function in one dimension and in any.
  const first = rank === undefined || rank === 1 ? ['tensorflow.compat.v1.nn'] : [];
  const api: Api = {
    name: `tensorflow.nn.${name}`,
    aliases: ['tensorflow.compat.v2.nn', 'tensorflow.python.ops.nn', 'tensorflow.python.ops.nn_ops', ...first].map(module => `${module}.${name}`),
    label: traits.label, framework: 'tensorflow', form: 'function', rank, documentation: `${documentation}/nn/${name}`,
    signature: () => signature,
    read: call => readTensorflow(api, traits, signature, call),
  };
  return api;
}

function legacyFunctionApi(rank: 2 | 3): Api {
  const name = `conv${rank}d_transpose`;
  const traits: TensorflowTraits = { name, label: `tf.compat.v1.nn.${name}`, rank };
  const { parameters } = functionSignature();
  const named = (wanted: string): readonly Parameter[] => parameters.filter(parameter => parameter.name === wanted);
  const signature: Signature = {
    parameters: [...parameters.slice(0, 3), optional('strides', none), ...parameters.slice(4, 6), ...named('name'), ...named('dilations')],
    acceptsOtherKeywords: false,
  };
  const api: Api = {
    name: `tensorflow.compat.v1.nn.${name}`, aliases: [], label: traits.label, framework: 'tensorflow', form: 'function', rank,
    documentation: `${documentation}/compat/v1/nn/${name}`,
    signature: () => signature,
    read: call => readTensorflow(api, traits, signature, call),
  };
  return api;
}

/**
 * `value` and `filter` are TensorFlow 1's names. They are taken everywhere, because `tf.nn` does not tell which
 * TensorFlow it is.
 */
function functionSignature(): Signature {
  return {
    parameters: [
      { ...required('input'), otherNames: ['value'] }, { ...required('filters'), otherNames: ['filter'] }, required('output_shape'),
      required('strides'), optional('padding', string('SAME')), optional('data_format', none), optional('dilations', none), optional('name', none),
    ],
    acceptsOtherKeywords: false,
  };
}

// tf.layers: Keras 2 layers without output padding and dilation, called at once

function layersFunctionApi(rank: 2 | 3): Api {
  const name = `conv${rank}d_transpose`;
  const traits: KerasTraits = { rank, form: 'function', className: `Conv${rank}DTranspose`, label: `tf.layers.${name}`, names: kerasNames };
  const signature: Signature = { parameters: [required('inputs'), ...layersParameters(), optional('reuse', none)], acceptsOtherKeywords: false };
  const names = [name, `deconv${rank}d`, `deconvolution${rank}d`, `convolution${rank}d_transpose`];
  const api: Api = {
    name: `tensorflow.layers.${name}`,
    aliases: layersModules.flatMap(module => names.map(alias => `${module}.${alias}`)).filter(alias => alias !== `tensorflow.layers.${name}`),
    label: traits.label, framework: 'tensorflow', form: 'function', rank, documentation: `${documentation}/compat/v1/layers/${name}`,
    signature: () => signature,
    read: call => readKeras({ api, traits, signature, version: 2, callee: { name, receivers: 0 } }, call, { kerasVersion: 2 }),
  };
  return api;
}

function layersClassApi(rank: 2 | 3): Api {
  const className = `Conv${rank}DTranspose`;
  const traits: KerasTraits = { rank, form: 'layer', className, label: `tf.layers.${className}`, names: kerasNames };
  const signature: Signature = { parameters: layersParameters(), acceptsOtherKeywords: true };
  const names = [className, `Deconv${rank}D`, `Deconvolution${rank}D`, `Convolution${rank}DTranspose`];
  const api: Api = {
    name: `tensorflow.layers.${className}`,
    aliases: layersModules.flatMap(module => names.map(alias => `${module}.${alias}`)).filter(alias => alias !== `tensorflow.layers.${className}`),
    label: traits.label, framework: 'tensorflow', form: 'layer', rank, documentation: `${documentation}/compat/v1/layers/${className}`,
    signature: () => signature,
    read: call => readKeras({ api, traits, signature, version: 2, callee: { name: `${className}.__init__`, receivers: 1 } }, call, { kerasVersion: 2 }),
  };
  return api;
}

const layersModules = [
  'tensorflow.layers', 'tensorflow.compat.v1.layers', 'tensorflow.python.layers.layers', 'tensorflow.python.layers.convolutional',
];

function layersParameters(): readonly Parameter[] {
  return [
    required('filters'), required('kernel_size'), optional('strides', integer(1)), optional('padding', string('valid')),
    optional('data_format', string('channels_last')), optional('activation', none), optional('use_bias', boolean(true)),
    ...[
      'kernel_initializer', 'bias_initializer', 'kernel_regularizer', 'bias_regularizer', 'activity_regularizer',
      'kernel_constraint', 'bias_constraint', 'trainable', 'name',
    ].map(name => optional(name, unknownValue)),
  ];
}

// tf.contrib.layers, slim

const slimNames: KerasNames = { filters: 'num_outputs', kernel_size: 'kernel_size', strides: 'stride' };

function slimApi(rank: 2 | 3): Api {
  const name = `conv${rank}d_transpose`;
  const full = `convolution${rank}d_transpose`;
  const traits: KerasTraits = { rank, form: 'function', className: `Conv${rank}DTranspose`, label: `slim.${name}`, names: slimNames, leastFilters: 0 };
  const formats = rank === 2 ? ['NHWC', 'NCHW'] as const : ['NDHWC', 'NCDHW'] as const;
  const signature: Signature = {
    parameters: [
      required('inputs'), required('num_outputs'), required('kernel_size'), optional('stride', integer(1)), optional('padding', string('SAME')),
      optional('data_format', string(formats[0])), optional('activation_fn', unknownValue), optional('normalizer_fn', none),
      ...['normalizer_params', 'weights_initializer', 'weights_regularizer'].map(parameter => optional(parameter, unknownValue)),
      optional('biases_initializer', boolean(true)),
      ...['biases_regularizer', 'reuse', 'variables_collections', 'outputs_collections', 'trainable', 'scope'].map(parameter => optional(parameter, unknownValue)),
    ],
    acceptsOtherKeywords: false,
  };
  const modules = ['tf_slim', 'tf_slim.layers', 'tf_slim.layers.layers', 'tensorflow.contrib.slim', 'tensorflow.contrib.layers', 'tensorflow.contrib.layers.python.layers.layers'];
  const canonical = `tensorflow.contrib.layers.${name}`;
  const api: Api = {
    name: canonical,
    aliases: modules.flatMap(module => [`${module}.${name}`, `${module}.${full}`]).filter(alias => alias !== canonical),
    label: traits.label, framework: 'tensorflow', form: 'function', rank,
    documentation: 'https://github.com/google-research/tf-slim/blob/master/tf_slim/layers/layers.py',
    signature: () => signature,
    read: call => readKeras({
      api, traits, signature, version: 2, formats, callee: { name: full, receivers: 0 }, bias: slimBias, assumed: slimAssumptions,
    }, call, { kerasVersion: 2 }),
  };
  return api;
}

/** A normalizer takes the place of the biases. */
function slimBias(given: KerasArguments): boolean | undefined {
  const normalizer = given.get('normalizer_fn').value;
  if (normalizer.kind === 'unknown') return undefined;
  if (normalizer.kind !== 'none') return false;
  const initializer = given.get('biases_initializer').value;
  return initializer.kind === 'other' ? true : truth(initializer);
}

function slimAssumptions(given: KerasArguments): readonly string[] {
  const open = ['strides', 'padding'].filter(parameter => !given.get(parameter).given && given.get(parameter).value.kind !== 'unknown').map(parameter => given.written(parameter));
  return open.length === 0 ? [] : [`no arg_scope sets ${open.join(' or ')}`];
}
