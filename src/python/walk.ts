import type { Expression, Statement } from './syntax';

/** The expressions directly inside an expression. */
export function partsOf(node: Expression): readonly (Expression | undefined)[] {
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

/** The expressions directly inside a statement. */
export function expressionsOf(statement: Statement): readonly (Expression | undefined)[] {
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

/** The blocks of statements directly inside a statement. */
export function blocksOf(statement: Statement): readonly (readonly Statement[])[] {
  switch (statement.kind) {
    case 'if': case 'for': case 'while': return [statement.body, statement.otherwise];
    case 'with': case 'function': case 'class': return [statement.body];
    case 'try': return [statement.body, ...statement.handlers.map(handler => handler.body), statement.otherwise, statement.final];
    case 'match': return statement.clauses.map(clause => clause.body);
    default: return [];
  }
}

/** Every statement, those inside others included, in source order. */
export function* everyStatement(statements: readonly Statement[]): Iterable<Statement> {
  for (const statement of statements) {
    yield statement;
    for (const block of blocksOf(statement)) yield* everyStatement(block);
  }
}
