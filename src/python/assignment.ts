import { evaluated } from './evaluate';
import type { Machine } from './machine';
import { bindingScope, type Scope } from './scope';
import { nodeNumber, type Expression, type NameExpression } from './syntax';
import { assuming, named, unknownValue, type Value } from './values';

/** Binds a target. What an assignment leaves unknown gets a name, so that it can stand as a symbol. */
export function assignTarget(machine: Machine, target: Expression, value: Value, scope: Scope): void {
  switch (target.kind) {
    case 'name': {
      const said = value.kind === 'unknown' ? machine.host.variable?.(target.name, machine) : undefined;
      const kept = said ?? (value.kind === 'unknown' && value.name === undefined ? newSymbol(machine, target, scope) : value);
      bindingScope(scope, target.name).cells.set(target.name, evaluated(machine, target, kept));
      return;
    }
    case 'attribute': machine.setAttribute(machine.evaluate(target.object, scope), target.name, evaluated(machine, target, value)); return;
    case 'subscript': machine.setItem(machine.evaluate(target.object, scope), machine.evaluate(target.index, scope), value); return;
    case 'starred': assignTarget(machine, target.value, value, scope); return;
    case 'sequence': {
      const items = machine.items(value);
      const star = target.items.findIndex(item => item.kind === 'starred');
      for (const [index, item] of target.items.entries()) {
        if (item.kind === 'starred') {
          assignTarget(machine, item.value, machine.list(items?.slice(index, items.length - (target.items.length - index - 1))), scope);
          continue;
        }
        const fromEnd = star >= 0 && index > star;
        const fits = items !== undefined && (star >= 0 ? items.length >= target.items.length - 1 : items.length === target.items.length);
        const part = fits ? items.at(fromEnd ? index - target.items.length : index) : undefined;
        assignTarget(machine, item, part === undefined ? unknownValue : assuming(part, value), scope);
      }
      return;
    }
    default: machine.evaluate(target, scope);
  }
}

/** A symbol for what a variable then is: `width`, and `width₂` when it gets another value of which nothing is known. */
function newSymbol(machine: Machine, target: NameExpression, scope: Scope): Value {
  const key = `variable ${nodeNumber(target)} ${target.name} #${machine.fresh()}`;
  if (scope.kind !== 'function') return named(target.name, key);
  const cell = `  symbols ${target.name}`;
  const before = scope.cells.get(cell);
  const count = (before?.kind === 'float' ? before.value : 0) + 1;
  scope.cells.set(cell, { kind: 'float', value: count });
  return named(count === 1 ? target.name : target.name + subscript(count), key);
}

function subscript(number: number): string {
  return String(number).replace(/\d/g, digit => String.fromCodePoint(0x2080 + Number(digit)));
}
