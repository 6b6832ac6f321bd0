import type { CallExpression } from './syntax';
import type { Cells } from './trail';
import type { Unit } from './unit';
import type { InstanceValue } from './values';

/** Who has done what: units by the definitions, classes and calls that they came to. Kept from run to run. */
export class Ledger {
  private readonly entered = new Map<object, Set<Unit>>();
  private readonly made = new Map<Cells, Set<Unit>>();
  private readonly reached = new Map<CallExpression, number>();
  /** Calls in the present text that no unit comes to. */
  readonly open = new Set<CallExpression>();
  private readonly listed = new Set<CallExpression>();

  add(unit: Unit): void {
    for (const node of unit.entered) addTo(this.entered, node, unit);
    for (const { class: { cells } } of unit.instances) addTo(this.made, cells, unit);
    for (const call of unit.reached) {
      this.reached.set(call, (this.reached.get(call) ?? 0) + 1);
      this.open.delete(call);
    }
  }

  remove(unit: Unit): void {
    for (const node of unit.entered) removeFrom(this.entered, node, unit);
    for (const { class: { cells } } of unit.instances) removeFrom(this.made, cells, unit);
    for (const call of unit.reached) {
      const times = (this.reached.get(call) ?? 0) - 1;
      if (times > 0) this.reached.set(call, times);
      else {
        this.reached.delete(call);
        if (this.listed.has(call)) this.open.add(call);
      }
    }
  }

  /** A call stands in the text. */
  list(call: CallExpression): void {
    this.listed.add(call);
    if (!this.reached.has(call)) this.open.add(call);
  }

  /** A call has gone from the text. */
  unlist(call: CallExpression): void {
    this.listed.delete(call);
    this.open.delete(call);
  }

  /** Whether a definition has been entered in a run, as far as that has come. */
  isEntered(node: object, run: number): boolean {
    for (const unit of this.entered.get(node) ?? []) if (unit.run === run) return true;
    return false;
  }

  /** The objects of a class that have been made in a run, in order, as far as that has come. */
  instances(cells: Cells, run: number): readonly InstanceValue[] {
    const units = [...this.made.get(cells) ?? []].filter(unit => unit.run === run).sort((a, b) => a.order - b.order);
    return units.flatMap(unit => unit.instances.filter(instance => instance.class.cells === cells));
  }
}

function addTo<K>(index: Map<K, Set<Unit>>, key: K, unit: Unit): void {
  const units = index.get(key);
  if (units === undefined) index.set(key, new Set([unit]));
  else units.add(unit);
}

function removeFrom<K>(index: Map<K, Set<Unit>>, key: K, unit: Unit): void {
  const units = index.get(key);
  units?.delete(unit);
  if (units?.size === 0) index.delete(key);
}
