import { asInteger, asItems, type Arguments, type HostValue, type Value } from '../python/values';
import type { ArgumentValue, GivenArguments, Shape } from '../frameworks/argument';
import type { Reading } from '../frameworks/api';
import type { Site } from '../python/machine';
import type { CallExpression } from '../python/syntax';

/** A tensor: what is known of it is its shape. */
export interface Tensor {
  readonly type: 'tensor';
  /** `undefined`: not even the rank is known. */
  readonly shape: Shape | undefined;
  readonly origin: Provenance | undefined;
  /** Stands for a list or tuple of tensors where these are shown: the shape of each. */
  readonly parts?: readonly (Shape | undefined)[];
  /** The numbers in a small array of one axis that the code writes down. */
  readonly numbers?: readonly Value[];
  /** Its shape is only what the first layer that takes it implies. */
  readonly implied?: boolean;
  /** Of a tensor without a shape: something unknown that has the same, as a variable and under its key. */
  readonly like?: Variable;
}

/** Something of which nothing is known, by its name in the code. */
export interface Variable {
  readonly key: string;
  readonly name: string;
}

/** Something that is called with tensors and gives tensors. */
export interface LayerObject {
  readonly type: 'layer';
  /** Qualified name of its class. */
  readonly name: string;
  /** The shape of its input that its constructor tells (`input_shape=…`). */
  readonly inputShape?: Shape | undefined;
  call(given: Arguments, site: Site): Value;
  attribute?(name: string): Value | undefined;
  method?(name: string, given: Arguments, site: Site): Value | undefined;
  items?(): readonly Value[] | undefined;
  subscript?(index: Value, site: Site): Value;
}

export type NetworkObject = Tensor | LayerObject;

export function hostValue(data: NetworkObject): HostValue {
  return { kind: 'host', data };
}

/** How a tensor came about: it goes from operation to operation. */
export interface Provenance {
  /** Where the sizes of the input come from, in words. */
  readonly source: string | undefined;
  /** The transposed convolutions on the way, first to last. */
  readonly layers: readonly PassedLayer[];
  /** The call that made the layer which last changed the shape. */
  readonly last?: CallExpression | undefined;
}

export interface PassedLayer {
  readonly call: CallExpression;
  readonly reading: Reading;
}

/** PyTorch has no tensors of more axes. */
const mostAxes = 64;

export function tensor(given: Shape | undefined, origin?: Provenance | string): HostValue {
  const shape = given !== undefined && given.length > mostAxes ? undefined : given;
  return hostValue({ type: 'tensor', shape, origin: typeof origin === 'string' ? { source: origin, layers: [] } : origin });
}

/** A tensor that has the shape of a value, whatever that is. */
export function alike(value: Value | undefined, known: Tensor | undefined): HostValue {
  const like = known === undefined ? variableOf(value) : known.like;
  return known?.shape !== undefined || like === undefined ? tensor(known?.shape, known?.origin) : hostValue({ type: 'tensor', shape: undefined, origin: known?.origin, like });
}

/** The variable whose shape a value has, where nothing else is known of it. An attribute of the object is none. */
export function variableOf(value: Value | undefined): Variable | undefined {
  if (value?.kind === 'unknown') return value.key === undefined || value.name === undefined || /^self\b/.test(value.name) ? undefined : { key: value.key, name: value.name };
  const known = asTensor(value);
  return known?.shape === undefined ? known?.like : undefined;
}

export function networkObject(value: Value): NetworkObject | undefined {
  return value.kind === 'host' ? value.data as NetworkObject : undefined;
}

export function asTensor(value: Value | undefined): Tensor | undefined {
  const object = value === undefined ? undefined : networkObject(value);
  return object?.type === 'tensor' ? object : undefined;
}

/** More items than an argument has, those within others counted; what holds more is not looked at. */
const mostItems = 2_000;

/** The value in the terms of frameworks. */
export function toArgument(value: Value, depth = 4, room = { items: mostItems }): ArgumentValue {
  switch (value.kind) {
    case 'integer': return { kind: 'integer', value: value.value };
    case 'float': return { kind: 'float', value: value.value };
    case 'boolean': return { kind: 'boolean', value: value.value };
    case 'none': return { kind: 'none' };
    case 'string': return { kind: 'string', value: value.value };
    case 'tuple': case 'list': {
      const items = asItems(value);
      room.items -= items?.length ?? 0;
      if (items === undefined || depth === 0 || room.items < 0) return { kind: 'unknown' };
      return { kind: 'sequence', form: value.kind, items: items.map(item => toArgument(item, depth - 1, room)) };
    }
    case 'host': {
      const object = networkObject(value);
      return object?.type === 'tensor' ? { kind: 'tensor', shape: object.shape } : { kind: 'other', description: 'a layer' };
    }
    case 'unknown': {
      const symbol = asInteger(value);
      return symbol === undefined ? { kind: 'unknown' } : { kind: 'unknown', symbol };
    }
    case 'function': case 'method': return { kind: 'other', description: 'a function' };
    case 'class': return { kind: 'other', description: `the class ${value.node.name}` };
    case 'dictionary': return { kind: 'other', description: 'a dictionary' };
    default: return { kind: 'unknown' };
  }
}

export function toGiven(given: Arguments): GivenArguments {
  return {
    given: [
      ...given.positional.map(argument => ({ value: toArgument(argument.value), keyword: undefined, source: argument.source })),
      ...given.keywords.map(argument => ({ value: toArgument(argument.value), keyword: argument.name, source: argument.source })),
    ],
    unknownPositional: given.unknownPositional,
    unknownKeywords: given.unknownKeywords,
  };
}
