import { equal, unknown } from '../algebra/integer';
import type { Machine } from '../python/machine';
import { same } from '../python/join';
import { unknownValue, type Value } from '../python/values';
import type { NetworkContext } from './context';
import { canonicalName } from './libraries';
import { asTensor, hostValue, networkObject, tensor, type LayerObject } from './values';

/** One of several things that can be called, where the code decides on what is not known. */
interface Choice extends LayerObject {
  readonly options: readonly Value[];
}

/** More are not followed. */
const mostOptions = 4;

/** What is known of a value that is one of two: the sizes on which tensors agree; a layer of which both are tried. */
export function joined(left: Value, right: Value, machine: Machine, context: NetworkContext): Value | undefined {
  const [a, b] = [asTensor(left), asTensor(right)];
  if (a !== undefined && b !== undefined) {
    const { shape, like } = a;
    if (shape === undefined && b.shape === undefined && like !== undefined && like.key === b.like?.key) return left;
    if (shape === undefined || shape.length !== b.shape?.length) return tensor(undefined);
    return tensor(shape.map((size, axis) => {
      const other = b.shape?.[axis];
      return other !== undefined && equal(size, other) ? size : unknown;
    }), a.origin);
  }
  // What is used as a tensor or layer was not None.
  if (left.kind === 'none' || right.kind === 'none') {
    const other = left.kind === 'none' ? right : left;
    if (other.kind === 'host') return { ...other, optional: true };
    return other.kind === 'instance' ? { ...choice([other], machine, context), optional: true } : undefined;
  }
  // `keras` by two ways is one thing.
  const [name, other] = [importedName(left), importedName(right)];
  if (name !== undefined && other !== undefined && canonicalName(name) === canonicalName(other)) return left;
  const options = [...optionsOf(left), ...optionsOf(right)];
  const different = options.filter((option, index) => !options.slice(0, index).some(earlier => same(earlier, option, 4)));
  if (different.length > mostOptions || !different.every(isCallable)) return undefined;
  const optional = [left, right].some(value => value.kind === 'host' && value.optional === true);
  return { ...choice(different, machine, context), ...optional ? { optional } : {} };
}

function choice(options: readonly Value[], machine: Machine, context: NetworkContext): ReturnType<typeof hostValue> {
  const each = (run: (option: Value) => Value): Value => {
    const results: Value[] = [];
    if (options.length > 1) context.choosing++;
    const outside = context.choosing;
    try {
      machine.alternatives(options.map(option => () => {
        results.push(run(option));
        return 'normal';
      }));
    } finally {
      context.choosing = outside - (options.length > 1 ? 1 : 0);
    }
    const [first = unknownValue, ...others] = results;
    return others.reduce<Value>((value, other) => machine.join(value, other), first);
  };
  const object: Choice = {
    type: 'layer', name: '', options,
    call: (given, site) => each(option => machine.call(option, given, site.node, site.call)),
    attribute: name => {
      const values = options.map(option => machine.attribute(option, name));
      return values.some(value => value.kind === 'externalMethod' || value.kind === 'method') ? undefined : values.reduce((a, b) => machine.join(a, b));
    },
    method: (name, given, site) => each(option => machine.call(machine.attribute(option, name), given, site.node, site.call)),
    subscript: index => each(option => machine.subscript(option, index)),
  };
  return hostValue(object);
}

/** The qualified name of something imported, where the import says it. */
function importedName(value: Value): string | undefined {
  if (value.kind === 'external') return value.name;
  if (value.kind !== 'import' || value.level > 0) return undefined;
  return value.name === undefined ? value.module : `${value.module}.${value.name}`;
}

function optionsOf(value: Value): readonly Value[] {
  const object = networkObject(value);
  return object?.type === 'layer' && 'options' in object ? (object as Choice).options : [value];
}

function isCallable(value: Value): boolean {
  switch (value.kind) {
    case 'instance': case 'function': case 'class': case 'external': case 'method': case 'partial': return true;
    case 'host': return networkObject(value)?.type === 'layer';
    default: return false;
  }
}
