import { importedBases } from './classes';
import { dictionaryOf } from './dictionaries';
import type { Machine } from './machine';
import { moduleOf, type Scope } from './scope';
import { ModuleCells, type Cells } from './trail';
import { openCell, setSome } from './types';
import { boolean, noneValue, unknownValue, type Arguments, type NamespaceValue, type Value } from './values';

/** `vars(object)`, `object.__dict__`. */
export function namespaceOf(value: Value): Value {
  switch (value.kind) {
    case 'module': case 'external': case 'instance': case 'class': return { kind: 'namespace', of: value };
    case 'dictionary': return value.attributes === true ? value : unknownValue;
    default: return unknownValue;
  }
}

/** `globals()`, `locals()`, `vars()`: what depends on where it is called. `undefined`: another function. */
export function callInScope(machine: Machine, name: string, given: Arguments, scope: Scope): Value | undefined {
  const module = moduleOf(scope);
  const alone = given.positional.length === 0;
  if (name === 'importlib.import_module') {
    const [path] = given.positional;
    return path?.value.kind === 'string' && !path.value.value.startsWith('.') ? machine.imports.resolve(machine.imports.imported(path.value.value, 0, undefined, scope)) : undefined;
  }
  if (!alone || (name !== 'builtins.globals' && name !== 'builtins.locals' && name !== 'builtins.vars')) return undefined;
  if (name === 'builtins.globals' || scope === module) return namespaceOf(moduleValue(module));
  // Which names are bound by now is not always certain.
  return machine.dictionary(entriesOf(scope.cells).set('open', boolean(true)));
}

/** The module itself, as `sys.modules[__name__]` gives it. */
export function moduleValue(module: Scope): Value {
  const { cells, path } = module;
  return cells instanceof ModuleCells ? { kind: 'module', module: { path: path ?? '', scope: { ...module, cells } } } : unknownValue;
}

/** `namespace[key]`; `undefined` where that is not there, or may not be. */
export function namespaceItem(machine: Machine, { of }: NamespaceValue, key: Value): Value | undefined {
  if (key.kind !== 'string' || key.value.startsWith(' ')) return undefined;
  if (of.kind === 'instance' || of.kind === 'class') return of.cells.get(key.value);
  const found = machine.attribute(of, key.value);
  return found.kind === 'unknown' ? undefined : found;
}

/** A method of such a dictionary that may change it; `undefined` for another. */
export function namespaceMethod(machine: Machine, self: NamespaceValue, name: string, given: Arguments): Value | undefined {
  const { of } = self;
  const [key = unknownValue, other] = given.positional.map(argument => argument.value);
  const found = namespaceItem(machine, self, key) ?? (isWhole(of) && key.kind === 'string' ? other ?? noneValue : unknownValue);
  switch (name) {
    case 'get': return found;
    case 'pop':
      if (key.kind === 'string' && of.kind === 'instance') of.cells.set(key.value, undefined);
      return found;
    case 'update': {
      const added = dictionaryOf(machine, given.positional.map(argument => argument.value), given);
      if (added.kind !== 'dictionary') return noneValue;
      if (of.kind === 'instance' && added.cells.get('open') !== undefined) setSome(of);
      for (const cell of added.cells.keys()) if (cell.startsWith('s:')) machine.setAttribute(of, cell.slice(2), added.cells.get(cell) ?? unknownValue);
      return noneValue;
    }
    case 'setdefault': case 'clear': case 'popitem':
      if (of.kind === 'instance') setSome(of);
      return unknownValue;
    default: return undefined;
  }
}

/** What is in such a dictionary now. */
export function asDictionary(machine: Machine, value: Value): Value {
  if (value.kind !== 'namespace') return value;
  const { of } = value;
  if (of.kind !== 'instance') return machine.dictionary(undefined);
  const entries = entriesOf(of.cells);
  return machine.dictionary(isWhole(of) ? entries : entries.set('open', boolean(true)));
}

function entriesOf(cells: Cells): Map<string, Value> {
  return new Map([...cells.keys()].filter(name => !name.startsWith(' ')).map(name => [`s:${name}`, cells.get(name) ?? unknownValue]));
}

/** Whether what is seen are all attributes that an object has of its own. */
function isWhole(value: Value): boolean {
  return value.kind === 'instance' && value.cells.get(openCell) === undefined && importedBases(value.class).length === 0;
}
