import type { SyntaxNode } from '@lezer/common';
import { children, place, textOf, type Conversion } from './conversion';
import { stringValue } from './strings';
import type { Expression, Node } from './syntax';

/** Strings that stand beside each other: `'a' f'{b}'`. */
export function convertContinued(node: SyntaxNode, conversion: Conversion, at: Node): Expression {
  const parts = children(node).flatMap((child): (string | Expression)[] =>
    child.name === 'FormatString' ? formatParts(child, conversion) : child.name === 'String' ? [stringValue(textOf(child, conversion))] : []);
  return parts.every(part => typeof part === 'string')
    ? { kind: 'string', value: parts.join(''), ...at }
    : { kind: 'formatted', parts, ...at };
}

/** The texts of a formatted string, and the expressions between them. */
export function formatParts(node: SyntaxNode, conversion: Conversion): (string | Expression)[] {
  const text = textOf(node, conversion);
  const quote = /^[a-zA-Z]*("""|'''|"|')/.exec(text);
  const parts: (string | Expression)[] = [];
  let at = node.from + (quote?.[0].length ?? 0);
  for (const child of children(node)) {
    if (child.name !== 'FormatReplacement') continue;
    if (child.from > at) parts.push(conversion.text.slice(at, child.from).replaceAll('{{', '{').replaceAll('}}', '}'));
    const inside = children(child).filter(part => /^[A-Z]/.test(part.name));
    const [value, ...detail] = inside;
    if (value === undefined) parts.push({ kind: 'other', parts: [], ...place(child, conversion) });
    else {
      const read = conversion.expression(value);
      // A format specification changes the text: `{i:02d}`.
      parts.push(detail.length > 0 ? { kind: 'other', parts: [read], ...place(child, conversion) } : read);
    }
    at = child.to;
  }
  const end = node.to - (quote?.[1]?.length ?? 0);
  if (end > at) parts.push(conversion.text.slice(at, end).replaceAll('{{', '{').replaceAll('}}', '}'));
  return parts;
}
