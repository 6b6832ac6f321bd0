import type { Api, Signature } from './api';
import { type KerasTraits, kerasNames } from './kerasArguments';
import { fromKeras1 } from './kerasLegacy';
import type { KerasVersion } from './kerasMessages';
import { kerasOpsApi } from './kerasOps';
import { readKeras } from './kerasReading';
import { optional, required } from './signature';
import { boolean, integer, none, string, unknownValue } from './value';

type Rank = 1 | 2 | 3;

/** Transposed convolutions of Keras, of the version that the settings say. Source: semantics.md 3. */
export function kerasApis(): readonly Api[] {
  return [...ranks.map(rank => layerApi(rank, undefined)), kerasOpsApi()];
}

/** The layers under paths that are Keras 2 whatever is installed: `tf_keras`, `tensorflow.python.keras`, Keras 1's names. */
export function legacyKerasApis(): readonly Api[] {
  return [...ranks.map(rank => layerApi(rank, 2)), oldNameApi(2), oldNameApi(3)];
}

const ranks = [1, 2, 3] as const;

/** Modules that export the layers, where the version is open. */
const modules = [
  'keras.layers', 'keras.api.layers', 'keras.api.v2.keras.layers', 'keras.src.layers', 'tensorflow.keras.layers',
  'tensorflow.compat.v1.keras.layers', 'tensorflow.compat.v2.keras.layers', 'tensorflow.contrib.keras.layers',
];
const legacyModules = ['tf_keras.layers', 'tf_keras.src.layers', 'tensorflow.python.keras.layers', 'tensorflow.python.keras.api.keras.layers'];

function layerApi(rank: Rank, fixed: KerasVersion | undefined): Api {
  const className = `Conv${rank}DTranspose`;
  const traits: KerasTraits = { rank, form: 'layer', className, label: className, names: kerasNames };
  const paths = (fixed === undefined ? modules : legacyModules).flatMap(module => [
    module, `${module}.convolutional`, `${module}.convolutional.conv${rank}d_transpose`,
  ]);
  const name = `keras.layers.${className}`;
  const aliases = paths.flatMap(path => [`${path}.${className}`, `${path}.Convolution${rank}DTranspose`]).filter(alias => alias !== name);
  const api: Api = {
    name, aliases, label: className, framework: 'keras', form: 'layer', rank,
    documentation: `https://keras.io/api/layers/convolution_layers/convolution${rank}d_transpose/`,
    signature: options => layerSignature(rank, fixed ?? options.kerasVersion),
    read: (call, options) => {
      const version = fixed ?? options.kerasVersion;
      return readKeras({
        api, traits, version, signature: layerSignature(rank, version), callee: { name: `${className}.__init__`, receivers: 1 },
      }, call, options);
    },
  };
  return api;
}

/** Keras 1's `Deconvolution2D`, which Keras 2.0 to 2.3 kept and whose arguments it still understood. */
function oldNameApi(rank: 2 | 3): Api {
  const plain = layerApi(rank, 2);
  const names = [`Deconvolution${rank}D`, `Deconv${rank}D`];
  const api: Api = {
    ...plain, label: `Deconvolution${rank}D`,
    aliases: ['keras.layers', 'keras.layers.convolutional', 'tensorflow.keras.layers', ...legacyModules].flatMap(module => names.map(name => `${module}.${name}`)),
    read: (call, options) => {
      const converted = rank === 2 ? fromKeras1(call) : undefined;
      const reading = plain.read(converted ?? call, options);
      return { ...reading, api, assumed: converted === undefined ? reading.assumed : [...reading.assumed, 'Keras 1 arguments, read as Keras 2 does'] };
    },
  };
  return api;
}

/** Keras 3 has data_format before output_padding in three dimensions, everything else the other way round. */
function layerSignature(rank: Rank, version: KerasVersion): Signature {
  const formats = [optional('output_padding', none), optional('data_format', none)];
  return {
    parameters: [
      required('filters'), required('kernel_size'), optional('strides', integer(1)), optional('padding', string('valid')),
      ...(rank === 3 && version === 3 ? formats.reverse() : formats),
      optional('dilation_rate', integer(1)), optional('activation', none), optional('use_bias', boolean(true)),
      ...[
        'kernel_initializer', 'bias_initializer', 'kernel_regularizer', 'bias_regularizer', 'activity_regularizer',
        'kernel_constraint', 'bias_constraint',
      ].map(name => optional(name, unknownValue)),
    ],
    acceptsOtherKeywords: true,
  };
}
