import { importedBases } from '../../python/classes';
import { tuple, unknownValue, type InstanceValue, type Value } from '../../python/values';
import { canonicalName } from '../libraries';
import { networkObject } from '../values';

/**
 * `module.children()`: the layers that are its attributes, in the order in which they were set. Unknown where an
 * attribute may hold layers, or may be one: a list is not told from a `ModuleList`.
 */
export function children(module: InstanceValue): Value {
  const found: Value[] = [];
  for (const name of module.cells.keys()) {
    const value = module.cells.get(name);
    if (value === undefined || name.startsWith(' ')) continue;
    const isModule = isChild(value);
    if (isModule === undefined) return unknownValue;
    if (isModule && !found.includes(value)) found.push(value);
  }
  return tuple(found);
}

/** Whether a value is a layer; `undefined` where it may be. */
function isChild(value: Value): boolean | undefined {
  switch (value.kind) {
    case 'instance': return importedBases(value.class).some(base => canonicalName(base).startsWith('torch.nn.'));
    case 'host': {
      const object = networkObject(value);
      if (object?.type === 'tensor') return false;
      return value.optional === true || object === undefined || 'options' in object || !object.name.startsWith('torch.nn.') ? undefined : true;
    }
    case 'list': case 'dictionary': case 'unknown': case 'external': return undefined;
    default: return false;
  }
}
