import type { SyntaxNode } from '@lezer/common';
import { children, place, statementsIn, textOf, type Conversion } from './conversion';
import { convertArguments, convertParameters } from './convertArguments';
import type { Expression, FunctionStatement, Node, Statement } from './syntax';

/** `undefined` where nothing is defined behind the decorators yet. */
export function convertDecorated(node: SyntaxNode, conversion: Conversion, at: Node): Statement | undefined {
  const decorators = node.getChildren('Decorator').flatMap(decorator => convertDecorator(decorator, conversion));
  const definition = node.getChild('FunctionDefinition') ?? node.getChild('ClassDefinition');
  if (definition === null) return undefined;
  return definition.name === 'FunctionDefinition'
    ? convertFunction(definition, conversion, at, decorators)
    : convertClass(definition, conversion, at, decorators);
}

export function convertFunction(node: SyntaxNode, conversion: Conversion, at: Node, decorators: readonly Expression[]): FunctionStatement {
  const nameNode = node.getChild('VariableName');
  const list = node.getChild('ParamList');
  const bodyNode = node.getChild('Body');
  return {
    kind: 'function',
    name: nameNode === null ? '' : textOf(nameNode, conversion),
    parameters: list === null ? [] : convertParameters(list, conversion),
    body: [...salvaged(list, conversion), ...statementsIn(bodyNode, conversion)],
    decorators,
    generator: bodyNode !== null && yields(bodyNode),
    ...at,
  };
}

export function convertClass(node: SyntaxNode, conversion: Conversion, at: Node, decorators: readonly Expression[]): Statement {
  const nameNode = node.getChild('VariableName');
  const list = node.getChild('ArgList');
  return {
    kind: 'class',
    name: nameNode === null ? '' : textOf(nameNode, conversion),
    arguments: list === null ? [] : convertArguments(list, conversion),
    body: statementsIn(node.getChild('Body'), conversion),
    decorators,
    ...at,
  };
}

/** The grammar leaves a decorator as names, dots and an argument list: `@a.b(1)`. */
function convertDecorator(node: SyntaxNode, conversion: Conversion): Expression[] {
  const at = place(node, conversion);
  let value: Expression | undefined;
  for (const part of children(node)) {
    if (part.name === 'VariableName' && value === undefined) value = { kind: 'name', name: textOf(part, conversion), ...at };
    else if ((part.name === 'VariableName' || part.name === 'PropertyName') && value !== undefined) {
      value = { kind: 'attribute', object: value, name: textOf(part, conversion), ...at };
    } else if (part.name === 'ArgList' && value !== undefined) {
      value = { kind: 'call', callee: value, arguments: convertArguments(part, conversion), close: undefined, ...at };
    } else if (/^[A-Z]/.test(part.name) && part.name !== 'At' && value === undefined) value = conversion.expression(part);
  }
  return value === undefined ? [] : [value];
}

/** `def f(a` without its parenthesis swallows what follows into the parameters: statements there are still read. */
function salvaged(list: SyntaxNode | null, conversion: Conversion): Statement[] {
  if (list === null || list.lastChild?.name === ')') return [];
  return conversion.statements(children(list).filter(child => child.type.isError && child.firstChild !== null));
}

/** Whether the body has a `yield` of its own, not one of a function inside it. */
function yields(bodyNode: SyntaxNode): boolean {
  let found = false;
  bodyNode.cursor().iterate(inner => {
    if (inner.name === 'FunctionDefinition' || inner.name === 'LambdaExpression' || inner.name === 'ClassDefinition') return false;
    if (inner.name === 'yield') found = true;
    return !found;
  });
  return found;
}
