import { type Int, type SymbolAtom } from '../../algebra/integer';
import { substitute } from '../../algebra/substitute';
import type { Shape } from '../../frameworks/argument';
import type { Site } from '../../python/machine';
import { asItems, noneValue, tuple, unknownValue, type Arguments, type Value } from '../../python/values';
import { asTensor, hostValue, networkObject, tensor } from '../values';
import { batchOf, inputShapeOf, sizes } from './input';

const one = (value: Value): Arguments => ({ positional: [{ value, source: undefined }], keywords: [], unknownPositional: false, unknownKeywords: false });

/** `keras.Input(shape=…)`: the tensor a functional model starts from. */
export function input(given: Arguments, site: Site): Value {
  const shape = given.keywords.find(argument => argument.name === 'shape')?.value ?? given.positional[0]?.value;
  const batch = given.keywords.find(argument => argument.name === 'batch_size')?.value;
  const own = shape === undefined ? undefined : sizes(shape, site, false);
  return tensor(own === undefined ? inputShapeOf(given, site) : [batchOf(batch), ...own], 'the model\'s Input');
}

/** `keras.layers.InputLayer(…)`, first in a Sequential. */
export function inputLayer(given: Arguments, site: Site): Value {
  const made = asTensor(input(given, site));
  return hostValue({ type: 'layer', name: 'keras.layers.InputLayer', inputShape: made?.shape ?? inputShapeOf(given, site), call: inner => inner.positional[0]?.value ?? unknownValue });
}

/** `keras.Sequential([…])`: layers in a row, each given its shape as soon as the first one's is known. */
export function sequential(given: Arguments, site: Site): Value {
  const { machine } = site;
  const layers = machine.list([]);
  // What has come out of the layers so far: a list of no or one value.
  const state = machine.list([]);
  const setState = (value: Value | undefined): void => {
    if (state.kind === 'list') state.cells.set('items', tuple(value === undefined ? [] : [value]));
  };
  const add = (layer: Value, at: Site): void => {
    if (layers.kind !== 'list') return;
    const before = asItems(layers);
    layers.cells.set('items', before === undefined ? unknownValue : tuple([...before, layer]));
    const object = networkObject(layer);
    const flowing = asItems(state)?.[0];
    if (object?.type === 'tensor') { setState(layer); return; }
    const start = flowing ?? (before?.length === 0 && object?.inputShape !== undefined ? tensor(object.inputShape, 'input_shape of the first layer') : undefined);
    if (start !== undefined) setState(machine.call(layer, one(start), at.node));
  };
  const run = (value: Value, at: Site): Value => {
    const all = asItems(layers);
    if (all === undefined) return unknownValue;
    return all.reduce<Value>((flowing, layer) => networkObject(layer)?.type === 'tensor' ? flowing : at.machine.call(layer, one(flowing), at.node), value);
  };
  const firstShape = (): Shape | undefined => {
    const first = asItems(layers)?.[0];
    const object = first === undefined ? undefined : networkObject(first);
    return object?.type === 'tensor' ? object.shape : object?.inputShape;
  };
  const initial = given.positional[0]?.value ?? given.keywords.find(argument => argument.name === 'layers')?.value;
  const items = initial === undefined || initial.kind === 'none' ? [] : machine.items(initial);
  if (items === undefined && layers.kind === 'list') layers.cells.set('items', unknownValue);
  for (const item of items ?? []) add(item, site);
  return hostValue({
    type: 'layer', name: 'keras.Sequential',
    get inputShape() { return firstShape(); },
    call(inner, at) {
      const given = inner.positional[0]?.value ?? unknownValue;
      // What goes into a model whose input is declared has that shape.
      const declared = asTensor(given)?.shape === undefined ? firstShape() : undefined;
      return run(declared === undefined ? given : tensor(declared, 'input_shape of the first layer'), at);
    },
    items: () => undefined,
    attribute: name => modelAttribute(name, asItems(state)?.[0], asItems(layers)),
    method(name, inner, at) {
      const [first] = inner.positional;
      if (name === 'add' && first !== undefined) { add(first.value, at); return noneValue; }
      if (name === 'pop') { if (layers.kind === 'list') layers.cells.set('items', unknownValue); setState(undefined); return noneValue; }
      return modelMethod(name, inner, at, value => run(value, at));
    },
  });
}

