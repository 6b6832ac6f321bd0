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
  ['jax.numpy', 'numpy'],
  ['flax.linen.activation', 'flax.linen'],
  ['flax.linen.attention', 'flax.linen'],
  ['flax.linen.combinators', 'flax.linen'],
  ['flax.linen.linear', 'flax.linen'],
  ['flax.linen.module', 'flax.linen'],
  ['flax.linen.normalization', 'flax.linen'],
  ['flax.linen.pooling', 'flax.linen'],
  ['flax.linen.stochastic', 'flax.linen'],
];

/** One spelling for a qualified name that several import paths lead to. */
export function canonicalName(name: string): string {
  let canonical = name.replace(/^torch\.nn\.modules\.(?:[a-z]+\.)?/, 'torch.nn.');
  for (const [from, to] of roots) {
    if (canonical === from || canonical.startsWith(`${from}.`)) canonical = to + canonical.slice(from.length);
  }
  return canonical;
}

/** Imported names that are plain constants. */
export function libraryConstant(name: string): Value | undefined {
  switch (name) {
    case 'math.pi': case 'numpy.pi': case 'torch.pi': return { kind: 'float', value: Math.PI };
    case 'math.e': case 'numpy.e': case 'torch.e': return { kind: 'float', value: Math.E };
    // What type checkers are told is what the other branch, for running, comes to in the end.
    case 'typing.TYPE_CHECKING': return { kind: 'boolean', value: true };
    default: return undefined;
  }
}

/**
 * Whether a package, by its first name, is a library that is read by its names, or Python's own: those are not
 * looked for in the workspace.
 */
export function isLibrary(name: string): boolean {
  return libraries.has(name);
}

const libraries: ReadonlySet<string> = new Set([
  'torch', 'torchvision', 'torchaudio', 'tensorflow', 'keras', 'tf_keras', 'tensorflow_addons', 'jax', 'flax', 'optax', 'haiku',
  'numpy', 'scipy', 'einops', 'jaxtyping', 'matplotlib', 'PIL', 'cv2', 'pandas', 'sklearn', 'skimage', 'tqdm', 'yaml', 'six', 'absl', 'pytest',
  'builtins', '__future__', 'abc', 'argparse', 'ast', 'asyncio', 'base64', 'collections', 'contextlib', 'copy', 'csv', 'dataclasses', 'datetime',
  'enum', 'functools', 'gc', 'glob', 'hashlib', 'importlib', 'inspect', 'io', 'itertools', 'json', 'logging', 'math', 'multiprocessing', 'operator',
  'os', 'pathlib', 'pickle', 'random', 're', 'shutil', 'signal', 'socket', 'string', 'struct', 'subprocess', 'sys', 'tempfile', 'threading', 'time',
  'traceback', 'types', 'typing', 'typing_extensions', 'unittest', 'urllib', 'uuid', 'warnings', 'weakref', 'zipfile',
]);

/** Layers of PyTorch that extend another one; all others that are public extend private classes and `Module`. */
const extending: ReadonlyMap<string, string> = new Map([
  ['ReLU6', 'Hardtanh'], ['UpsamplingNearest2d', 'Upsample'], ['UpsamplingBilinear2d', 'Upsample'], ['NLLLoss2d', 'NLLLoss'],
  ...[1, 2, 3].flatMap((rank): [string, string][] => [
    [`ZeroPad${rank}d`, `ConstantPad${rank}d`],
    ...['Conv', 'ConvTranspose', 'BatchNorm', 'InstanceNorm'].map((name): [string, string] => [`Lazy${name}${rank}d`, `${name}${rank}d`]),
  ]), ['LazyLinear', 'Linear'],
]);

/** Whether it is a class of `torch.nn`: each of these has one name. */
export function isPublicLayer(name: string): boolean {
  return /^torch\.nn\.[A-Z]\w*$/.test(name);
}

/** Whether a class of a library extends another, or is it, where that is certain; names are canonical. */
export function isLibrarySubclass(name: string, base: string): boolean | undefined {
  if (name === base || base === 'builtins.object') return true;
  const [, layer] = /^torch\.nn\.([A-Z]\w*)$/.exec(name) ?? [];
  if (layer === undefined) return (name === 'abc.ABC' || name === 'typing.Generic') && isPublicLayer(base) ? false : undefined;
  if (base === 'torch.nn.Module') return true;
  const [, other] = /^torch\.nn\.([A-Z]\w*)$/.exec(base) ?? [];
  if (other === undefined) return base.startsWith('torch.') ? undefined : false;
  return extending.get(layer) === other;
}

/** What every `torch.nn.Module` has beside what is set in the code. */
const moduleAttributes = new Set([
  'training', 'forward', 'register_buffer', 'register_parameter', 'add_module', 'register_module', 'get_submodule', 'set_submodule', 'get_parameter', 'get_buffer',
  'get_extra_state', 'set_extra_state', 'apply', 'cuda', 'ipu', 'xpu', 'mtia', 'cpu', 'type', 'float', 'double', 'half', 'bfloat16', 'to_empty', 'to', 'state_dict', 'load_state_dict',
  'parameters', 'named_parameters', 'buffers', 'named_buffers', 'children', 'named_children', 'modules', 'named_modules', 'train', 'eval', 'requires_grad_', 'zero_grad',
  'share_memory', 'extra_repr', 'compile', 'dump_patches', 'call_super_init', 'T_destination',
]);

/** Whether objects that extend a class of a library have no attribute of that name unless code sets it. */
export function lacksAttribute(type: string, name: string): boolean {
  if (name.startsWith('_') || name.startsWith('register_')) return false;
  return type === 'builtins.object' || type === 'abc.ABC' || (type === 'torch.nn.Module' && !moduleAttributes.has(name));
}
