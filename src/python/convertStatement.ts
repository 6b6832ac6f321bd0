import type { SyntaxNode } from '@lezer/common';
import { children, isReadable, maximumDepth, operatorNamed, place, statementsIn, textOf, type Conversion } from './conversion';
import { expressionList, listItems } from './convertCollections';
import { convertClass, convertDecorated, convertFunction } from './convertDefinition';
import { convertExpression } from './convertExpression';
import { convertImport } from './convertImport';
import type { Chunk, Expression, Node, SimpleStatement, Statement } from './syntax';

/**
 * Our statements for a node of the parser's tree at the top of a text. Broken code becomes `other`; none is lost.
 * @param text what was parsed. @param chunk where its nodes count from.
 */
export function readStatements(node: SyntaxNode, text: string, chunk: Chunk): Statement[] {
  const conversion: Conversion = {
    text, chunk, depth: 0, python2: printsAsStatement(node, text),
    expression: inner => convertExpression(inner, conversion),
    statements: nodes => nodes.flatMap(inner => convertStatement(inner, conversion)),
  };
  return conversion.statements([node]);
}

/** Whether something is printed by a statement, `print 'loss', loss`: that is Python 2. */
function printsAsStatement(node: SyntaxNode, text: string): boolean {
  if (!/\bprint[ \t]+[\w'"]/.test(text.slice(node.from, node.to))) return false;
  let found = false;
  node.cursor().iterate(inner => {
    found ||= inner.name === 'PrintStatement' && /^print[ \t]+[\w'"]/.test(text.slice(inner.from, inner.to));
    return !found;
  });
  return found;
}

function convertStatement(node: SyntaxNode, conversion: Conversion): Statement[] {
  if (conversion.depth > maximumDepth) return [];
  conversion.depth++;
  try {
    const converted = convert(node, conversion);
    return converted === undefined ? [] : Array.isArray(converted) ? converted : [converted];
  } finally {
    conversion.depth--;
  }
}

function convert(node: SyntaxNode, conversion: Conversion): Statement | Statement[] | undefined {
  const at = place(node, conversion);
  switch (node.name) {
    case 'ExpressionStatement': {
      const value = expressionList(children(node), conversion);
      return value === undefined ? undefined : { kind: 'expression', value, ...at };
    }
    case 'AssignStatement': return convertAssign(node, conversion, at);
    case 'UpdateStatement': return convertUpdate(node, conversion, at);
    case 'IfStatement': return convertIf(children(node), conversion, at);
    case 'ForStatement': return convertFor(node, conversion, at);
    case 'WhileStatement': return convertWhile(node, conversion, at);
    case 'WithStatement': return convertWith(node, conversion, at);
    case 'TryStatement': return convertTry(node, conversion, at);
    case 'MatchStatement': return convertMatch(node, conversion, at);
    case 'FunctionDefinition': return convertFunction(node, conversion, at, []);
    case 'ClassDefinition': return convertClass(node, conversion, at, []);
    case 'DecoratedStatement': return convertDecorated(node, conversion, at) ?? convertUnknown(node, conversion, at);
    case 'ReturnStatement': return { kind: 'return', value: expressionList(children(node).slice(1).filter(isReadable), conversion), ...at };
    case 'ImportStatement': return convertImport(node, conversion, at);
    case 'ScopeStatement': {
      const [keyword, ...names] = children(node);
      return {
        kind: 'scope', form: keyword?.name === 'nonlocal' ? 'nonlocal' : 'global',
        names: names.filter(child => child.name === 'VariableName').map(child => textOf(child, conversion)), ...at,
      };
    }
    case 'DeleteStatement': return { kind: 'delete', targets: listItems(children(node).slice(1), conversion), ...at };
    case 'PassStatement': return { kind: 'pass', parts: [], ...at };
    case 'BreakStatement': return { kind: 'break', parts: [], ...at };
    case 'ContinueStatement': return { kind: 'continue', parts: [], ...at };
    case 'RaiseStatement': return simple('raise', node, conversion, at);
    case 'AssertStatement': return simple('assert', node, conversion, at);
    case 'StatementGroup': return conversion.statements(children(node));
    case ';': case ':': case 'Comment': return undefined;
    default: return convertUnknown(node, conversion, at);
  }
}

function simple(kind: SimpleStatement['kind'], node: SyntaxNode, conversion: Conversion, at: Node): Statement {
  const parts = children(node).filter(child => /^[A-Z]/.test(child.name)).map(child => conversion.expression(child));
  return { kind, parts, ...at };
}

/** Broken code, and statements that bind nothing we read: expressions and statements inside are still read. */
function convertUnknown(node: SyntaxNode, conversion: Conversion, at: Node): Statement[] {
  if (/(?:Statement|Definition)$/.test(node.name) || node.type.isError || node.name === 'Body') {
    const statements: Statement[] = [];
    for (const child of children(node)) {
      if (/(?:Statement|Definition|Body|Group)$/.test(child.name) || (child.type.isError && child.firstChild !== null)) {
        statements.push(...convertStatement(child, conversion));
      } else if (/^[A-Z]/.test(child.name)) {
        statements.push({ kind: 'other', parts: [conversion.expression(child)], ...place(child, conversion) });
      }
    }
    return statements;
  }
  if (!/^[A-Z]/.test(node.name)) return [];
  return [{ kind: 'other', parts: [conversion.expression(node)], ...at }];
}

function convertAssign(node: SyntaxNode, conversion: Conversion, at: Node): Statement {
  const groups: SyntaxNode[][] = [[]];
  let annotation: Expression | undefined;
  for (const child of children(node)) {
    if (child.name === 'AssignOp') groups.push([]);
    else if (child.name === 'TypeDef') {
      const type = child.lastChild;
      if (type !== null && type.name !== ':') annotation = conversion.expression(type);
    } else if (isReadable(child)) groups.at(-1)?.push(child);
  }
  const parts = groups.map(group => expressionList(group, conversion));
  const targets = parts.slice(0, groups.length > 1 ? -1 : undefined).filter(part => part !== undefined);
  const missing: Expression = { kind: 'other', parts: [], ...at };
  // `x =` with nothing behind it binds x to something not yet known.
  const value = groups.length > 1 ? parts.at(-1) ?? missing : undefined;
  return { kind: 'assign', targets, value, annotation, ...at };
}

function convertUpdate(node: SyntaxNode, conversion: Conversion, at: Node): Statement | undefined {
  const parts = children(node).filter(isReadable);
  const operator = parts.findIndex(part => part.name === 'UpdateOp');
  const [targetNode] = parts;
  const operatorNode = parts[operator];
  if (operator < 1 || targetNode === undefined || operatorNode === undefined) return undefined;
  const value = expressionList(parts.slice(operator + 1), conversion) ?? { kind: 'other', parts: [], ...at };
  return {
    kind: 'augmented', target: conversion.expression(targetNode),
    operator: operatorNamed(textOf(operatorNode, conversion).slice(0, -1), conversion), value, ...at,
  };
}

function convertIf(parts: readonly SyntaxNode[], conversion: Conversion, at: Node): Statement {
  const bodyIndex = parts.findIndex(part => part.name === 'Body');
  const test = expressionList(parts.slice(1, bodyIndex < 0 ? undefined : bodyIndex).filter(isReadable), conversion)
    ?? { kind: 'other', parts: [], ...at };
  const rest = bodyIndex < 0 ? [] : parts.slice(bodyIndex + 1).filter(isReadable);
  const [next] = rest;
  let otherwise: Statement[] = [];
  if (next?.name === 'elif') {
    // A long chain of elif costs depth, as nested ifs would.
    if (conversion.depth < maximumDepth) {
      conversion.depth++;
      otherwise = [convertIf(rest, conversion, { ...place({ from: next.from, to: parts.at(-1)?.to ?? next.to }, conversion) })];
      conversion.depth--;
    }
  } else if (next?.name === 'else') otherwise = statementsIn(rest.find(part => part.name === 'Body'), conversion);
  return { kind: 'if', test, body: statementsIn(parts[bodyIndex], conversion), otherwise, ...at };
}

function convertFor(node: SyntaxNode, conversion: Conversion, at: Node): Statement[] {
  const parts = children(node).filter(isReadable).filter(part => part.name !== 'async');
  const inIndex = parts.findIndex(part => part.name === 'in');
  const bodies = parts.filter(part => part.name === 'Body');
  const firstBody = parts.findIndex(part => part.name === 'Body');
  const target = expressionList(parts.slice(1, inIndex), conversion);
  const iterable = expressionList(parts.slice(inIndex + 1, firstBody < 0 ? undefined : firstBody), conversion);
  if (inIndex < 0 || target === undefined) return convertUnknown(node, conversion, at);
  return [{
    kind: 'for', target, iterable: iterable ?? { kind: 'other', parts: [], ...at },
    body: statementsIn(bodies[0], conversion), otherwise: statementsIn(bodies[1], conversion), ...at,
  }];
}

function convertWhile(node: SyntaxNode, conversion: Conversion, at: Node): Statement {
  const parts = children(node).filter(isReadable);
  const bodies = parts.filter(part => part.name === 'Body');
  const firstBody = parts.findIndex(part => part.name === 'Body');
  const test = expressionList(parts.slice(1, firstBody < 0 ? undefined : firstBody), conversion) ?? { kind: 'other', parts: [], ...at };
  return { kind: 'while', test, body: statementsIn(bodies[0], conversion), otherwise: statementsIn(bodies[1], conversion), ...at };
}

function convertWith(node: SyntaxNode, conversion: Conversion, at: Node): Statement {
  const parts = children(node).filter(part => part.name !== 'async');
  const bodyNode = parts.find(part => part.name === 'Body');
  const items: { value: Expression; target: Expression | undefined }[] = [];
  let asTarget = false;
  const read = (nodes: readonly SyntaxNode[]): void => {
    for (const part of nodes) {
      if (part.name === 'as') asTarget = true;
      else if (part.name === 'ParenthesizedExpression' && !asTarget && part.getChild('as') !== null) read(children(part));
      else if (part.type.isError) read(children(part));
      else if (/^[A-Z]/.test(part.name) && part.name !== 'Body') {
        const value = conversion.expression(part);
        const last = items.at(-1);
        if (asTarget && last !== undefined) items[items.length - 1] = { value: last.value, target: value };
        else items.push({ value, target: undefined });
        asTarget = false;
      }
    }
  };
  read(parts.slice(1));
  return { kind: 'with', items, body: statementsIn(bodyNode, conversion), ...at };
}

function convertTry(node: SyntaxNode, conversion: Conversion, at: Node): Statement {
  const handlers: { type: Expression | undefined; name: string | undefined; body: Statement[] }[] = [];
  let main: Statement[] = [];
  let otherwise: Statement[] = [];
  let final: Statement[] = [];
  let clause = '';
  let type: Expression | undefined;
  let name: string | undefined;
  let afterAs = false;
  for (const part of children(node)) {
    if (part.name === 'try' || part.name === 'except' || part.name === 'else' || part.name === 'finally') {
      clause = part.name;
      type = undefined;
      name = undefined;
      afterAs = false;
    } else if (part.name === 'as') afterAs = true;
    else if (part.name === 'Body') {
      const statements = statementsIn(part, conversion);
      if (clause === 'try') main = statements;
      else if (clause === 'except') handlers.push({ type, name, body: statements });
      else if (clause === 'else') otherwise = statements;
      else final = statements;
    } else if (afterAs && part.name === 'VariableName') name = textOf(part, conversion);
    else if (/^[A-Z]/.test(part.name)) type = conversion.expression(part);
  }
  return { kind: 'try', body: main, handlers, otherwise, final, ...at };
}

function convertMatch(node: SyntaxNode, conversion: Conversion, at: Node): Statement {
  const subjectNode = children(node).find(part => /^[A-Z]/.test(part.name) && part.name !== 'MatchBody');
  const clauses = (node.getChild('MatchBody')?.getChildren('MatchClause') ?? []).map(clause => {
    const names: string[] = [];
    clause.cursor().iterate(inner => {
      if (inner.name === 'Body') return false;
      if (inner.name === 'VariableName') names.push(conversion.text.slice(inner.from, inner.to));
      return undefined;
    });
    return { names, body: statementsIn(clause.getChild('Body'), conversion) };
  });
  const subject: Expression = subjectNode === undefined ? { kind: 'other', parts: [], ...at } : conversion.expression(subjectNode);
  return { kind: 'match', subject, clauses, ...at };
}
