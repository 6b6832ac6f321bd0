import { compare } from '../../algebra/bounds';
import { asConstant, constant, unknown, type Int } from '../../algebra/integer';
import { format } from '../../algebra/format';
import { asInteger, boolean, unknownValue, type Arguments, type Value } from '../../python/values';
import { LibraryCall } from '../call';
import type { NetworkContext } from '../context';
import { checkConcatenated, concatenated } from '../joining';
import type { Operation } from '../operation';
import { axisOf } from '../shapes/reshape';
import { numbersMethod } from '../numpy/numbers';
import { alike, asTensor, tensor, type Tensor } from '../values';
import { pytorchLayers, padded, shuffled } from './layers';
import { resized, resizeTakes } from './resize';
import { matrixProduct } from './axes';
import { tensorMethod } from './tensorMethods';
import { moduleDictionary, moduleList, sequential } from './containers';
import { creationOperations } from './creation';
import { elementwiseOperations } from './elementwise';
import { spectralOperations } from './spectral';

/** The first argument's tensor, as it is. */
const passing: Operation = (given, _site, context) => {
  const value = firstArgument(given);
  return alike(value, context.implied.known(value));
};

/** The first argument itself, where it is a tensor. */
const keeping: Operation = (given, site, context) => {
  const value = given.positional[0]?.value;
  return value?.kind === 'host' && asTensor(value) !== undefined ? value : passing(given, site, context);
};

function firstTensor(given: Arguments, context: NetworkContext): Tensor | undefined {
  return context.implied.known(firstArgument(given));
}

function firstArgument(given: Arguments): Value | undefined {
  return given.positional[0]?.value ?? given.keywords.find(argument => argument.name === 'input')?.value;
}

const concatenate: Operation = (given, site, context) => {
  const call = new LibraryCall(given, site, ['tensors', 'dim']);
  const list = call.value('tensors');
  const items = list === undefined ? undefined : site.machine.items(list);
  const axisValue = given.keywords.find(argument => argument.name === 'axis')?.value;
  const axis = axisValue === undefined ? call.number('dim', 0) : asConstant(asInteger(axisValue) ?? unknown);
  if (items === undefined) return tensor(undefined);
  const tensors = items.map(item => context.implied.known(item));
  const known = tensors.filter(item => item !== undefined);
  const fits = checkConcatenated(known, axis, site, context, (left, right, index) =>
    `RuntimeError: Sizes of tensors must match except in dimension ${axis ?? 0}. Expected size ${format(left)} but got size ${format(right)} for tensor number ${index} in the list.`);
  return tensor(fits ? concatenated(tensors.map(item => item?.shape), axis) : undefined, known[0]?.origin);
};

const stack: Operation = (given, site, context) => {
  const call = new LibraryCall(given, site, ['tensors', 'dim']);
  const list = call.value('tensors');
  const items = list === undefined ? undefined : site.machine.items(list);
  const [first] = items ?? [];
  const shape = first === undefined ? undefined : context.implied.known(first)?.shape;
  const at = shape === undefined ? undefined : axisOf(call.number('dim', 0), shape.length + 1);
  if (shape === undefined || at === undefined || items === undefined) return tensor(undefined);
  const others = items.map(item => context.implied.known(item)?.shape);
  if (others.some(other => other !== undefined && (other.length !== shape.length || other.some((size, axis) => compare(size, shape[axis] ?? unknown) === 'different')))) return tensor(undefined);
  const count = constant(items.length);
  return tensor([...shape.slice(0, at), count, ...shape.slice(at)]);
};

const interpolate: Operation = (given, site, context) => {
  const call = new LibraryCall(given, site, ['input', 'size', 'scale_factor', 'mode']);
  const input = firstTensor(given, context);
  return tensor(input?.shape === undefined || !resizeTakes(call.text('mode', 'nearest'), input.shape.length) ? undefined : resized(input.shape, call.value('size'), call.value('scale_factor'), site.machine), input?.origin);
};

