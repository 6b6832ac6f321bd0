import { spendOn } from './costs';
import type { Machine } from './machine';
import type { Expression, Node } from './syntax';
import type { Cells } from './trail';
import { noArguments, unknownValue, type Arguments, type ClassValue, type InstanceValue, type Value } from './values';

/** The class and its bases in the order in which attributes are looked up; imported bases by name. */
export function resolutionOrder(value: ClassValue): readonly (ClassValue | string)[] {
  const known = orders.get(value.cells);
  if (known !== undefined) return known;
  const order: (ClassValue | string)[] = [];
  const visit = (base: Value, depth: number): void => {
    if (depth > 16) return;
    if (base.kind === 'external') order.push(base.name);
    else if (base.kind !== 'class') order.push('');
    else if (!order.some(seen => typeof seen !== 'string' && seen.cells === base.cells)) {
      order.push(base);
      for (const next of base.bases) visit(next, depth + 1);
    }
  };
  visit(value, 0);
  orders.set(value.cells, order);
  return order;
}

const orders = new WeakMap<Cells, readonly (ClassValue | string)[]>();

/** Names of the imported classes among the bases; an empty name for one that is not known. */
export function importedBases(value: ClassValue): readonly string[] {
  return resolutionOrder(value).filter(base => typeof base === 'string');
}

/** What a class or the first of its bases that has it binds a name to. */
export function findInClass(order: readonly (ClassValue | string)[], name: string): { readonly value: Value; readonly owner: ClassValue } | undefined {
  for (const base of order) {
    if (typeof base === 'string') continue;
    const value = base.cells.get(name);
    if (value !== undefined) return { value, owner: base };
  }
  return undefined;
}

/** Fields of a dataclass or the like, in the order of the constructor's arguments: those of bases first. */
export function fieldsOf(value: ClassValue): readonly string[] {
  return [...new Set([...resolutionOrder(value)].reverse().flatMap(base => typeof base === 'string' ? [] : base.node.body.flatMap(statement =>
    statement.kind === 'assign' && statement.annotation !== undefined && statement.targets[0]?.kind === 'name' && !isLeftOut(statement.value) ? [statement.targets[0].name] : [])))];
}

/** `field(init=False)`. */
function isLeftOut(value: Expression | undefined): boolean {
  return value?.kind === 'call' && value.arguments.some(argument => argument.keyword === 'init' && argument.value.kind === 'constant' && argument.value.value === false);
}

/** Sets the fields of a dataclass or named tuple from the arguments, then runs its `__post_init__` with those that are none. */
export function fillRecord(machine: Machine, instance: InstanceValue, given: Arguments, node: Node): void {
  const order = resolutionOrder(instance.class);
  const fields = fieldsOf(instance.class);
  const named = new Map(given.keywords.map(argument => [argument.name, argument.value]));
  spendOn(machine, 4 * fields.length);
  for (const [index, field] of fields.entries()) {
    const value = given.positional[index]?.value ?? named.get(field);
    const fallback = findInClass(order, field)?.value;
    if (value !== undefined) instance.cells.set(field, value);
    else if (given.unknownKeywords || given.unknownPositional) instance.cells.set(field, unknownValue);
    else if (fallback?.kind === 'partial' && fallback.factory === true) instance.cells.set(field, machine.call(fallback.callee, noArguments, node));
  }
  const after = findInClass(order, '__post_init__')?.value;
  const own = new Set(fields);
  const keywords = given.keywords.filter(argument => !own.has(argument.name));
  if (after?.kind === 'function') machine.call({ kind: 'method', self: instance, function: after }, { ...given, positional: [], keywords }, node);
}
