import type { SyntaxNode } from '@lezer/common';
import { classicDivision } from './arithmetic';
import type { Chunk, Expression, Node, Statement } from './syntax';

/** What converting one chunk needs to know, and how what lies within a node is converted. */
export interface Conversion {
  readonly text: string;
  readonly chunk: Chunk;
  /** The code is Python 2, where `/` between integers is `//`. */
  readonly python2: boolean;
  readonly expression: (node: SyntaxNode) => Expression;
  readonly statements: (nodes: readonly SyntaxNode[]) => Statement[];
  /** Nesting so far; beyond a bound code is read as `other`. */
  depth: number;
}

/** Of brackets and blocks within each other. */
export const maximumDepth = 120;

/** Where a node stands in its chunk. */
export function place(node: { readonly from: number; readonly to: number }, conversion: Conversion): Node {
  return { from: node.from - conversion.chunk.start, to: node.to - conversion.chunk.start, chunk: conversion.chunk };
}

/** What a node consists of, without comments. */
export function children(node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    if (child.name !== 'Comment') found.push(child);
  }
  return found;
}

/** What a binary operator between expressions is called, read or written. */
export function operatorNamed(text: string, conversion: Conversion): string {
  return text === '/' && conversion.python2 ? classicDivision : text;
}

export function textOf(node: SyntaxNode, conversion: Conversion): string {
  return conversion.text.slice(node.from, node.to);
}

/** The statements of a block; none where it is missing. */
export function statementsIn(body: SyntaxNode | null | undefined, conversion: Conversion): Statement[] {
  return body === null || body === undefined ? [] : conversion.statements(children(body));
}

export function isReadable(node: SyntaxNode): boolean {
  return !node.type.isError;
}
