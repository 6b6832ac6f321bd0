import type { ArgumentValue } from '../frameworks/argument';
import type { ArgumentSource, Layer } from '../network/layer';
import type { SourceRange } from '../python/source';
import { listed } from './describe';
import { literalText } from './literal';
import type { Edit } from './rule';

/** What the parameters of a call shall be. `undefined`: the argument goes, so that the default applies. */
export type ParameterValues = Readonly<Record<string, ArgumentValue | undefined>>;

/** The parts of a layer that its arguments are written in. */
export type CallSource = Pick<Layer, 'range' | 'arguments' | 'end'>;

/**
 * The edits that give the parameters of a call the values, in the user's own form: an integer stays an
 * integer while all axes agree, a tuple or list stays one, a keyword stays a keyword. What already has
 * its value is left alone.
 *
 * @param text the source in a range.
 * @returns `undefined` where it cannot be done safely: an argument to change is not a literal, a star
 *   argument may hold the parameter, a value to write is not known, or the call is not finished.
 *   The edits are in source order and do not overlap.
 */
export function parameterEdits(call: CallSource, set: ParameterValues, text: (range: SourceRange) => string): readonly Edit[] | undefined {
  const result = explainedEdits(call, set, text);
  return 'reason' in result ? undefined : result;
}

/** Why a call cannot be edited, in a sentence that names what stands in the way. */
export interface EditRefusal {
  readonly reason: string;
}

/** As {@link parameterEdits}, but says why not. */
export function explainedEdits(call: CallSource, set: ParameterValues, text: (range: SourceRange) => string): readonly Edit[] | EditRefusal {
  return new CallEditor(call, text(call.range)).apply(set);
}

/** A change of the call's text; offsets count from its start. */
interface Change {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

class CallEditor {
  private readonly changes: Change[] = [];
  private readonly removed = new Set<ArgumentSource>();
  private readonly added: string[] = [];

  constructor(private readonly call: CallSource, private readonly text: string) {}

  apply(set: ParameterValues): readonly Edit[] | EditRefusal {
    for (const [parameter, value] of Object.entries(set)) {
      const reason = this.setParameter(parameter, value);
      if (reason !== undefined) return { reason };
    }
    if (this.removed.size + this.added.length > 0 && this.call.end === undefined) return { reason: 'The call has no closing parenthesis yet.' };
    this.remove();
    this.add();
    return merged(this.changes).map(({ from, to, text }) => ({
      range: { ...this.call.range, from: this.call.range.from + from, to: this.call.range.from + to }, text,
    }));
  }

  /** @returns what stands in the way, or `undefined` when it can be done. */
  private setParameter(parameter: string, value: ArgumentValue | undefined): string | undefined {
    const [written, ...again] = this.call.arguments.filter(argument => argument.parameter === parameter);
    if (again.length > 0) return `${parameter} is given twice.`;
    const unknown = `The value for ${parameter} cannot be written as a literal.`;
    if (written === undefined) {
      const star = this.call.arguments.find(argument => this.isStar(argument));
      if (star !== undefined) return `${parameter} may be in ${this.textOf(star.range)}.`;
      if (value === undefined) return undefined;
      const literal = literalText(value);
      if (literal === undefined) return unknown;
      this.added.push(`${parameter}=${literal}`);
      return undefined;
    }
    if (this.isStar(written)) return `${parameter} comes from ${this.textOf(written.range)}.`;
    if (!written.literal) return notLiteral(parameter, written.text);
    if (value === undefined) {
      this.removed.add(written);
      return written.keyword !== undefined || this.isLastPositional(written) ? undefined : `${parameter} stands before other positional arguments and cannot be left out.`;
    }
    const literal = literalText(value, written.text);
    if (literal === undefined) return unknown;
    if (literal !== written.text) this.changes.push({ ...this.within(written.value), text: literal });
    return undefined;
  }

  /** Takes out each run of neighbouring arguments with the commas that are then too many. */
  private remove(): void {
    const all = this.call.arguments;
    for (let start = 0; start < all.length; start++) {
      if (!this.isRemoved(start)) continue;
      let last = start;
      while (this.isRemoved(last + 1)) last++;
      this.changes.push({ ...this.removal(start, last), text: '' });
      start = last;
    }
  }

  private isRemoved(index: number): boolean {
    const argument = this.call.arguments[index];
    return argument !== undefined && this.removed.has(argument);
  }

  private removal(first: number, last: number): { from: number; to: number } {
    const from = this.at(first)?.from ?? 0;
    const to = this.at(last)?.to ?? 0;
    const before = this.at(first - 1)?.to;
    const after = this.at(last + 1)?.from;
    return this.ownLines(from, to)
      ?? (after !== undefined && !this.text.slice(to, after).includes('#') ? { from, to: after } : undefined)
      ?? (before !== undefined && !this.text.slice(before, from).includes('#') ? { from: before, to } : undefined)
      ?? { from, to: this.afterComma(to) };
  }

