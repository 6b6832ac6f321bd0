import { compare } from '../../algebra/bounds';
import { floorDivide, isMultipleOf } from '../../algebra/division';
import { add, constant, multiply, subtract, unknown, type Int } from '../../algebra/integer';
import type { Shape } from '../../frameworks/argument';
import type { Site } from '../../python/machine';
import { tuple, unknownValue, type Arguments, type Value } from '../../python/values';
import { integers, LibraryCall } from '../call';
import type { NetworkContext } from '../context';
import { convolvedSize } from '../shapes/window';
import { hostValue, tensor, type Tensor } from '../values';
import type { LayerMaker } from './layerMaker';

/** Layers of `torch.nn` that take or give more than one tensor. */

/** `LSTM(input_size, hidden_size, …)`: the output at each step, and the last state. */
const recurrent = (cells: boolean): LayerMaker => (name, given, site, context) => {
  const call = new LibraryCall(given, site, ['input_size', 'hidden_size', 'num_layers', ...name.endsWith('.RNN') ? ['nonlinearity'] : [], 'bias', 'batch_first', 'dropout', 'bidirectional', 'proj_size']);
  const hidden = call.value('proj_size') === undefined ? call.integer('hidden_size') : unknown;
  const [bidirectional, batchFirst] = [call.flag('bidirectional', false), call.flag('batch_first', false)];
  const directions = bidirectional === undefined ? unknown : constant(bidirectional ? 2 : 1);
  const layers = call.integer('num_layers', 1);
  return layer(name, inner => {
    const input = inputOf(inner, context);
    const shape = input?.shape;
    if (shape === undefined || shape.length < 2) return tuple([tensor(undefined), unknownValue]);
    const batch = shape.length === 2 ? [] : [batchFirst === undefined ? unknown : shape[batchFirst ? 0 : 1] ?? unknown];
    const state = tensor([multiply(layers, directions), ...batch, hidden]);
    return tuple([tensor([...shape.slice(0, -1), multiply(hidden, directions)], input?.origin), cells ? tuple([state, state]) : state]);
  });
};

/** `MultiheadAttention(embed_dim, num_heads)`: as the query, and the weights. */
const multiheadAttention: LayerMaker = (name, _given, _site, context) => layer(name, inner => {
  const input = inputOf(inner, context);
  return tuple([tensor(input?.shape, input?.origin), tensor(undefined)]);
});

/** `MaxUnpool2d(kernel_size, stride=None, padding=0)`: `(n - 1)·stride - 2·padding + kernel`, or `output_size`. */
const unpooling = (rank: number): LayerMaker => (name, given, site, context) => {
  const call = new LibraryCall(given, site, ['kernel_size', 'stride', 'padding']);
  const kernelSize = call.sizes('kernel_size', rank);
  const stride = call.sizes('stride', rank, kernelSize);
  const padding = call.sizes('padding', rank, 0);
  return layer(name, (inner, at) => {
    const input = inputOf(inner, context);
    if (input?.shape === undefined || input.shape.length < rank + 1) return tensor(undefined);
    const wanted = inner.positional[2]?.value ?? inner.keywords.find(argument => argument.name === 'output_size')?.value;
    const sizes = wanted === undefined || wanted.kind === 'none' ? undefined : integers(at.machine, wanted) ?? [];
    const spatial = input.shape.slice(-rank).map((size, axis) => sizes === undefined
      ? add(subtract(multiply(subtract(size, 1), stride[axis] ?? unknown), multiply(2, padding[axis] ?? unknown)), kernelSize[axis] ?? unknown)
      : sizes.at(axis - rank) ?? unknown);
    return tensor([...input.shape.slice(0, -rank), ...spatial], input.origin);
  });
};