const pad: Operation = (given, site, context) => {
  const input = firstTensor(given, context);
  const pads = new LibraryCall(given, site, ['input', 'pad']).list('pad');
  return tensor(input?.shape === undefined || pads === undefined ? undefined : padded(input.shape, pads), input?.origin);
};

/** A function that does what a layer does: made from the arguments after the input, applied to it. */
const asLayer = (layer: string, parameters: readonly string[]): Operation => (given, site, context) => {
  const [input] = given.positional;
  const maker = pytorchLayers.get(`torch.nn.${layer}`);
  if (maker === undefined) return tensor(undefined);
  const call = new LibraryCall(given, site, ['input', ...parameters]);
  const keywords = parameters.flatMap(name => {
    const value = call.value(name);
    return value === undefined ? [] : [{ name, value, source: undefined }];
  });
  const made = maker(`torch.nn.${layer}`, { ...given, positional: [], keywords }, site, context);
  const value = input?.value ?? given.keywords.find(argument => argument.name === 'input')?.value ?? unknownValue;
  return site.machine.call(made, { positional: [{ value, source: undefined }], keywords: [], unknownPositional: false, unknownKeywords: false }, site.node);
};

/** `F.conv2d(input, weight, …)`: kernel and channels are the weight's. */
const convolve = (rank: number): Operation => (given, site, context) => {
  const call = new LibraryCall(given, site, ['input', 'weight', 'bias', 'stride', 'padding', 'dilation', 'groups']);
  const weight = call.tensor('weight')?.shape;
  if (weight === undefined) return tensor(undefined);
  const keywords = [
    { name: 'out_channels', value: sizeValue(weight[0]) },
    { name: 'kernel_size', value: { kind: 'tuple' as const, items: weight.slice(2).map(sizeValue) } },
    ...['stride', 'padding', 'dilation', 'groups'].flatMap(name => {
      const value = call.value(name);
      return value === undefined ? [] : [{ name, value }];
    }),
  ].map(argument => ({ ...argument, source: undefined }));
  const layer = pytorchLayers.get(`torch.nn.LazyConv${rank}d`)?.('torch.nn.functional.conv', { positional: [], keywords, unknownPositional: false, unknownKeywords: false }, site, context);
  return layer === undefined ? tensor(undefined) : site.machine.call(layer, { ...given, positional: given.positional.slice(0, 1), keywords: [] }, site.node);
};

function sizeValue(size: Int | undefined): Value {
  return size?.known === true ? { kind: 'integer', value: size } : unknownValue;
}

/** `torch.flatten(x, …)` is `x.flatten(…)`. */
const asMethod = (name: string): Operation => (given, site, context) => {
  const [input, ...rest] = given.positional;
  const self = input?.value ?? given.keywords.find(argument => argument.name === 'input')?.value ?? unknownValue;
  const known = context.implied.known(self) ?? { type: 'tensor' as const, shape: undefined, origin: undefined };
  return tensorMethod(known, self, name, { ...given, positional: rest }, site) ?? tensor(undefined);
};

const embedLinear: Operation = (given, site, context) => {
  const input = firstTensor(given, context);
  const weight = new LibraryCall(given, site, ['input', 'weight']).tensor('weight')?.shape;
  return tensor(input?.shape === undefined || weight === undefined ? undefined : [...input.shape.slice(0, -1), weight[0] ?? unknown]);
};

/** Modules that wrap a layer and leave what it does to shapes: `weight_norm(layer)`. */
const wrapping: Operation = given => given.positional[0]?.value ?? given.keywords.find(argument => argument.name === 'module')?.value ?? unknownValue;

const matrix: Operation = (given, _site, context) => {
  const second = given.positional[1]?.value;
  return tensor(matrixProduct(firstTensor(given, context)?.shape, second === undefined ? undefined : context.implied.known(second)?.shape));
};

