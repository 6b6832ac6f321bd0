import { Changes } from './changes';
import type { Interpreter } from './interpreter';
import { Ledger } from './ledger';
import type { Host } from './machine';
import type { Module } from './modules';
import type { Scope } from './scope';
import type { PlacedCall } from './sweep';
import type { CallExpression } from './syntax';
import type { Cells } from './trail';
import { Unit } from './unit';
import type { ClassValue, FunctionValue, InstanceValue } from './values';

/** What a run did. */
export interface Done {
  /** In order. */
  readonly units: readonly Unit[];
  /** Of those, what the run before had not done. */
  readonly fresh: readonly Unit[];
  /** What only the run before had done. */
  readonly gone: readonly Unit[];
  /** Whether what both did may stand in another order. */
  readonly reordered: boolean;
}

/** Does pieces of work, or takes what came of them in the last run. What has been done in a run, as far as it has come. */
export class Work implements Done {
  /** Whether some work was left out because a bound was reached. */
  cutOff = false;
  units: Unit[] = [];
  fresh: Unit[] = [];
  gone: Unit[] = [];
  /**
   * Whether work that changes what other work made has been done anew, or left out, while the other was taken as
   * it had been. Then nothing of both holds, and the run is to be done again.
   */
  broken = false;
  /** Functions and classes of the source, until somebody takes them. */
  defined: (ClassValue | FunctionValue)[] = [];

  private readonly kept = new Map<object, Unit>();
  private readonly ledger = new Ledger();
  private before: readonly Unit[] = [];
  private changes = new Changes([], true);
  private run = 0;
  private own: Module | undefined;
  /** The last scope of each definition, once somebody has asked for one. */
  private scopes: Map<object, Scope> | undefined;

  constructor(private readonly host: Host, private readonly interpreter: Interpreter) {}

  get reordered(): boolean {
    return this.changes.lost;
  }

  /**
   * @param own the module that is analysed.
   * @param lost whether anything may differ from the last run: other files have changed.
   */
  begin(own: Module, lost: boolean): void {
    if (lost) this.forgetLinked();
    this.fresh = [];
    this.gone = [];
    this.prepare(own, lost);
  }

  /** Begins the run again. */
  again(own: Module): void {
    this.forgetLinked();
    this.prepare(own, true);
  }

  private forgetLinked(): void {
    for (const unit of this.kept.values()) if (unit.linked) unit.stale = true;
  }

  private prepare(own: Module, lost: boolean): void {
    this.run++;
    this.own = own;
    this.broken = false;
    this.before = this.units;
    this.changes = new Changes(this.before, lost);
    this.units = [];
    this.defined = [];
    this.cutOff = false;
    this.scopes = undefined;
  }

  /** Nothing of the last run holds. */
  forget(): void {
    for (const unit of this.kept.values()) unit.stale = true;
  }

  /** What came of this does not hold. */
  drop(key: object): void {
    const unit = this.kept.get(key);
    if (unit !== undefined) unit.stale = true;
  }

  /** @param extra that it only looks at what execution does not come to. */
  do(key: object, module: Module, run: (unit: Unit) => void, extra = false): Unit {
    const known = this.kept.get(key);
    const { setting } = this.host;
    if (known?.selfContained === true) this.changes.comeTo(known);
    if (known !== undefined && ((known.selfContained && this.changes.spares(known, setting)) || known.holds(setting))) {
      this.take(known, module);
      return known;
    }
    if (known?.linked === true && !known.stale) this.broken = true;
    const unit = new Unit(key, module.scope.cells, this.host.newPage(), setting, module !== this.own, extra);
    this.interpreter.work(unit, () => { run(unit); });
    // What read that has been taken as it was before the change.
    for (const other of unit.disturbed) if (!this.fresh.some(each => each === other)) this.broken = true;
    if (this.host.setting !== setting) unit.setting = this.host.setting;
    if (known !== undefined) {
      if (!known.selfContained) this.changes.comeTo(known);
      this.changes.differs(known);
    }
    this.changes.differs(unit);
    this.kept.set(key, unit);
    this.fresh.push(unit);
    if (!extra) this.ledger.add(unit);
    this.enter(unit);
    return unit;
  }

  /** All but the extra work has been done. */
  settle(): void {
    for (const unit of this.before) if (unit.run !== this.run && !unit.extra) {
      this.leave(unit);
      this.ledger.remove(unit);
      if (unit.linked && !unit.stale) this.broken = true;
    }
  }

  end(): void {
    for (const unit of this.before) if (unit.run !== this.run && unit.extra) this.leave(unit);
    this.fresh = this.fresh.filter(unit => unit.run === this.run);
  }

  isEntered(definition: object): boolean {
    return this.ledger.isEntered(definition, this.run);
  }

  /** The objects of the class with these members. */
  instances(cells: Cells): readonly InstanceValue[] {
    return this.ledger.instances(cells, this.run);
  }

  /** These stand in the text now. */
  list(calls: readonly PlacedCall[]): void {
    for (const { call } of calls) this.ledger.list(call);
  }

  /** These have gone from the text. */
  unlist(calls: readonly PlacedCall[]): void {
    for (const { call } of calls) this.ledger.unlist(call);
  }

  /** Calls in the text that execution does not come to. */
  get open(): ReadonlySet<CallExpression> {
    return this.ledger.open;
  }

  /** The last scope of a definition. */
  scopeOf(definition: object): Scope | undefined {
    if (this.scopes === undefined) {
      this.scopes = new Map();
      for (const unit of this.units) this.addScopes(unit);
    }
    return this.scopes.get(definition);
  }

  private addScopes(unit: Unit): void {
    for (const [node, scope] of unit.scopes) this.scopes?.set(node, scope);
  }

  private take(unit: Unit, { scope }: Module): void {
    for (const [name, value] of unit.writes) scope.cells.put(name, value);
    for (const { cells, key, value } of unit.otherWrites) cells.put(key, value);
    if (unit.stars.length > 0) scope.stars.push(...unit.stars);
    if (unit.setting !== undefined) this.host.setting = unit.setting;
    if (!unit.selfContained) this.changes.comeTo(unit);
    this.changes.same(unit);
    this.enter(unit);
  }

  private enter(unit: Unit): void {
    unit.run = this.run;
    unit.order = this.units.length;
    this.units.push(unit);
    this.cutOff ||= unit.cutOff;
    if (this.scopes !== undefined) this.addScopes(unit);
    if (unit.defined.length > 0) this.defined.push(...unit.defined);
  }

  private leave(unit: Unit): void {
    this.gone.push(unit);
    if (this.kept.get(unit.key) === unit) this.kept.delete(unit.key);
  }
}
