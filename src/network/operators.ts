import { format } from '../algebra/format';
import { asConstant, unknown } from '../algebra/integer';
import { binary as plainBinary } from '../python/arithmetic';
import type { Site } from '../python/machine';
import { asInteger, unknownValue, type HostValue, type Value } from '../python/values';
import type { NetworkContext } from './context';
import { combined } from './joining';
import { combineNumbers, toNumberArray } from './numpy/numbers';
import { indexed } from './pytorch/indexing';
import { matrixProduct } from './pytorch/axes';
import { alike, networkObject, tensor } from './values';

/** `left operator right`, where at least one is a tensor: both broadcast, as every elementwise function does. */
export function operated(operator: string, left: Value, right: Value, site: Site, context: NetworkContext): Value {
  const numbers = combineNumbers(site.machine, operator, left, right);
  if (numbers !== undefined) return numbers;
  const [a, b] = [context.implied.known(left), context.implied.known(right)];
  if (operator === '@') return tensor(matrixProduct(a?.shape, b?.shape), a?.origin);
  if (a !== undefined && b !== undefined) {
    const shape = combined(a, b, site, context, (p, q, axis) =>
      `RuntimeError: The size of tensor a (${format(p)}) must match the size of tensor b (${format(q)}) at non-singleton dimension ${axis}`);
    return tensor(shape, a.origin ?? b.origin);
  }
  // A number beside a tensor leaves its shape; something unknown may be a larger tensor. So may `2 * x`, if not likely.
  const [known, other] = a === undefined ? [b, left] : [a, right];
  const scalar = other.kind === 'float' || other.kind === 'boolean'
    || ((other.kind === 'integer' || other.kind === 'ratio') && (known?.shape?.some(size => asConstant(size) !== 1) === true || asConstant(asInteger(other) ?? unknown) !== undefined));
  return known !== undefined && scalar ? alike(undefined, known) : known === undefined ? plainBinary(operator, left, right) : tensor(undefined);
}

/** `value[index]` for a tensor, a container or a shape. */
export function subscripted(value: HostValue, index: Value, site: Site): Value {
  const object = networkObject(value);
  if (object?.type === 'tensor' && object.numbers !== undefined && (index.kind === 'integer' || index.kind === 'slice')) {
    const part = site.machine.subscript({ kind: 'tuple', items: object.numbers }, index);
    return toNumberArray(part.kind === 'tuple' ? part : undefined, false) ?? part;
  }
  if (object?.type === 'tensor') return tensor(indexed(object.shape, index), object.origin);
  return object?.subscript?.(index, site) ?? unknownValue;
}