/** Functions of `torch.nn.functional` that leave the shape of their first argument. */
const passingFunctions = [
  'relu', 'relu_', 'leaky_relu', 'leaky_relu_', 'elu', 'elu_', 'selu', 'gelu', 'silu', 'mish', 'sigmoid', 'tanh', 'softplus', 'softmax', 'log_softmax', 'softmin',
  'dropout', 'dropout1d', 'dropout2d', 'dropout3d', 'alpha_dropout', 'feature_alpha_dropout', 'hardtanh', 'hardswish', 'hardsigmoid', 'relu6', 'prelu', 'normalize',
  'instance_norm', 'batch_norm', 'group_norm', 'layer_norm', 'rms_norm', 'local_response_norm', 'logsigmoid', 'softsign', 'softshrink', 'hardshrink', 'tanhshrink',
  'threshold', 'rrelu', 'celu', 'gumbel_softmax', 'channel_shuffle',
];
/** And of `torch`. */
const passingTorch = [
  'relu', 'sigmoid', 'tanh', 'exp', 'exp2', 'expm1', 'log', 'log2', 'log10', 'log1p', 'abs', 'sqrt', 'rsqrt', 'square', 'reciprocal', 'clamp', 'clamp_min', 'clamp_max', 'clip',
  'softmax', 'log_softmax', 'sin', 'cos', 'tan', 'asin', 'acos', 'atan', 'sinh', 'cosh', 'sinc', 'neg', 'negative', 'dropout', 'flip', 'fliplr', 'flipud', 'roll', 'nan_to_num',
  'erf', 'erfinv', 'sign', 'floor', 'ceil', 'round', 'trunc', 'frac', 'cumsum', 'cumprod', 'tril', 'triu', 'real', 'imag', 'angle', 'conj', 'isnan', 'isinf', 'isfinite', 'logical_not', 'clone',
  'detach', 'selu', 'celu', 'prelu', 'layer_norm', 'group_norm', 'batch_norm', 'instance_norm', 'fft.fft', 'fft.ifft', 'fft.fft2', 'fft.ifft2', 'fft.fftn', 'fft.ifftn', 'fft.fftshift', 'fft.ifftshift',
];
/** Functions of `torch` that are methods of a tensor as well. */
const methodFunctions = [
  'flatten', 'reshape', 'permute', 'transpose', 'swapaxes', 'swapdims', 'movedim', 'moveaxis', 'squeeze', 'unsqueeze', 'chunk', 'split', 'tensor_split', 'unbind', 'mean', 'sum', 'prod', 'unflatten',
  'repeat_interleave', 'numel', 'std', 'var', 'norm', 'amax', 'amin', 'max', 'min', 'argmax', 'argmin', 'any', 'all', 'logsumexp', 'median', 'sort', 'topk', 'tile', 'broadcast_to', 'narrow', 'select',
  'index_select', 'gather', 'ravel', 't', 'masked_fill', 'diagonal', 'rot90', 'take_along_dim',
];

