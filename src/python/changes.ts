import type { Unit } from './unit';

/**
 * Compares a run with the one before it, unit by unit: what may differ now, at the point that the run has come
 * to, from what the last run had there. Most units have nothing to do with it and need not be looked at.
 */
export class Changes {
  /** Names of the module that is analysed. */
  private readonly names = new Set<string>();
  /** Definitions that are entered by others than before, members of classes of which there are other objects. */
  private readonly subjects = new Set<object>();
  /** Of the last run, the first unit that this one has not come to. */
  private next = 0;

  /**
   * @param before the units of the last run, in order.
   * @param lost that nothing can be said: everything is looked at.
   */
  constructor(private readonly before: readonly Unit[], public lost: boolean) {}

  /** The run has come to a unit that the last one had as well. What that one did in between has not been done. */
  comeTo(unit: Unit): void {
    if (unit.order < this.next) this.lost = true;
    for (; this.next < unit.order; this.next++) this.differs(this.before[this.next]);
    this.next = unit.order + 1;
  }

  /** Something was done that the last run had not done here, or the other way round. */
  differs(unit: Unit | undefined): void {
    if (unit === undefined || this.lost) return;
    if (unit.stars.length > 0) this.lost = true;
    for (const name of unit.writes.keys()) this.names.add(name);
    for (const node of unit.entered) this.subjects.add(node);
    for (const instance of unit.instances) this.subjects.add(instance.class.cells);
  }

  /** Whether a unit of the last run, which is self-contained, surely does the same here. */
  spares(unit: Unit, setting: string): boolean {
    return !this.lost && unit.ignores(this.names, this.subjects, setting);
  }

  /** A unit of the last run does the same here: what it binds is what it was. */
  same(unit: Unit): void {
    if (this.names.size > 0) for (const name of unit.writes.keys()) this.names.delete(name);
  }
}
