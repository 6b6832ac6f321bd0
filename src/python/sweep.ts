import type { Interpreter } from './interpreter';
import type { CallExpression, Expression, Statement } from './syntax';

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

function partsOf(node: Expression): readonly (Expression | undefined)[] {
  switch (node.kind) {
    case 'formatted': return node.parts.filter(part => typeof part !== 'string');
    case 'sequence': return node.items;
    case 'dictionary': return node.entries.flatMap(entry => [entry.key, entry.value]);
    case 'attribute': return [node.object];
    case 'subscript': return [node.object, node.index];
    case 'slice': return [node.lower, node.upper, node.step];
    case 'call': return [node.callee, ...node.arguments.map(argument => argument.value)];
    case 'unary': return [node.operand];
    case 'binary': case 'boolean': return [node.left, node.right];
    case 'comparison': return node.operands;
    case 'conditional': return [node.test, node.then, node.otherwise];
    case 'lambda': return [...node.parameters.map(parameter => parameter.default), node.body];
    case 'comprehension': return [node.key, node.element, ...node.clauses.map(clause => clause.kind === 'for' ? clause.iterable : clause.test)];
    case 'named': case 'starred': return [node.value];
    case 'other': return node.parts;
    default: return [];
  }
}

function expressionsOf(statement: Statement): readonly (Expression | undefined)[] {
  switch (statement.kind) {
    case 'expression': case 'return': return [statement.value];
    case 'assign': return [...statement.targets, statement.annotation, statement.value];
    case 'augmented': return [statement.target, statement.value];
    case 'if': case 'while': return [statement.test];
    case 'for': return [statement.iterable];
    case 'with': return statement.items.flatMap(item => [item.value, item.target]);
    case 'try': return statement.handlers.map(handler => handler.type);
    case 'match': return [statement.subject];
    case 'function': return [...statement.decorators, ...statement.parameters.map(parameter => parameter.default)];
    case 'class': return [...statement.decorators, ...statement.arguments.map(argument => argument.value)];
    case 'delete': return statement.targets;
    case 'pass': case 'break': case 'continue': case 'raise': case 'assert': case 'other': return statement.parts;
    default: return [];
  }
}

function blocksOf(statement: Statement): readonly (readonly Statement[])[] {
  switch (statement.kind) {
    case 'if': case 'for': case 'while': return [statement.body, statement.otherwise];
    case 'with': case 'function': case 'class': return [statement.body];
    case 'try': return [statement.body, ...statement.handlers.map(handler => handler.body), statement.otherwise, statement.final];
    case 'match': return statement.clauses.map(clause => clause.body);
    default: return [];
  }
}
