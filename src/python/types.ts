import { importedBases, resolutionOrder } from './classes';
import type { Machine } from './machine';
import { parseCell } from './parse';
import { newScope } from './scope';
import { asItems, boolean, unknownValue, type ClassValue, type InstanceValue, type Value } from './values';

/** `isinstance(value, type)`, where it is certain; `type` may be a tuple of types. */
export function isInstance(machine: Machine, value: Value, type: Value): Value {
  const types = asItems(type) ?? [type];
  const outcomes = types.map(one => isOfType(machine, value, machine.imports.resolve(one)));
  if (outcomes.includes(true)) return boolean(true);
  return outcomes.includes(undefined) ? unknownValue : boolean(false);
}

/** `callable(value)`, where it is certain. */
export function isCallable(value: Value): boolean | undefined {
  switch (value.kind) {
    case 'function': case 'class': case 'method': case 'partial': return true;
    case 'integer': case 'float': case 'string': case 'boolean': case 'list': case 'tuple': case 'dictionary': case 'none': return false;
    default: return undefined;
  }
}

/** `issubclass(value, type)`, where it is certain; `type` may be a tuple of types. */
export function isSubclass(machine: Machine, value: Value, type: Value): Value {
  const types = asItems(type) ?? [type];
  const own = machine.imports.resolve(value);
  const outcomes = types.map(one => isSubclassOf(machine, own, machine.imports.resolve(one)));
  if (outcomes.includes(true)) return boolean(true);
  return outcomes.includes(undefined) ? unknownValue : boolean(false);
}

function isSubclassOf(machine: Machine, value: Value, type: Value): boolean | undefined {
  if (value.kind === 'external') return type.kind === 'external' ? machine.host.isSubclass?.(value.name, type.name) : undefined;
  if (value.kind !== 'class') return undefined;
  const order = resolutionOrder(value);
  if (type.kind === 'class') {
    if (order.some(base => typeof base !== 'string' && base.cells === type.cells)) return true;
    return order.every(base => typeof base !== 'string' || machine.host.isLibrary(base.split('.')[0] ?? '')) ? false : undefined;
  }
  if (type.kind !== 'external') return undefined;
  const outcomes = order.flatMap(base => typeof base === 'string' ? [machine.host.isSubclass?.(base, type.name)] : []);
  return outcomes.includes(true) ? true : outcomes.includes(undefined) ? undefined : false;
}

/** The cell of an object that is set when it may have attributes of which nothing is known. */
export const openCell = '  open';

/** Some attribute of an object is set, not known which: where that is no layer or the like, nothing of the kind is known any more. */
export function setSome(object: InstanceValue, value: Value = unknownValue): void {
  object.cells.set(openCell, boolean(true));
  if (value.kind !== 'unknown' && !data.has(value.kind)) return;
  for (const cells of [object.cells, ...resolutionOrder(object.class).flatMap(base => typeof base === 'string' ? [] : [base.cells])]) {
    for (const name of [...cells.keys()]) {
      const kind = (object.cells.get(name) ?? cells.get(name))?.kind ?? 'function';
      if (!name.startsWith(' ') && data.has(kind)) object.cells.set(name, unknownValue);
    }
  }
}

const data = new Set<Value['kind']>(['integer', 'ratio', 'float', 'boolean', 'none', 'string', 'tuple', 'list', 'dictionary']);

/** `hasattr(value, name)`, where it is certain. */
export function hasAttribute(machine: Machine, value: Value, name: string): boolean | undefined {
  if (value.kind === 'instance') {
    const order = resolutionOrder(value.class);
    const has = (each: string): boolean => order.some(base => typeof base !== 'string' && base.cells.get(each) !== undefined);
    if (value.cells.get(name) !== undefined || has(name)) return true;
    if (value.cells.get(openCell) !== undefined || has('__getattr__') || has('__getattribute__') || has('__slots__')) return undefined;
    return order.every(base => typeof base !== 'string' || machine.host.lacks?.(base, name) === true) ? false : undefined;
  }
  if (value.kind === 'external') return machine.host.exports(value.name, name) ? true : undefined;
  if (value.kind === 'host') return machine.host.has?.(value, name) === true ? true : undefined;
  if (value.kind === 'dictionary' && value.attributes === true) return value.cells.get(`s:${name}`) === undefined ? undefined : true;
  if (!plain.has(value.kind) || value.kind === 'function' || value.kind === 'class') return undefined;
  if (name === '__len__' || name === '__iter__') return ['string', 'list', 'tuple', 'dictionary'].includes(value.kind);
  // What arrays, tensors and layers have; Python's own values have none of these.
  return ofArrays.has(name) ? false : undefined;
}

const ofArrays = new Set(['ndim', 'shape', 'dtype', 'device', 'size', 'detach', 'cpu', 'numpy', 'tolist', 'forward', 'parameters', 'weight', 'bias', 'in_channels', 'out_channels']);

