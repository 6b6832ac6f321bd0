import type { ClassStatement, Expression, FunctionStatement, LambdaExpression, Statement } from './syntax';
import { expressionsOf, everyStatement, partsOf } from './walk';

type Definition = ClassStatement | FunctionStatement | LambdaExpression;

/** {@link callersFirst}, from version to version: as long as each uses the same names, the order stays. */
export class CallersFirst<T extends { readonly node: Definition }> {
  private definitions: readonly T[] = [];
  private order: readonly T[] = [];

  /** The definitions, in that order. */
  of(definitions: readonly T[]): readonly T[] {
    const others = this.replacing(definitions);
    if (others === undefined) this.order = callersFirst(definitions);
    else if (others.size > 0) this.order = this.order.map(each => others.get(each) ?? each);
    this.definitions = definitions;
    return this.order;
  }

  /** What stands for what now; `undefined` where the order may be another. */
  private replacing(definitions: readonly T[]): ReadonlyMap<T, T> | undefined {
    if (definitions.length !== this.definitions.length) return undefined;
    const others = new Map<T, T>();
    for (const [index, now] of definitions.entries()) {
      const before = this.definitions[index];
      if (before === now) continue;
      if (before === undefined || !usesTheSame(before.node, now.node)) return undefined;
      others.set(before, now);
    }
    return others;
  }
}

function usesTheSame(a: Definition, b: Definition): boolean {
  return nameOf(a) === nameOf(b) && [...namesIn(a)].join() === [...namesIn(b)].join();
}

function nameOf(node: Definition): string | undefined {
  return node.kind === 'lambda' ? undefined : node.name;
}

/**
 * Definitions in an order in which those that use others come before them: being used tells more of a
 * function than running it alone. What use cannot decide is last first.
 */
export function callersFirst<T extends { readonly node: Definition }>(definitions: readonly T[]): readonly T[] {
  const byName = new Map<string, T[]>();
  for (const definition of definitions) {
    const name = nameOf(definition.node);
    if (name === undefined) continue;
    const same = byName.get(name);
    if (same === undefined) byName.set(name, [definition]);
    else same.push(definition);
  }
  const finished: T[] = [];
  const seen = new Set<T>();
  // Depth first: a definition is finished after all that it uses. An own stack, for chains may be long.
  for (const start of definitions) {
    if (seen.has(start)) continue;
    seen.add(start);
    const stack = [{ definition: start, uses: usedBy(start, byName) }];
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const next = top.uses.pop();
      if (next === undefined) {
        finished.push(top.definition);
        stack.pop();
      } else if (!seen.has(next)) {
        seen.add(next);
        stack.push({ definition: next, uses: usedBy(next, byName) });
      }
    }
  }
  return finished.reverse();
}

function usedBy<T extends { readonly node: Definition }>(definition: T, byName: ReadonlyMap<string, readonly T[]>): T[] {
  const used: T[] = [];
  for (const name of namesIn(definition.node)) used.push(...byName.get(name) ?? []);
  return used;
}

const namesOf = new WeakMap<Definition, ReadonlySet<string>>();

function namesIn(node: Definition): ReadonlySet<string> {
  let names = namesOf.get(node);
  if (names === undefined) namesOf.set(node, names = collectNames(node));
  return names;
}

function collectNames(node: Definition): ReadonlySet<string> {
  const names = new Set<string>();
  const read = (expression: Expression | undefined): void => {
    if (expression === undefined) return;
    if (expression.kind === 'name') names.add(expression.name);
    for (const part of partsOf(expression)) read(part);
  };
  const statements: readonly Statement[] = node.kind === 'lambda' ? [] : [node];
  if (node.kind === 'lambda') read(node.body);
  for (const statement of everyStatement(statements)) for (const expression of expressionsOf(statement)) read(expression);
  return names;
}
