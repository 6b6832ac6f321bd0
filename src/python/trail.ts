import type { Value } from './values';

/** A place for named values that can change: a scope, the attributes of an instance, a list. */
export class Cells {
  private readonly values = new Map<string, Value>();

  constructor(private readonly trail: Trail) {}

  get(key: string): Value | undefined {
    return this.values.get(key);
  }

  keys(): Iterable<string> {
    return this.values.keys();
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

/** What a path of execution changed: the values it left behind. */
export type Delta = ReadonlyMap<Cells, ReadonlyMap<string, Value | undefined>>;

/**
 * The record of every write, so that execution can go back: an `if` on an unknown condition runs one way,
 * is taken back, runs the other way, and the two outcomes are joined where they differ.
 */
export class Trail {
  private readonly log: { readonly cells: Cells; readonly key: string; readonly old: Value | undefined }[] = [];

  mark(): number {
    return this.log.length;
  }

  record(cells: Cells, key: string, old: Value | undefined): void {
    this.log.push({ cells, key, old });
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
