import type { Interpreter } from './interpreter';
import type { CallExpression, Expression, Statement } from './syntax';
import { blocksOf, expressionsOf, partsOf } from './walk';

/**
 * Evaluates the calls that execution never came to (after a `return`, in code that a bound cut off), each in
 * the scope that its function last had, so that no layer in the text is missed.
 */
export function sweepUnreached(interpreter: Interpreter, statements: readonly Statement[]): void {
  const visitCall = (call: CallExpression, owner: object | undefined): void => {
    if (!interpreter.hasReached(call) && mayBeImported(call.callee)) interpreter.evaluateUnreached(call, interpreter.scopeOf(owner));
  };
  const expression = (node: Expression | undefined, owner: object | undefined): void => {
    if (node === undefined) return;
    if (node.kind === 'call') visitCall(node, owner);
    const inner = node.kind === 'lambda' ? node : owner;
    for (const part of partsOf(node)) expression(part, inner);
  };
  const block = (list: readonly Statement[], owner: object | undefined): void => {
    for (const statement of list) {
      for (const part of expressionsOf(statement)) expression(part, owner);
      const inner = statement.kind === 'function' || statement.kind === 'class' ? statement : owner;
      for (const body of blocksOf(statement)) block(body, inner);
    }
  };
  block(statements, undefined);
}

/** A call of something with a name, not of the result of another call. */
function mayBeImported(callee: Expression): boolean {
  return callee.kind === 'name' || (callee.kind === 'attribute' && mayBeImported(callee.object));
}