/** `keras.Model(inputs, outputs)`: calling it gives the outputs' shapes for the new input's sizes. */
export function functionalModel(given: Arguments, site: Site): Value {
  const named = (name: string, position: number): Value | undefined =>
    given.keywords.find(argument => argument.name === name || argument.name === name.slice(0, -1))?.value ?? given.positional[position]?.value;
  const [inputs, outputs] = [named('inputs', 0), named('outputs', 1)];
  const inside = inputs === undefined ? [] : site.machine.items(inputs) ?? [inputs];
  const [first] = inside;
  const run = (value: Value, at: Site): Value => {
    const values = asItems(value) ?? [value];
    const bindings = new Map<string, Int>();
    for (const [index, own] of inside.entries()) {
      const [from, to] = [asTensor(own)?.shape, asTensor(values[index])?.shape];
      if (from === undefined || to?.length !== from.length) return outputs?.kind === 'host' ? tensor(undefined) : unknownValue;
      for (const [axis, size] of from.entries()) {
        const [symbol] = size.terms[0]?.factors ?? [];
        const found = to[axis];
        if (symbol?.kind === 'symbol' && size.terms.length === 1 && found !== undefined) bindings.set(symbol.key, found);
      }
    }
    return outputs === undefined ? unknownValue : substituted(outputs, bindings, at);
  };
  return hostValue({
    type: 'layer', name: 'keras.Model', inputShape: first === undefined ? undefined : asTensor(first)?.shape,
    call: (inner, at) => run(inner.positional[0]?.value ?? unknownValue, at),
    attribute: name => modelAttribute(name, outputs, undefined) ?? (name === 'input' || name === 'inputs' ? inputs : undefined),
    method: (name, inner, at) => modelMethod(name, inner, at, value => run(value, at)),
  });
}

/** The same value with sizes replaced in every tensor. */
function substituted(value: Value, bindings: ReadonlyMap<string, Int>, site: Site): Value {
  const made = asTensor(value);
  if (made !== undefined) {
    return tensor(made.shape?.map(size => substitute(size, (symbol: SymbolAtom) => bindings.get(symbol.key))), made.origin);
  }
  const items = asItems(value);
  return items === undefined ? unknownValue : site.machine.list(items.map(item => substituted(item, bindings, site)));
}

function modelAttribute(name: string, output: Value | undefined, layers: readonly Value[] | undefined): Value | undefined {
  const shape = output === undefined ? undefined : asTensor(output)?.shape;
  switch (name) {
    case 'output': case 'outputs': return output ?? unknownValue;
    case 'output_shape': return shape === undefined ? unknownValue : tuple(shape.map((size, axis) => axis === 0 ? noneValue : { kind: 'integer', value: size }));
    case 'layers': return layers === undefined ? unknownValue : tuple(layers);
    default: return undefined;
  }
}

/** What any model of Keras can: `run` calls it with an input. `undefined` for a method that we do not know. */
export function modelMethod(name: string, given: Arguments, site: Site, run: (value: Value) => Value): Value | undefined {
  const value = given.positional[0]?.value ?? given.keywords.find(argument => argument.name === 'input_shape' || argument.name === 'x')?.value;
  switch (name) {
    case 'build': {
      const shape = value === undefined ? undefined : builtShape(value, site);
      if (shape !== undefined) run(tensor(shape, 'build(…)'));
      return noneValue;
    }
    case 'predict': case 'call': return value === undefined ? undefined : run(value);
    default: return undefined;
  }
}

function builtShape(value: Value, site: Site): Shape | undefined {
  return sizes(value, site, true);
}
