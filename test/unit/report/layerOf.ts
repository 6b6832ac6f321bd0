import assert from 'node:assert/strict';
import { type Int, toInt, unknown } from '../../../src/algebra/integer';
import type { Reading } from '../../../src/frameworks/api';
import { type PlainArgument, readPlain } from '../../../src/frameworks/plain';
import type { Instance, Layer } from '../../../src/network/layer';

const nowhere = { from: 0, to: 0, cell: 0 };

export interface Context {
  readonly arguments: Readonly<Record<string, PlainArgument>>;
  /** The whole shape of the input. */
  readonly input?: readonly (number | Int)[];
  readonly assumed?: readonly string[];
  readonly cost?: { readonly parameters: number; readonly multiplyAdds: Int };
}

/** A layer as if it had been read from source, in the contexts given. */
export function layerOf(api: string, ...contexts: readonly Context[]): Layer {
  const instances = contexts.map(context => instanceOf(api, context));
  const [first] = instances;
  assert.ok(first);
  return { reading: first.reading, range: nowhere, callee: nowhere, arguments: [], end: undefined, instances, cutOff: undefined, call: instances, core: instances };
}

function instanceOf(api: string, context: Context): Instance {
  const reading = readPlain(api, context.arguments, { kerasVersion: 3 });
  assert.ok(reading, api);
  const input = context.input?.map(toInt);
  const applied = reading.apply(input);
  return {
    reading, assumed: context.assumed ?? [], input, output: input && applied.output, inputOrigin: undefined, before: [],
    problems: [...reading.problems, ...(input ? applied.problems : [])], path: [],
    parameters: context.cost ? toInt(context.cost.parameters) : unknown, multiplyAdds: context.cost?.multiplyAdds ?? unknown,
  };
}

/** The layer with other instances. */
export function withInstances({ reading, range, callee, arguments: given, end, cutOff }: Layer, instances: readonly Instance[]): Layer {
  return { reading, range, callee, arguments: given, end, cutOff, instances, call: instances, core: instances };
}

/** The reading with some of it replaced, for what no plain call gives. */
export function withReading(layer: Layer, change: Partial<Reading>): Layer {
  const reading = { ...layer.reading, ...change };
  return { ...layer, reading, instances: layer.instances.map(instance => ({ ...instance, reading: { ...instance.reading, ...change } })) };
}
