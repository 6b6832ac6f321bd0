import { findApi } from '../frameworks/index';
import { importedBases } from '../python/classes';
import type { Value } from '../python/values';
import { canonicalName, isLibrarySubclass, isPublicLayer } from './libraries';
import { isLayer, operations } from './operations';
import { networkObject } from './values';

/** Whether a value is of a type of a library, by its canonical name. */
export function isInstanceOf(value: Value, name: string): boolean | undefined {
  if (value.kind === 'instance') {
    const outcomes = importedBases(value.class).map(base => isLibrarySubclass(canonicalName(base), name));
    return outcomes.includes(true) ? true : outcomes.includes(undefined) || outcomes.length === 0 ? undefined : false;
  }
  const object = networkObject(value);
  if (object === undefined || 'options' in object || (value.kind === 'host' && value.optional === true)) return undefined;
  if (object.type === 'tensor') return name === 'torch.Tensor' ? true : name.startsWith('torch.nn.') ? false : undefined;
  if (!object.name.startsWith('torch.nn.')) return undefined;
  return name === 'torch.Tensor' ? false : /^(?:builtins|typing|collections)\b/.test(name) ? undefined : isLibrarySubclass(object.name, name);
}

/** Whether two names of a library are the same class or function; `undefined` stands for None. */
export function isSameName(name: string, other: string | undefined): boolean | undefined {
  const [first, second] = [canonicalName(name), other === undefined ? undefined : canonicalName(other)];
  if (first === second) return true;
  if (second !== undefined) return isPublicLayer(first) && isPublicLayer(second) ? false : undefined;
  return isPublicLayer(first) || isLayer(first) || operations.has(first) || findApi(name) !== undefined ? false : undefined;
}
