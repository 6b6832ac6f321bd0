import type { Cells } from './trail';

/** `from module import *`. */
export interface StarImport {
  readonly module: string;
  /** The number of leading dots. */
  readonly level: number;
}

/** Where names are looked up: innermost first, class bodies only from their own statements. */
export interface Scope {
  readonly kind: 'module' | 'class' | 'function';
  readonly cells: Cells;
  readonly parent: Scope | undefined;
  /** Modules imported with `*`, in order. */
  readonly stars: StarImport[];
  /** The file of a module, where it is known: what its imports are relative to. */
  readonly path?: string;
  /** Names that `global` or `nonlocal` send outwards. */
  readonly outer: Map<string, 'global' | 'nonlocal'>;
}

export function newScope(kind: Scope['kind'], cells: Cells, parent: Scope | undefined): Scope {
  return { kind, cells, parent, stars: [], outer: new Map() };
}

export function moduleOf(scope: Scope): Scope {
  let at = scope;
  while (at.parent !== undefined) at = at.parent;
  return at;
}

/** The scopes in which a name used in `scope` may stand, in order. */
export function* lookupOrder(scope: Scope): Iterable<Scope> {
  for (let at: Scope | undefined = scope; at !== undefined; at = at.parent) {
    if (at === scope || at.kind !== 'class') yield at;
  }
}

/** The scope that an assignment in `scope` writes to. */
export function bindingScope(scope: Scope, name: string): Scope {
  const outer = scope.outer.get(name);
  if (outer === 'global') return moduleOf(scope);
  if (outer === 'nonlocal') {
    for (let at = scope.parent; at !== undefined; at = at.parent) {
      if (at.kind === 'function' && at.cells.get(name) !== undefined) return at;
    }
  }
  return scope;
}
