import type { SyntaxNode } from '@lezer/common';
import { children, place, textOf, type Conversion } from './conversion';
import { convertComprehension } from './convertCollections';
import type { Argument, Expression, Parameter } from './syntax';

/** Of a call, or of a class. */
export function convertArguments(list: SyntaxNode, conversion: Conversion): Argument[] {
  const nodes = children(list).filter(child => child.name !== '(' && child.name !== ')');
  if (nodes.some(child => child.name === 'for')) {
    const [first] = nodes;
    const last = nodes.at(-1);
    if (first === undefined || last === undefined) return [];
    const at = place({ from: first.from, to: last.to }, conversion);
    return [{ value: convertComprehension(nodes, 'generator', conversion, at), keyword: undefined, star: '', ...at }];
  }
  const result: Argument[] = [];
  let group: SyntaxNode[] = [];
  const flush = (): void => {
    const argument = convertArgument(group, conversion);
    if (argument !== undefined) result.push(argument);
    group = [];
  };
  for (const child of nodes) {
    if (child.name === ',') flush();
    else group.push(child);
  }
  // An empty error at the end is the missing parenthesis, not part of the last argument.
  if (group.at(-1)?.type.isError === true && group.at(-1)?.from === group.at(-1)?.to && group.length > 1 && group.at(-2)?.name !== 'AssignOp') group.pop();
  flush();
  return result;
}

/** Of a function or lambda. */
export function convertParameters(list: SyntaxNode, conversion: Conversion): Parameter[] {
  const result: Parameter[] = [];
  let keywordOnly = false;
  let group: SyntaxNode[] = [];
  const flush = (): void => {
    const [first] = group;
    const last = group.at(-1);
    const nameNode = group.find(node => node.name === 'VariableName');
    const star = first?.name === '*' || first?.name === '**' ? first.name : '';
    if (first !== undefined && last !== undefined && nameNode !== undefined) {
      const type = group.find(node => node.name === 'TypeDef')?.lastChild;
      const assign = group.findIndex(node => node.name === 'AssignOp');
      const value = assign < 0 ? undefined : group.slice(assign + 1).find(node => !node.type.isError);
      result.push({
        name: textOf(nameNode, conversion),
        star,
        annotation: type === undefined || type === null || type.name === ':' ? undefined : conversion.expression(type),
        default: value === undefined ? undefined : conversion.expression(value),
        keywordOnly: keywordOnly && star === '',
        ...place({ from: first.from, to: last.to }, conversion),
      });
    }
    if (star === '*') keywordOnly = true;
    group = [];
  };
  for (const child of children(list)) {
    if (child.name === '(' || child.name === ')') continue;
    if (child.name === ',') flush();
    else group.push(child);
  }
  flush();
  return result;
}

function convertArgument(group: readonly SyntaxNode[], conversion: Conversion): Argument | undefined {
  const readable = group.filter(node => !node.type.isError);
  const broken = readable.length < group.length;
  const [first, second, third] = readable;
  const last = readable.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const at = place({ from: first.from, to: last.to }, conversion);
  const unread = (): Expression => ({ kind: 'other', parts: [], ...at });
  if (first.name === '*' || first.name === '**') {
    return { value: second === undefined ? unread() : conversion.expression(second), keyword: undefined, star: first.name, ...at };
  }
  if (second?.name === 'AssignOp' && first.name === 'VariableName' && textOf(second, conversion) === ':=') {
    const value = third === undefined ? unread() : conversion.expression(third);
    return { value: { kind: 'named', target: conversion.expression(first), value, ...at }, keyword: undefined, star: '', ...at };
  }
  if (second?.name === 'AssignOp' && first.name === 'VariableName') {
    return { value: third === undefined ? unread() : conversion.expression(third), keyword: textOf(first, conversion), star: '', ...at };
  }
  // Something half-typed stands beside the value: what it will be is not known.
  if (broken || readable.length > 1) {
    const parts = readable.filter(node => /^[A-Z]/.test(node.name)).map(node => conversion.expression(node));
    return { value: { kind: 'other', parts, ...at }, keyword: undefined, star: '', ...at };
  }
  return { value: conversion.expression(first), keyword: undefined, star: '', ...at };
}
