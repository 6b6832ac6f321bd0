import { constant } from '../../algebra/integer';
import { integer, string, type Arguments, type Value } from '../../python/values';
import { LibraryCall } from '../call';
import type { Operation } from '../operation';
import { applyLayer } from './applyLayer';
import { argumentScopeOperations, inScope } from './argumentScope';

/** How a function of TF-Slim is called, and what Keras calls the same: `[slim, Keras, default]` for each argument. */
interface SlimFunction {
  readonly layer: string;
  readonly parameters: readonly string[];
  readonly keras: readonly (readonly [from: string, to: string, fallback?: Value])[];
}

const convolution = (layer: string): SlimFunction => ({
  layer, parameters: ['inputs', 'num_outputs', 'kernel_size', 'stride', 'padding', 'data_format', 'rate'],
  keras: [['num_outputs', 'filters'], ['kernel_size', 'kernel_size'], ['stride', 'strides'], ['padding', 'padding', string('same')], ['rate', 'dilation_rate']],
});

const pooling = (layer: string): SlimFunction => ({
  layer, parameters: ['inputs', 'kernel_size', 'stride', 'padding'],
  keras: [['kernel_size', 'pool_size'], ['stride', 'strides', integer(constant(2))], ['padding', 'padding', string('valid')]],
});

const functions: Readonly<Record<string, SlimFunction>> = {
  conv1d: convolution('Conv1D'), conv2d: convolution('Conv2D'), conv3d: convolution('Conv3D'), convolution2d: convolution('Conv2D'), convolution3d: convolution('Conv3D'),
  max_pool2d: pooling('MaxPooling2D'), max_pool3d: pooling('MaxPooling3D'), avg_pool2d: pooling('AveragePooling2D'), avg_pool3d: pooling('AveragePooling3D'),
  fully_connected: { layer: 'Dense', parameters: ['inputs', 'num_outputs'], keras: [['num_outputs', 'units']] },
  flatten: { layer: 'Flatten', parameters: ['inputs'], keras: [] },
};

/** The layer of Keras that does the same, with the arguments of the call and of the `arg_scope` around it. */
const applied = (name: string, { layer, parameters, keras }: SlimFunction): Operation => (given, site, context) => {
  const call = new LibraryCall(inScope(given, name, parameters, context.page.argumentScope), site, parameters);
  const keywords: Arguments['keywords'] = keras.flatMap(([from, to, fallback]) => {
    const value = call.value(from) ?? fallback;
    return value === undefined ? [] : [{ name: to, value, source: undefined }];
  });
  return applyLayer(layer, { positional: [], keywords, unknownPositional: false, unknownKeywords: false }, given, site, context);
};

/** Functions of TF-Slim, which TensorFlow 1 had as `tf.contrib.layers`. Source: google-research/tf-slim:tf_slim/layers/layers.py. */
export const slimOperations: readonly [string, Operation][] = [
  ...argumentScopeOperations,
  ...['tensorflow.contrib.layers', 'tensorflow.contrib.slim', 'tf_slim'].flatMap(module =>
    Object.entries(functions).map(([name, slim]): [string, Operation] => [`${module}.${name}`, applied(name, slim)])),
];
