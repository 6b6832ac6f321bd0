import { unknown, type Int } from '../../algebra/integer';
import type { Shape } from '../../frameworks/argument';
import type { Site } from '../../python/machine';
import { unknownValue, type Arguments, type Value } from '../../python/values';
import { LibraryCall } from '../call';
import { asTensor, hostValue, tensor, type Tensor } from '../values';
import { inputShapeOf } from './input';
import type { KerasLayerMaker } from './layers';

/** A layer that does something to the shape of its first input; other inputs leave it. */
const shaping = (output: (shape: Shape, call: LibraryCall, site: Site) => Shape | undefined, names: readonly string[] = []): KerasLayerMaker => (name, given, site, context) => {
  const call = new LibraryCall(given, site, names);
  return made(name, given, site, (value, at) => {
    const input = context.implied.known(value);
    return tensor(input?.shape === undefined ? undefined : output(input.shape, call, at), input?.origin);
  });
};

/** `Lambda(function)` calls the function. */
const lambda: KerasLayerMaker = (name, given, site) => {
  const run = new LibraryCall(given, site, ['function']).value('function') ?? unknownValue;
  return made(name, given, site, (value, at) => at.machine.call(run, one(value), at.node));
};

/** `TimeDistributed(layer)`: the layer on each step, axis 1. */
const timeDistributed: KerasLayerMaker = (name, given, site, context) => {
  const inner = new LibraryCall(given, site, ['layer']).value('layer') ?? unknownValue;
  return made(name, given, site, (value, at) => {
    const input = context.implied.known(value);
    if (input?.shape === undefined || input.shape.length < 3) return tensor(undefined);
    const [batch = unknown, steps = unknown, ...rest] = input.shape;
    const step: Tensor = { type: 'tensor', shape: [batch, ...rest], origin: input.origin };
    const result = asTensor(at.machine.call(inner, one(hostValue(step)), at.node));
    return tensor(result?.shape === undefined ? undefined : [result.shape[0] ?? unknown, steps, ...result.shape.slice(1)], result?.origin);
  });
};

/** `LSTM(units, return_sequences=False)`; with its states there are more results than one. */
const recurrent: KerasLayerMaker = (name, given, site, context) => {
  const call = new LibraryCall(given, site, ['units']);
  const [sequences, state] = [call.flag('return_sequences', false), call.flag('return_state', false)];
  return made(name, given, site, value => {
    const input = context.implied.known(value);
    if (state !== false) return unknownValue;
    if (input?.shape?.length !== 3 || sequences === undefined) return tensor(undefined, input?.origin);
    return tensor(sequences ? [...input.shape.slice(0, 2), call.integer('units')] : [input.shape[0] ?? unknown, call.integer('units')], input.origin);
  });
};

/** Height and width, and the channels last: `Resizing(height, width)`. */
function resized(shape: Shape, height: Int, width: Int): Shape | undefined {
  return shape.length < 3 ? undefined : [...shape.slice(0, -3), height, width, shape.at(-1) ?? unknown];
}

function made(name: string, given: Arguments, site: Site, call: (value: Value, at: Site) => Value): Value {
  return hostValue({
    type: 'layer', name, inputShape: inputShapeOf(given, site),
    call: (inner, at) => call(inner.positional[0]?.value ?? inner.keywords.find(argument => ['inputs', 'query'].includes(argument.name))?.value ?? unknownValue, at),
  });
}

function one(value: Value): Arguments {
  return { positional: [{ value, source: undefined }], keywords: [], unknownPositional: false, unknownKeywords: false };
}

const adaptive = (rank: number): KerasLayerMaker => shaping((shape, call) => {
  const sizes = call.sizes('output_size', rank);
  return shape.length !== rank + 2 || call.value('data_format') !== undefined ? undefined : [shape[0] ?? unknown, ...sizes, shape.at(-1) ?? unknown];
}, ['output_size']);

const resizing = shaping((shape, call) => call.value('data_format') !== undefined ? undefined : resized(shape, call.integer('height'), call.integer('width')), ['height', 'width']);
const keeping = shaping(shape => shape);
const keepingNames = [
  'MultiHeadAttention', 'Attention', 'AdditiveAttention', 'RandomFlip', 'RandomRotation', 'RandomZoom', 'RandomContrast', 'RandomBrightness', 'RandomTranslation',
  'RMSNormalization', 'Swish', 'GELU',
];

/** Wrappers, recurrent layers and others of Keras, by name under `keras.layers`. */
export const moreKerasLayers: readonly (readonly [string, KerasLayerMaker])[] = [
  ['Lambda', lambda], ['TimeDistributed', timeDistributed],
  ...['LSTM', 'GRU', 'SimpleRNN', 'CuDNNLSTM', 'CuDNNGRU'].map((name): [string, KerasLayerMaker] => [name, recurrent]),
  ...[1, 2, 3].flatMap((rank): [string, KerasLayerMaker][] => ['Average', 'Max'].map((kind): [string, KerasLayerMaker] => [`Adaptive${kind}Pooling${rank}D`, adaptive(rank)])),
  ['Resizing', resizing], ['CenterCrop', resizing],
  ...keepingNames.map((name): [string, KerasLayerMaker] => [name, keeping]),
];