/** Whether a class of the source is an enumeration: its members stand for their values. */
export function isEnumeration(value: Value): boolean {
  return value.kind === 'class' && importedBases(value).some(base => base.startsWith('enum.'));
}

/**
 * Whether a class of the source is a dictionary whose entries are attributes as well, as many projects write one:
 * `class AttrDict(dict)` with nothing but special methods.
 */
export function isAttributeDictionary(value: ClassValue): boolean {
  const bases = importedBases(value);
  return bases.length === 1 && bases[0] === 'builtins.dict' && value.bases.length === 1 && [...value.cells.keys()].every(name => /^__\w+__$/.test(name) && name !== '__call__');
}

/** The values of an enumeration's members, in order. */
export function membersOf(value: ClassValue): readonly Value[] {
  return [...value.cells.keys()].filter(name => !name.startsWith('_') && !name.startsWith(' ')).flatMap(name => {
    const member = value.cells.get(name);
    return member === undefined || member.kind === 'function' ? [] : [member];
  });
}

/** `collections.namedtuple(name, fields)`: a class whose constructor sets the fields. */
export function namedTuple(machine: Machine, name: Value, fields: Value): Value {
  const names = fields.kind === 'string' ? fields.value.split(/[\s,]+/).filter(field => field !== '')
    : machine.items(fields)?.map(field => field.kind === 'string' ? field.value : '');
  const all = [name.kind === 'string' ? name.value : '', ...names ?? ['']];
  if (all.length > 64 || !all.every(each => /^[\p{L}_][\p{L}\p{N}_]*$/u.test(each))) return unknownValue;
  const [own, ...rest] = all;
  const text = `class ${own ?? ''}:\n${rest.map(field => `  ${field}: object\n`).join('')}  pass\n`;
  const [node] = parseCell(text, text, 0, undefined, 'namedtuple').statements;
  if (node?.kind !== 'class') return unknownValue;
  return { kind: 'class', node, bases: [], cells: newScope('class', machine.newCells(), undefined).cells, record: true };
}

const kindsOfType: Readonly<Record<string, readonly Value['kind'][]>> = {
  int: ['integer', 'boolean'], float: ['float'], str: ['string'], bool: ['boolean'], list: ['list'], tuple: ['tuple'], dict: ['dictionary'], bytes: [], bytearray: [], complex: [], set: [], frozenset: [],
  Mapping: ['dictionary'], MutableMapping: ['dictionary'], Sequence: ['list', 'tuple', 'string'], MutableSequence: ['list'],
  Iterable: ['list', 'tuple', 'string', 'dictionary'], Collection: ['list', 'tuple', 'string', 'dictionary'], Sized: ['list', 'tuple', 'string', 'dictionary'],
  Hashable: ['integer', 'float', 'boolean', 'string', 'none', 'function', 'class'], Number: ['integer', 'float', 'boolean'], Integral: ['integer', 'boolean'],
  List: ['list'], Tuple: ['tuple'], Dict: ['dictionary'],
};
const plain = new Set<Value['kind']>(['integer', 'float', 'string', 'boolean', 'list', 'tuple', 'dictionary', 'none', 'function', 'class', 'instance']);

function isOfType(machine: Machine, value: Value, type: Value): boolean | undefined {
  if (type.kind === 'external') {
    const [, name] = /^(?:builtins|typing|collections\.abc|collections|numbers)\.(\w+)$/.exec(type.name) ?? [];
    if (name !== undefined) return isOfKind(value, name);
    if (type.name === 'enum.EnumMeta' || type.name === 'enum.EnumType') return isEnumeration(value) ? true : value.kind !== 'class' && plain.has(value.kind) ? false : undefined;
    const known = machine.host.isInstance?.(value, type.name);
    if (known !== undefined) return known;
    // A member of an enumeration looks like its value.
    return plain.has(value.kind) && value.kind !== 'instance' && value.kind !== 'class' && machine.host.isLibrary(type.name.split('.')[0] ?? '') && !type.name.startsWith('enum.') ? false : undefined;
  }
  if (type.kind !== 'class') return undefined;
  if (value.kind !== 'instance') return plain.has(value.kind) && !isEnumeration(type) ? false : undefined;
  const order = resolutionOrder(value.class);
  if (order.some(base => typeof base !== 'string' && base.cells === type.cells)) return true;
  return order.every(base => typeof base !== 'string' || machine.host.isLibrary(base.split('.')[0] ?? '')) ? false : undefined;
}

function isOfKind(value: Value, name: string): boolean | undefined {
  const kinds = kindsOfType[name];
  if (kinds === undefined || !plain.has(value.kind)) return undefined;
  if (kinds.includes(value.kind)) return true;
  return value.kind === 'instance' || value.kind === 'class' ? undefined : false;
}
