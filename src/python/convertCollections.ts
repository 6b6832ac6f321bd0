import type { SyntaxNode } from '@lezer/common';
import { children, place, type Conversion } from './conversion';
import type { ComprehensionClause, Expression, Node } from './syntax';

/** Expressions separated by commas, as one: a tuple if there is a comma. */
export function expressionList(nodes: readonly SyntaxNode[], conversion: Conversion): Expression | undefined {
  const [first] = nodes;
  const last = nodes.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const items = listItems(nodes, conversion);
  const [only] = items;
  if (nodes.some(node => node.name === ',')) {
    return { kind: 'sequence', form: 'tuple', items, ...place({ from: first.from, to: last.to }, conversion) };
  }
  if (items.length > 1) return { kind: 'other', parts: items, ...place({ from: first.from, to: last.to }, conversion) };
  return only;
}

/** The items between commas, with stars. */
export function listItems(nodes: readonly SyntaxNode[], conversion: Conversion): Expression[] {
  const items: Expression[] = [];
  let star: SyntaxNode | undefined;
  for (const node of nodes) {
    if (node.name === '*' || node.name === '**') { star = node; continue; }
    if (isPunctuation(node.name) || node.type.isError) continue;
    const value = conversion.expression(node);
    items.push(star === undefined ? value : { kind: 'starred', value, ...place({ from: star.from, to: node.to }, conversion) });
    star = undefined;
  }
  return items;
}

export function convertDictionary(node: SyntaxNode, conversion: Conversion, at: Node): Expression {
  const entries: { key: Expression | undefined; value: Expression }[] = [];
  let spread = false;
  let key: Expression | undefined;
  let afterColon = false;
  for (const child of children(node)) {
    if (child.name === ',' ) { key = undefined; afterColon = false; spread = false; }
    else if (child.name === '**') spread = true;
    else if (child.name === ':') afterColon = true;
    else if (child.name === '{' || child.name === '}' || child.type.isError) continue;
    else {
      const value = conversion.expression(child);
      if (spread) entries.push({ key: undefined, value });
      else if (!afterColon) key = value;
      else if (key !== undefined) entries.push({ key, value });
    }
  }
  return { kind: 'dictionary', entries, ...at };
}

export function convertComprehension(nodes: readonly SyntaxNode[], form: 'list' | 'set' | 'generator' | 'dictionary', conversion: Conversion, at: Node): Expression {
  const inner = nodes.filter(child => !'()[]{}'.includes(child.name));
  const start = inner.findIndex(child => child.name === 'for' || child.name === 'async');
  const head = inner.slice(0, start);
  const clauses: ComprehensionClause[] = [];
  let index = start;
  while (index >= 0 && index < inner.length) {
    const keyword = inner[index];
    if (keyword?.name === 'async') { index++; continue; }
    const next = inner.findIndex((child, place) => place > index && (child.name === 'for' || child.name === 'if' || child.name === 'async'));
    const part = inner.slice(index + 1, next < 0 ? undefined : next);
    if (keyword?.name === 'for') {
      const at = part.findIndex(child => child.name === 'in');
      const target = expressionList(part.slice(0, at), conversion);
      const iterable = expressionList(part.slice(at + 1), conversion);
      if (at > 0 && target !== undefined && iterable !== undefined) clauses.push({ kind: 'for', target, iterable });
    } else if (keyword?.name === 'if') {
      const test = expressionList(part, conversion);
      if (test !== undefined) clauses.push({ kind: 'if', test });
    }
    if (next < 0) break;
    index = next;
  }
  const colon = head.findIndex(child => child.name === ':');
  const key = colon > 0 ? expressionList(head.slice(0, colon), conversion) : undefined;
  const element = expressionList(head.slice(colon + 1), conversion);
  if (element === undefined || clauses.length === 0) return { kind: 'other', parts: [], ...at };
  return { kind: 'comprehension', form, key, element, clauses, ...at };
}

function isPunctuation(name: string): boolean {
  return name === ',' || name === '(' || name === ')' || name === '[' || name === ']' || name === '{' || name === '}' || name === ';';
}
