import type { Expression, Statement } from './syntax';
import { everyStatement, expressionsOf, partsOf } from './walk';

const questions = new Set(['isinstance', 'issubclass', 'hasattr', 'callable', 'len']);

/** Whether statements only ask what kinds values are, and return the answer: where a question is open, one way leaves. */
export function onlyAsk(statements: readonly Statement[]): boolean {
  return [...everyStatement(statements)].every(statement => (statement.kind === 'return' || (statement.kind === 'if' && statement.body[0]?.kind === 'return')) && expressionsOf(statement).every(asks));
}

function asks(expression: Expression | undefined): boolean {
  if (expression === undefined) return true;
  return (expression.kind !== 'call' || (expression.callee.kind === 'name' && questions.has(expression.callee.name))) && partsOf(expression).every(asks);
}
