import { ceilDivide } from '../../algebra/division';
import { add, multiply, unknown, zero, type Int } from '../../algebra/integer';
import type { Shape } from '../../frameworks/argument';
import type { Site } from '../../python/machine';
import { asInteger, asItems, unknownValue, type Arguments, type Value } from '../../python/values';
import { LibraryCall } from '../call';
import type { NetworkContext } from '../context';
import { convolvedSize } from '../shapes/window';
import { hostValue, tensor } from '../values';

type JaxLayerMaker = (name: string, given: Arguments, site: Site, context: NetworkContext) => Value;

/** A layer that does something to the shape of its first input, of which it may imply `[N, *spatial, C]`. */
function layer(name: string, context: NetworkContext, output: (shape: Shape) => Shape | undefined, rank?: number): Value {
  return hostValue({
    type: 'layer', name,
    call(inner) {
      const value = inner.positional[0]?.value ?? inner.keywords.find(argument => ['inputs', 'x', 'query'].includes(argument.name))?.value;
      const input = rank === undefined ? context.implied.known(value) : context.implied.tensor(value, { rank, channels: unknown, channelsFirst: false });
      return tensor(input?.shape === undefined ? undefined : output(input.shape), input?.origin);
    },
  });
}

/** What is put around the input before a window goes over it, on both sides together. */
type Padding = 'SAME' | readonly Int[] | undefined;

/** A string, an integer for all sides, or for each axis an integer or a pair; strings are read in any case. */
export function readPadding(value: Value | undefined, rank: number, fallback: 'SAME' | 'VALID'): Padding {
  const text = value === undefined ? fallback : value.kind === 'string' ? value.value.toUpperCase() : undefined;
  // Causal and circular padding add as much as SAME does with stride 1, and are cut alike.
  if (text === 'SAME' || text === 'SAME_LOWER' || text === 'CIRCULAR' || text === 'CAUSAL' || text === 'REFLECT') return 'SAME';
  if (text === 'VALID') return Array.from({ length: rank }, () => zero);
  if (value === undefined || text !== undefined) return undefined;
  const both = (item: Value): Int => {
    const pair = asItems(item);
    return pair === undefined ? multiply(2, asInteger(item) ?? unknown) : pair.length === 2 ? add(...pair.map(each => asInteger(each) ?? unknown)) : unknown;
  };
  const items = asItems(value);
  if (items === undefined) return Array.from({ length: rank }, () => both(value));
  return items.length === rank ? items.map(both) : undefined;
}

/** The size after a window of `kernelSize` has gone over it. */
export function windowed(size: Int, axis: number, window: { readonly kernelSize: readonly Int[]; readonly stride: readonly Int[]; readonly dilation: readonly Int[]; readonly padding: Padding }): Int {
  const stride = window.stride[axis] ?? unknown;
  if (window.padding === 'SAME') return ceilDivide(size, stride);
  return convolvedSize(size, { kernelSize: window.kernelSize[axis] ?? unknown, stride, dilation: window.dilation[axis] ?? unknown, padding: window.padding?.[axis] ?? unknown });
}

/** `Conv(features, kernel_size, strides=1, padding='SAME', …)` on `[*batch, *spatial, channels]`; the kernel tells the rank. */
const convolution = (names: readonly string[], channels: string): JaxLayerMaker => (name, given, site, context) => {
  const call = new LibraryCall(given, site, names);
  const kernel = call.value('kernel_size');
  const items = kernel === undefined ? undefined : site.machine.items(kernel);
  const rank = items?.length ?? (kernel?.kind === 'integer' ? 1 : undefined);
  const features = call.integer(channels);
  if (rank === undefined) return layer(name, context, shape => [...shape.slice(0, -1).map(() => unknown), features]);
  const padding = call.value('padding');
  const window = {
    kernelSize: call.sizes('kernel_size', rank), stride: call.sizes('strides', rank, 1), dilation: call.sizes('kernel_dilation', rank, 1),
    padding: call.value('input_dilation') === undefined ? readPadding(padding, rank, 'SAME') : undefined,
  };
  return layer(name, context, shape => shape.length <= rank ? undefined
    : [...shape.slice(0, -rank - 1), ...shape.slice(-rank - 1, -1).map((size, axis) => windowed(size, axis, window)), features], rank);
};

const dense = (names: readonly string[], features: string): JaxLayerMaker => (name, given, site, context) => {
  const width = new LibraryCall(given, site, names).integer(features);
  return layer(name, context, shape => [...shape.slice(0, -1), width], 0);
};

const embedding = (names: readonly string[]): JaxLayerMaker => (name, given, site, context) => {
  const width = new LibraryCall(given, site, names).integer('features');
  return layer(name, context, shape => [...shape, width]);
};

const passing: JaxLayerMaker = (name, _given, _site, context) => layer(name, context, shape => shape);

/** Layers or functions one after the other, in a list or one by one. */
const sequential: JaxLayerMaker = (name, given) => {
  const [first] = given.positional;
  const list = first?.value ?? given.keywords.find(argument => argument.name === 'layers')?.value;
  const items = given.unknownPositional ? undefined
    : list !== undefined && (list.kind === 'list' || list.kind === 'tuple') ? asItems(list) : given.positional.map(argument => argument.value);
  return hostValue({
    type: 'layer', name,
    call: (inner, at) => items === undefined ? unknownValue : items.reduce<Value>((value, item) => at.machine.call(item, single(value), at.node), inner.positional[0]?.value ?? unknownValue),
    items: () => items,
  });
};

function single(value: Value): Arguments {
  return { positional: [{ value, source: undefined }], keywords: [], unknownPositional: false, unknownKeywords: false };
}

const passingNames = ['BatchNorm', 'LayerNorm', 'GroupNorm', 'InstanceNorm', 'RMSNorm', 'SpectralNorm', 'WeightNorm', 'Dropout', 'PReLU', 'SelfAttention', 'MultiHeadAttention', 'MultiHeadDotProductAttention'];

const linen: [string, JaxLayerMaker][] = [
  ['Conv', convolution(['features', 'kernel_size', 'strides', 'padding', 'input_dilation', 'kernel_dilation'], 'features')],
  ['ConvLocal', convolution(['features', 'kernel_size', 'strides', 'padding', 'input_dilation', 'kernel_dilation'], 'features')],
  ['Dense', dense(['features'], 'features')], ['Embed', embedding(['num_embeddings', 'features'])],
];
const nnx: [string, JaxLayerMaker][] = [
  ['Conv', convolution(['in_features', 'out_features', 'kernel_size', 'strides'], 'out_features')],
  ['Linear', dense(['in_features', 'out_features'], 'out_features')], ['Embed', embedding(['num_embeddings', 'features'])],
];

/** Layers of Flax beside the transposed convolution, by qualified name. Sizes as flax/linen/linear.py computes them. */
export const jaxLayers: ReadonlyMap<string, JaxLayerMaker> = new Map([
  ...linen.map(([name, maker]): [string, JaxLayerMaker] => [`flax.linen.${name}`, maker]),
  ...nnx.map(([name, maker]): [string, JaxLayerMaker] => [`flax.nnx.${name}`, maker]),
  ...['flax.linen', 'flax.nnx'].flatMap((root): [string, JaxLayerMaker][] => [
    ...passingNames.map((name): [string, JaxLayerMaker] => [`${root}.${name}`, passing]), [`${root}.Sequential`, sequential],
  ]),
]);
