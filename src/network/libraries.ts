import type { Value } from '../python/values';

/** Names under which the same library is imported, each before those that its result may match. */
const roots: readonly (readonly [string, string])[] = [
  ['tensorflow.python.keras', 'keras'],
  ['tensorflow.compat.v1.keras', 'keras'],
  ['tensorflow.compat.v2.keras', 'keras'],
  ['tensorflow.keras', 'keras'],
  ['tf_keras', 'keras'],
  ['keras.engine.topology', 'keras'],
  ['keras.engine', 'keras'],
  ['keras.models', 'keras'],
  ['keras.api', 'keras'],
  ['keras.layers.core', 'keras.layers'],
  ['keras.layers.convolutional', 'keras.layers'],
  ['keras.layers.pooling', 'keras.layers'],
  ['keras.layers.merge', 'keras.layers'],
  ['keras.layers.normalization', 'keras.layers'],
  ['keras.layers.advanced_activations', 'keras.layers'],
  ['tensorflow.compat.v1', 'tensorflow'],
  ['tensorflow.compat.v2', 'tensorflow'],
  ['tensorflow.contrib.keras', 'keras'],
  ['torch.nn.modules.conv', 'torch.nn'],
  ['torch.nn.modules', 'torch.nn'],
  ['jax.numpy', 'numpy'],
];

/** One spelling for a qualified name that several import paths lead to. */
export function canonicalName(name: string): string {
  let canonical = name;
  for (const [from, to] of roots) {
    if (canonical === from || canonical.startsWith(`${from}.`)) canonical = to + canonical.slice(from.length);
  }
  return canonical;
}

/** Imported names that are plain constants. */
export function libraryConstant(name: string): Value | undefined {
  switch (name) {
    case 'math.pi': case 'numpy.pi': return { kind: 'float', value: Math.PI };
    default: return undefined;
  }
}
