import { equal } from '../algebra/integer';
import { asItems, tuple, unknownValue, type Value } from './values';

/**
 * What is known of a value that is one of two: the value if they agree, else unknown.
 * @param other may know more of values that are not Python's own.
 * @param budget how many items of tuples are still looked at: they may hold one another many times over.
 */
export function join(a: Value | undefined, b: Value | undefined, other?: (a: Value, b: Value) => Value | undefined, budget = { items: 2_000, equal: { items: 4_000 } }): Value | undefined {
  if (a === b) return a;
  // Bound on one path only: where it is used, it was bound.
  if (a === undefined) return b;
  if (b === undefined) return a;
  if (same(a, b, 4, budget.equal)) return a;
  if (a.kind === 'tuple' && b.kind === 'tuple' && a.items.length === b.items.length) {
    if ((budget.items -= a.items.length) < 0) return unknownValue;
    return tuple(a.items.map((item, index) => join(item, b.items[index], other, budget) ?? unknownValue));
  }
  return other?.(a, b) ?? unknownValue;
}

/**
 * Whether two values are certainly equal.
 * @param budget how many items of tuples are still looked at: they may hold one another many times over.
 */
export function same(a: Value, b: Value, depth: number, budget = { items: 2_000 }): boolean {
  if (a === b) return a.kind !== 'unknown' || a.name !== undefined;
  if (a.kind !== b.kind || depth === 0) return false;
  switch (a.kind) {
    case 'integer': return b.kind === 'integer' && equal(a.value, b.value);
    case 'float': return b.kind === 'float' && a.value === b.value;
    case 'boolean': return b.kind === 'boolean' && a.value === b.value;
    case 'string': return b.kind === 'string' && a.value === b.value;
    case 'none': case 'ellipsis': return true;
    case 'external': return b.kind === 'external' && a.name === b.name && a.from === b.from;
    case 'import': return b.kind === 'import' && a.module === b.module && a.level === b.level && a.name === b.name && a.from === b.from;
    case 'module': return b.kind === 'module' && a.module === b.module;
    case 'externalMethod': return b.kind === 'externalMethod' && a.name === b.name && same(a.self, b.self, depth - 1, budget);
    case 'unknown': return b.kind === 'unknown' && a.key !== undefined && a.key === b.key;
    case 'list': return b.kind === 'list' && a.cells === b.cells;
    case 'dictionary': return b.kind === 'dictionary' && a.cells === b.cells;
    case 'instance': return b.kind === 'instance' && a.cells === b.cells;
    case 'host': return b.kind === 'host' && a.data === b.data;
    case 'function': return b.kind === 'function' && a.node === b.node && a.scope === b.scope;
    case 'class': return b.kind === 'class' && a.cells === b.cells;
    case 'method': return b.kind === 'method' && a.function === b.function && same(a.self, b.self, depth - 1, budget);
    case 'tuple': {
      const others = asItems(b);
      return others !== undefined && others.length === a.items.length && a.items.every((item, index) => {
        const other = others[index];
        return other !== undefined && budget.items-- > 0 && same(item, other, depth - 1, budget);
      });
    }
    default: return false;
  }
}
