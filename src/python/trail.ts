import type { Value } from './values';

/** A place for named values that can change: a scope, the attributes of an instance, a list. */
export class Cells {
  /** The work that made it; nobody, for the names of a module. */
  readonly owner: Worker | undefined;
  private readonly values = new Map<string, Value>();

  constructor(protected readonly trail: Trail, owner = trail.worker) {
    this.owner = owner;
  }

  get(key: string): Value | undefined {
    return this.values.get(key);
  }

  keys(): Iterable<string> {
    return this.values.keys();
  }

  /** How many keys there are. */
  get size(): number {
    return this.values.size;
  }

  set(key: string, value: Value | undefined): void {
    this.trail.record(this, key, this.values.get(key));
    this.put(key, value);
  }

  /** Writes without a record: for the trail alone. */
  put(key: string, value: Value | undefined): void {
    if (value === undefined) this.values.delete(key);
    else this.values.set(key, value);
  }
}

/** A piece of work that can be kept and need not be done again while all that it depends on is as it was. */
export interface Worker {
  /** Something that it made has been changed by other work, or the other way round: it is done again every time. */
  stale: boolean;
  /** The same, where both are of imported modules: while files are the same, what came of that is kept as a whole. */
  linked: boolean;
  /** Whether it belongs to an imported module. */
  readonly imported: boolean;
  /** It has read a name of a module, or is about to change it. */
  reads(cells: ModuleCells, key: string, value: Value | undefined): void;
}

/** The names of a module: who reads one depends on what it is. */
export class ModuleCells extends Cells {
  /** Set when other modules have changed names of this one, see {@link Worker}. */
  stale = false;
  readonly imported: boolean;

  /** @param need runs what a name of an imported module needs, where that has not been done yet. */
  constructor(trail: Trail, private readonly need?: (name: string) => void) {
    super(trail, undefined);
    this.imported = need !== undefined;
  }

  override get(key: string): Value | undefined {
    this.need?.(key);
    const value = super.get(key);
    this.trail.worker?.reads(this, key, value);
    return value;
  }

  override set(key: string, value: Value | undefined): void {
    this.trail.worker?.reads(this, key, super.get(key));
    super.set(key, value);
  }

  /** The value, without a dependency on it. */
  peek(key: string): Value | undefined {
    this.need?.(key);
    return super.get(key);
  }

  /** What the name is bound to so far. */
  present(key: string): Value | undefined {
    return super.get(key);
  }
}

/** What a path of execution changed: the values it left behind. */
export type Delta = ReadonlyMap<Cells, ReadonlyMap<string, Value | undefined>>;

interface Write { readonly cells: Cells; readonly key: string; readonly old: Value | undefined }

/**
 * The record of every write, so that execution can go back: an `if` on an unknown condition runs one way,
 * is taken back, runs the other way, and the two outcomes are joined where they differ.
 */
export class Trail {
  /** The work that is being done. */
  worker: Worker | undefined;
  private log: Write[] = [];

  mark(): number {
    return this.log.length;
  }

  /** How much has been written since the mark. */
  writtenSince(mark: number): number {
    return this.log.length - mark;
  }

  record(cells: Cells, key: string, old: Value | undefined): void {
    this.log.push({ cells, key, old });
  }

  /**
   * Does a piece of work with a record of its own: nothing that is under way outside takes it back.
   * Gives each place that it changed.
   */
  apart(worker: Worker | undefined, work: () => void): readonly Write[] {
    const { log, worker: outer } = this;
    this.log = [];
    this.worker = worker;
    try {
      work();
      return this.log;
    } finally {
      this.log = log;
      this.worker = outer;
    }
  }

  /** Takes back what has been changed since the mark in places that were there before the present work. */
  restoreOthers(mark: number): void {
    const mine: Write[] = [];
    while (this.log.length > mark) {
      const entry = this.log.pop();
      if (entry === undefined) continue;
      if (entry.cells.owner === this.worker) mine.push(entry);
      else entry.cells.put(entry.key, entry.old);
    }
    this.log.push(...mine.reverse());
  }

  /** What has changed since the mark, with the present values. */
  delta(mark: number): Delta {
    const delta = new Map<Cells, Map<string, Value | undefined>>();
    for (let at = mark; at < this.log.length; at++) {
      const entry = this.log[at];
      if (entry === undefined) continue;
      let changes = delta.get(entry.cells);
      if (changes === undefined) delta.set(entry.cells, changes = new Map());
      changes.set(entry.key, entry.cells.get(entry.key));
    }
    return delta;
  }

  /** Takes back everything since the mark. */
  rollback(mark: number): void {
    while (this.log.length > mark) {
      const entry = this.log.pop();
      entry?.cells.put(entry.key, entry.old);
    }
  }

  /** Takes back everything since the mark, then leaves the join of several outcomes. */
  merge(mark: number, outcomes: readonly Delta[], join: (a: Value | undefined, b: Value | undefined) => Value | undefined): void {
    this.rollback(mark);
    const [only] = outcomes;
    const touched = new Map<Cells, Set<string>>();
    for (const outcome of outcomes) for (const [cells, changes] of outcome) {
      const keys = touched.get(cells) ?? new Set();
      for (const key of changes.keys()) keys.add(key);
      touched.set(cells, keys);
    }
    for (const [cells, keys] of touched) for (const key of keys) {
      const before = cells.get(key);
      const after = (outcome: Delta): Value | undefined => {
        const changes = outcome.get(cells);
        return changes?.has(key) === true ? changes.get(key) : before;
      };
      if (only === undefined) continue;
      let value = after(only);
      for (const outcome of outcomes.slice(1)) value = join(value, after(outcome));
      if (value !== before) cells.set(key, value);
    }
  }
}
