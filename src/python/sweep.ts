import { expectsError } from './expectedErrors';
import type { CallExpression, Expression, Statement } from './syntax';
import { blocksOf, expressionsOf, partsOf } from './walk';

/** A call and the innermost definition around it. */
export interface PlacedCall {
  readonly call: CallExpression;
  readonly owner: object | undefined;
}

/**
 * The calls of things with a name. Those that execution never comes to (after a `return`, in code that a
 * bound cut off) are evaluated all the same, so that no layer in the text is missed.
 */
export function namedCalls(statement: Statement): readonly PlacedCall[] {
  let calls = known.get(statement);
  if (calls === undefined) known.set(statement, calls = callsIn(statement));
  return calls;
}

const known = new WeakMap<Statement, readonly PlacedCall[]>();

function callsIn(statement: Statement): readonly PlacedCall[] {
  const calls: PlacedCall[] = [];
  const expression = (node: Expression | undefined, owner: object | undefined): void => {
    if (node === undefined) return;
    if (node.kind === 'call' && mayBeImported(node.callee)) calls.push({ call: node, owner });
    const inner = node.kind === 'lambda' ? node : owner;
    for (const part of partsOf(node)) expression(part, inner);
  };
  const visit = (at: Statement, owner: object | undefined): void => {
    for (const part of expressionsOf(at)) expression(part, owner);
    if (at.kind === 'with' && expectsError(at)) return;
    const inner = at.kind === 'function' || at.kind === 'class' ? at : owner;
    for (const body of blocksOf(at)) for (const below of body) visit(below, inner);
  };
  visit(statement, undefined);
  return calls;
}

/** A call of something with a name, not of the result of another call, nor `super()`, which stands in every class. */
function mayBeImported(callee: Expression): boolean {
  return (callee.kind === 'name' && callee.name !== 'super') || (callee.kind === 'attribute' && mayBeImported(callee.object));
}