const operations: (readonly [string, Operation])[] = [
  ...creationOperations, ...elementwiseOperations,
  ...passingTorch.map((name): [string, Operation] => [`torch.${name}`, passing]),
  ...passingFunctions.map((name): [string, Operation] => [`torch.nn.functional.${name}`, passing]),
  ['torch.nn.functional.pixel_unshuffle', (given, site, context) => {
    const input = firstTensor(given, context);
    const factor = new LibraryCall(given, site, ['input', 'downscale_factor']).integer('downscale_factor');
    return tensor(input?.shape === undefined ? undefined : shuffled(input.shape, factor, true), input?.origin);
  }],
  ...methodFunctions.map((name): [string, Operation] => [`torch.${name}`, asMethod(name)]),
  ...['cat', 'concat', 'concatenate'].map((name): [string, Operation] => [`torch.${name}`, concatenate]),
  ['torch.stack', stack], ...spectralOperations,
  ['torch.matmul', matrix], ['torch.bmm', matrix], ['torch.mm', matrix],
  ['torch.nn.functional.interpolate', interpolate], ['torch.nn.functional.upsample', interpolate],
  ['torch.nn.functional.pad', pad],
  ['torch.nn.functional.linear', embedLinear],
  ...[1, 2, 3].flatMap((rank): [string, Operation][] => [
    [`torch.nn.functional.max_pool${rank}d`, asLayer(`MaxPool${rank}d`, ['kernel_size', 'stride', 'padding', 'dilation', 'ceil_mode', 'return_indices'])],
    [`torch.max_pool${rank}d`, asLayer(`MaxPool${rank}d`, ['kernel_size', 'stride', 'padding', 'dilation', 'ceil_mode'])],
    [`torch.nn.functional.avg_pool${rank}d`, asLayer(`AvgPool${rank}d`, ['kernel_size', 'stride', 'padding', 'ceil_mode'])],
    [`torch.nn.functional.adaptive_avg_pool${rank}d`, asLayer(`AdaptiveAvgPool${rank}d`, ['output_size'])],
    [`torch.nn.functional.adaptive_max_pool${rank}d`, asLayer(`AdaptiveMaxPool${rank}d`, ['output_size'])],
    [`torch.nn.functional.conv${rank}d`, convolve(rank)], [`torch.conv${rank}d`, convolve(rank)],
  ]),
  ['torch.nn.functional.pixel_shuffle', (given, site, context) => {
    const input = firstTensor(given, context);
    const factor = new LibraryCall(given, site, ['input', 'upscale_factor']).integer('upscale_factor');
    return tensor(input?.shape === undefined ? undefined : shuffled(input.shape, factor, false), input?.origin);
  }],
  ['torch.nn.functional.glu', asLayer('GLU', ['dim'])],
  ...['nn.Parameter', 'nn.parameter.Parameter', 'nn.Buffer', 'nn.parameter.Buffer', 'autograd.Variable', 'autograd.variable.Variable'].map((name): [string, Operation] => [`torch.${name}`, keeping]),
  ...['ceil', 'floor'].map((name): [string, Operation] => [`torch.${name}`, (given, site, context) => numbersMethod(site.machine, given.positional[0]?.value ?? unknownValue, name) ?? passing(given, site, context)]),
  ['torch.nn.Sequential', (given, site) => sequential(given, site)],
  ...['ModuleList', 'ParameterList'].map((name): [string, Operation] => [`torch.nn.${name}`, moduleList]),
  ...['ModuleDict', 'ParameterDict'].map((name): [string, Operation] => [`torch.nn.${name}`, moduleDictionary]),
  ...['utils.weight_norm', 'utils.spectral_norm', 'utils.remove_weight_norm', 'utils.parametrizations.weight_norm', 'utils.parametrizations.spectral_norm',
    'utils.parametrizations.orthogonal', 'DataParallel', 'parallel.DataParallel', 'parallel.DistributedDataParallel', 'SyncBatchNorm.convert_sync_batchnorm']
    .map((name): [string, Operation] => [`torch.nn.${name}`, wrapping]),
  ...['weight_norm', 'spectral_norm'].flatMap((name): [string, Operation][] => [[`torch.nn.utils.${name}.${name}`, wrapping]]),
  // Code that is run as it stands is neither traced nor compiled.
  ...['jit.is_scripting', 'jit.is_tracing', '_C._is_tracing', '_C._get_tracing_state', 'onnx.is_in_onnx_export', 'compiler.is_compiling']
    .map((name): [string, Operation] => [`torch.${name}`, () => boolean(false)]),
  ['torch.compile', wrapping], ['torch.jit.script', wrapping], ['torch.utils.checkpoint.checkpoint', (given, site) => {
    const [layer, ...rest] = given.positional;
    return layer === undefined ? unknownValue : site.machine.call(layer.value, { ...given, positional: rest, keywords: [] }, site.node);
  }],
];

/** Functions of PyTorch that shapes go through, by qualified name. */
export const pytorchOperations: ReadonlyMap<string, Operation> = new Map(operations);

