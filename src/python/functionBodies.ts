import { lineStarts } from './blocks';
import type { Outline } from './outline';

/** Where the body of a function lies in the text of a definition: of that function, or of a method of that class. */
export interface Body {
  /** The beginning of the line with `def`. */
  readonly line: number;
  readonly from: number;
  /** Behind its last line. */
  readonly to: number;
}

/** Shorter ones are not worth the trouble. */
const shortest = 80;

const functionHead = /[ ]*(?:async[ \t]+)?def[ \t]/y;
const nothing = /[ \t\f]*(?:#|[\r\n]|$)/y;

/** The bodies in a definition that can be left out; none where that might change how the rest is read. */
export function bodiesIn(text: string, { decorators }: Outline): readonly Body[] {
  // Code of Python 2 is known by one such statement anywhere in it.
  if (/(?:^|[\n;:])[ \t]*print[ \t]+[\w'"]/.test(text)) return [];
  const lines: number[] = [];
  for (const start of lineStarts(text)) if (start >= decorators.length && !matches(nothing, text, start)) lines.push(start);
  const [head, first] = lines;
  if (head === undefined || first === undefined) return [];
  if (lines.some(start => matches(/[ ]*\t/y, text, start))) return [];
  if (matches(functionHead, text, head)) return lengthy([{ line: head, from: first, to: text.length }]);
  const margin = indentation(text, first);
  const bodies: Body[] = [];
  for (let index = 1; index < lines.length; index++) {
    const line = lines[index] ?? text.length;
    const indented = indentation(text, line);
    if (indented < margin) return [];
    if (indented !== margin || !matches(functionHead, text, line)) continue;
    const from = lines[index + 1];
    while (indentation(text, lines[index + 1] ?? text.length) > margin) index++;
    if (from !== undefined && from < (lines[index + 1] ?? text.length)) bodies.push({ line, from, to: lines[index + 1] ?? text.length });
  }
  return lengthy(bodies);
}

function lengthy(bodies: readonly Body[]): readonly Body[] {
  return bodies.filter(({ from, to }) => to - from >= shortest);
}

/** The text with `pass` for these bodies. Same length. */
export function withoutBodies(text: string, bodies: readonly Body[]): string {
  let without = '';
  let at = 0;
  for (const { from, to } of bodies) {
    const end = text.slice(from, to).trimEnd().length + from;
    without += `${text.slice(at, from)}${'pass'.padStart(end - from)}`;
    at = end;
  }
  return without + text.slice(at);
}

function indentation(text: string, start: number): number {
  let at = start;
  while (text[at] === ' ') at++;
  return at - start;
}

function matches(form: RegExp, text: string, at: number): boolean {
  form.lastIndex = at;
  return form.test(text);
}
