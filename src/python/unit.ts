import { same } from './join';
import type { Scope, StarImport } from './scope';
import type { CallExpression } from './syntax';
import type { Cells, ModuleCells, Worker } from './trail';
import type { ClassValue, FunctionValue, InstanceValue, Value } from './values';

/**
 * A piece of work of the analysis: a statement of a module, or a definition that nobody calls. It remembers
 * what it read and what came of it, so that the next version of a text runs again only what may differ.
 */
export class Unit implements Worker {
  stale = false;
  linked = false;
  /** The run in which it was done last, or taken over, and its position in that. */
  run = 0;
  order = 0;
  /** Names of its module that it bound. */
  readonly writes = new Map<string, Value | undefined>();
  /** Names of other modules that it bound. */
  readonly otherWrites: { readonly cells: ModuleCells; readonly key: string; readonly value: Value | undefined }[] = [];
  /** Other work of which it was the first to change something. */
  readonly disturbed = new Set<Worker>();
  readonly stars: StarImport[] = [];
  readonly entered = new Set<object>();
  readonly reached = new Set<CallExpression>();
  readonly scopes = new Map<object, Scope>();
  readonly instances: InstanceValue[] = [];
  readonly defined: (ClassValue | FunctionValue)[] = [];
  /** What it set {@link Host.setting} to. */
  setting: string | undefined;
  steps = 0;
  cutOff = false;

  /** Whether all that it read was of the module that is analysed, or its subjects can be told. */
  selfContained: boolean;

  private readonly names = new Map<ModuleCells, Map<string, Value | undefined>>();
  private readonly facts: { readonly now: () => unknown; readonly then: unknown }[] = [];
  /** What the facts are about: definitions, and the members of classes. */
  private readonly subjects = new Set<object>();

  /**
   * @param key what it runs. @param cells the names of the module that it belongs to.
   * @param page where the host records what it meets. @param settingBefore {@link Host.setting} when it began.
   * @param imported that it belongs to another module than the one that is analysed.
   * @param extra that it only looks at what execution does not come to.
   */
  constructor(
    readonly key: object, readonly cells: ModuleCells, readonly page: object, private readonly settingBefore: string,
    readonly imported = false, readonly extra = false,
  ) {
    // What it reads of an imported module has to be run there first.
    this.selfContained = !imported;
  }

  reads(cells: ModuleCells, key: string, value: Value | undefined): void {
    let names = this.names.get(cells);
    if (names === undefined) {
      this.names.set(cells, names = new Map());
      if (cells !== this.cells) this.selfContained = false;
    }
    if (!names.has(key)) names.set(key, value);
  }

  /**
   * It depends on what `now` gives. Returns that.
   * @param subjects what it is about, so that it stays the same while nobody does anything with these;
   * nothing, where that cannot be said.
   */
  dependsOn<T>(now: () => T, subjects?: readonly object[]): T {
    const then = now();
    this.facts.push({ now, then });
    if (subjects === undefined) this.selfContained = false;
    else for (const subject of subjects) this.subjects.add(subject);
    return then;
  }

  /** {@link dependsOn} for a list: it depends on each item, and on how many there are. */
  dependsOnAll<T>(now: () => readonly T[], subjects: readonly object[]): readonly T[] {
    const then = now();
    this.dependsOn(() => sameItems(now(), then) ? then : undefined, subjects);
    return then;
  }

  /** Takes the record of what it changed. Who changes what others made cannot be kept, nor can they, or only together. */
  finish(writes: readonly { readonly cells: Cells; readonly key: string }[]): void {
    for (const { cells, key } of writes) {
      if (cells === this.cells) this.writes.set(key, this.cells.present(key));
      else if (cells.owner !== this) this.disturb(cells, key);
    }
  }

  private disturb(cells: Cells, key: string): void {
    const { owner } = cells;
    const module = cells as ModuleCells;
    if (this.imported && (owner ?? module).imported) {
      this.linked = true;
      if (owner === undefined) this.otherWrites.push({ cells: module, key, value: module.present(key) });
      else owner.linked = true;
    } else {
      if (owner?.stale === false) this.disturbed.add(owner);
      this.stale = (owner ?? module).stale = true;
    }
  }

  /** Whether running it now would do what it did. */
  holds(setting: string): boolean {
    if (this.stale || setting !== this.settingBefore) return false;
    for (const [cells, names] of this.names) {
      for (const [key, value] of names) if (!unchanged(cells.peek(key), value)) return false;
    }
    return this.facts.every(({ now, then }) => now() === then);
  }

  /**
   * Whether it, being self-contained, surely {@link holds} where nothing differs from its last run but these names of its module and
   * what concerns these subjects.
   */
  ignores(names: ReadonlySet<string>, subjects: ReadonlySet<object>, setting: string): boolean {
    if (this.stale || setting !== this.settingBefore) return false;
    if (names.size > 0) {
      const read = this.names.get(this.cells);
      if (read !== undefined) for (const name of names) if (read.has(name)) return false;
    }
    if (subjects.size > 0) for (const subject of this.subjects) if (subjects.has(subject)) return false;
    return true;
  }
}

function sameItems(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}

/** Whether who read the one would go on in the same way with the other. */
function unchanged(a: Value | undefined, b: Value | undefined): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined || a.assumed !== undefined || b.assumed !== undefined) return false;
  return plain.has(a.kind) && same(a, b, 3);
}

/** Values with nothing behind them that could differ. */
const plain: ReadonlySet<Value['kind']> = new Set(['integer', 'float', 'boolean', 'string', 'none', 'ellipsis', 'external', 'import', 'unknown']);