/** `Unfold(kernel_size, dilation=1, padding=0, stride=1)`: `(N, C·∏K, L)` of `(N, C, H, W)`. */
const unfold: LayerMaker = (name, given, site, context) => {
  const call = new LibraryCall(given, site, ['kernel_size', 'dilation', 'padding', 'stride']);
  const [kernelSize, dilation, padding, stride] = [call.sizes('kernel_size', 2), call.sizes('dilation', 2, 1), call.sizes('padding', 2, 0), call.sizes('stride', 2, 1)];
  return layer(name, inner => {
    const input = inputOf(inner, context);
    if (input?.shape?.length !== 4) return tensor(undefined);
    const [batch = unknown, channels = unknown, ...spatial] = input.shape;
    const [height = unknown, width = unknown] = windows(spatial, kernelSize, dilation, padding, stride);
    return tensor([batch, multiply(channels, ...kernelSize), multiply(height, width)], input.origin);
  });
};

/** `Fold(output_size, kernel_size, …)`: `(N, C, *output_size)` of `(N, C·∏K, L)`. */
const fold: LayerMaker = (name, given, site, context) => {
  const call = new LibraryCall(given, site, ['output_size', 'kernel_size', 'dilation', 'padding', 'stride']);
  const [size, kernelSize] = [call.sizes('output_size', 2), call.sizes('kernel_size', 2)];
  const blocks = multiply(...windows(size, kernelSize, call.sizes('dilation', 2, 1), call.sizes('padding', 2, 0), call.sizes('stride', 2, 1)));
  return layer(name, inner => {
    const input = inputOf(inner, context);
    if (input?.shape?.length !== 3 || compare(input.shape[2] ?? unknown, blocks) === 'different') return tensor(undefined);
    return tensor([input.shape[0] ?? unknown, quotient(input.shape[1] ?? unknown, multiply(...kernelSize)), ...size], input.origin);
  });
};

/** `Bilinear(in1, in2, out)`. */
const bilinear: LayerMaker = (name, given, site, context) => {
  const features = new LibraryCall(given, site, ['in1_features', 'in2_features', 'out_features']).integer('out_features');
  return layer(name, inner => {
    const input = inputOf(inner, context);
    return tensor(input?.shape === undefined ? undefined : [...input.shape.slice(0, -1), features], input?.origin);
  });
};

function layer(name: string, call: (inner: Arguments, at: Site) => Value): Value {
  return hostValue({ type: 'layer', name, call });
}

function inputOf(given: Arguments, context: NetworkContext): Tensor | undefined {
  return context.implied.known(given.positional[0]?.value ?? given.keywords[0]?.value);
}

function windows(sizes: Shape, kernelSize: readonly Int[], dilation: readonly Int[], padding: readonly Int[], stride: readonly Int[]): Shape {
  return sizes.map((size, axis) => convolvedSize(size, {
    kernelSize: kernelSize[axis] ?? unknown, dilation: dilation[axis] ?? unknown, stride: stride[axis] ?? unknown, padding: multiply(2, padding[axis] ?? unknown),
  }));
}

function quotient(value: Int, divisor: Int): Int {
  return isMultipleOf(value, divisor) === true ? floorDivide(value, divisor) : unknown;
}

const passing = ['TransformerEncoderLayer', 'TransformerEncoder', 'TransformerDecoderLayer', 'TransformerDecoder'];

/** By name under `torch.nn`. */
export const sequenceLayers: readonly (readonly [string, LayerMaker])[] = [
  ['LSTM', recurrent(true)], ['GRU', recurrent(false)], ['RNN', recurrent(false)], ['MultiheadAttention', multiheadAttention],
  ...[1, 2, 3].map((rank): [string, LayerMaker] => [`MaxUnpool${rank}d`, unpooling(rank)]),
  ['Unfold', unfold], ['Fold', fold], ['Bilinear', bilinear],
  ...passing.map((name): [string, LayerMaker] => [name, (full, _given, _site, context) => layer(full, inner => {
    const input = inputOf(inner, context);
    return tensor(input?.shape, input?.origin);
  })]),
];