  /** The whole lines, line break and comments included, where nothing else stands on them. */
  private ownLines(from: number, to: number): { from: number; to: number } | undefined {
    const start = this.text.lastIndexOf('\n', from - 1) + 1;
    const rest = /^[ \t]*(?:#[^\r\n]*)?\r?\n/.exec(this.text.slice(this.afterComma(to)));
    if (start === 0 || rest === null || this.text.slice(start, from).trim() !== '') return undefined;
    return { from: start, to: this.afterComma(to) + rest[0].length };
  }

  private afterComma(at: number): number {
    const comma = /^\s*,/.exec(this.text.slice(at));
    return comma === null ? at : at + comma[0].length;
  }

  /** Puts new keywords behind the last argument that stays, on lines of their own where arguments have them. */
  private add(): void {
    if (this.added.length === 0) return;
    const kept = this.call.arguments.filter(argument => !this.removed.has(argument));
    const last = kept.at(-1);
    if (last === undefined) {
      const at = this.call.arguments[0] === undefined ? (this.call.end?.from ?? 0) - this.call.range.from : this.within(this.call.arguments[0].range).from;
      this.changes.push({ from: at, to: at, text: this.added.join(', ') });
      return;
    }
    const { from, to } = this.within(last.range);
    const lineStart = this.text.lastIndexOf('\n', from - 1) + 1;
    const indentation = this.text.slice(lineStart, from);
    const separator = lineStart > 0 && indentation.trim() === '' ? `,${this.newline()}${indentation}` : ', ';
    this.changes.push({ from: to, to, text: this.added.map(each => separator + each).join('') });
  }

  private newline(): string {
    return this.text.includes('\r\n') ? '\r\n' : '\n';
  }

  private isLastPositional(argument: ArgumentSource): boolean {
    const later = this.call.arguments.slice(this.call.arguments.indexOf(argument) + 1);
    return later.every(each => each.keyword !== undefined || this.textOf(each.range).startsWith('**'));
  }

  private isStar(argument: ArgumentSource): boolean {
    return argument.keyword === undefined && this.textOf(argument.range).startsWith('*');
  }

  private textOf(range: SourceRange): string {
    const { from, to } = this.within(range);
    return this.text.slice(from, to);
  }

  private at(index: number): { from: number; to: number } | undefined {
    const argument = this.call.arguments[index];
    return argument === undefined ? undefined : this.within(argument.range);
  }

  private within(range: SourceRange): { from: number; to: number } {
    return { from: range.from - this.call.range.from, to: range.to - this.call.range.from };
  }
}

/** `kernel_size comes from the variable k.` */
function notLiteral(parameter: string, written: string): string {
  const names = variablesIn(written);
  const [first] = names;
  const shown = written.length > 60 ? `${written.slice(0, 59)}…` : written;
  if (first === undefined) return `${parameter} is computed: ${shown}.`;
  if (first === written.trim()) return `${parameter} comes from the variable ${first}.`;
  return `${parameter} is computed from the ${names.length === 1 ? 'variable' : 'variables'} ${listed(names, 'and')}: ${shown}.`;
}

const notVariables = new Set(['and', 'else', 'False', 'for', 'if', 'in', 'is', 'lambda', 'None', 'not', 'or', 'True']);

/** The names that an expression reads, `self.k` as one; what is called, and keywords of calls, left out where there are others. */
function variablesIn(expression: string): readonly string[] {
  const withoutStrings = expression.replace(/(['"])(?:\\.|(?!\1)[^\\])*\1/g, ' ').replace(/#[^\r\n]*/g, ' ');
  const found = [...withoutStrings.matchAll(/(?<![\w.])[\p{L}_][\p{L}\p{N}_]*(?:\s*\.\s*[\p{L}_][\p{L}\p{N}_]*)*(?=\s*(\(|=(?!=))?)/gu)]
    .filter(match => !notVariables.has(match[0]));
  const read = found.filter(match => match[1] === undefined);
  return [...new Set((read.length > 0 ? read : found).map(match => match[0]))];
}

/** In source order, those that touch made one: editors disagree on two edits at one place. */
function merged(changes: readonly Change[]): readonly Change[] {
  const result: Change[] = [];
  for (const change of [...changes].sort((a, b) => a.from - b.from || a.to - b.to)) {
    const last = result.at(-1);
    if (last !== undefined && change.from <= last.to) {
      result[result.length - 1] = { from: last.from, to: Math.max(last.to, change.to), text: last.text + change.text };
    } else {
      result.push(change);
    }
  }
  return result;
}
