import type { Analysis } from '../analysis';
import { LineIndex, type SourceRange } from '../python/source';
import type { Severity } from '../rules/rule';

/** Turns what a run finds into text for standard output, a file at a time, in the order of the run. */
export interface Reporter {
  /** @returns text to print now. */
  file(path: string, analysis: Analysis): string;
  /** A file that could not be read. */
  error(path: string, message: string): string;
  /** After the last file. */
  end(): string;
}

/** 1-based, in UTF-16 units. */
export interface LineColumn {
  readonly line: number;
  readonly column: number;
}

/** A range as reports give it; the end is exclusive. `cell` only in a notebook. */
export interface LineColumnRange {
  readonly cell?: number;
  readonly start: LineColumn;
  readonly end: LineColumn;
}

/** Lines and columns for the ranges of one analysed document, and of the files that it imports. */
export class Locator {
  private readonly indices = new Map<string, LineIndex>();

  constructor(private readonly analysis: Analysis) {}

  range(range: SourceRange): LineColumnRange {
    const cell = this.analysis.source.kind === 'notebook' && range.file === undefined ? { cell: range.cell } : {};
    return { ...cell, start: this.position(range, range.from), end: this.position(range, range.to) };
  }

  /** The text of the line (1-based) without its end. */
  line(range: SourceRange, line: number): string {
    const index = this.index(range);
    const text = this.text(range);
    return text.slice(index.offset({ line: line - 1, column: 0 })).split(/\r\n|\r|\n/, 1)[0] ?? '';
  }

  private position(of: SourceRange, offset: number): LineColumn {
    const { line, column } = this.index(of).position(offset);
    return { line: line + 1, column: column + 1 };
  }

  private index(of: SourceRange): LineIndex {
    const key = `${of.cell} ${of.file ?? ''}`;
    const known = this.indices.get(key);
    if (known !== undefined) return known;
    const index = new LineIndex(this.text(of));
    this.indices.set(key, index);
    return index;
  }

  private text({ cell, file }: SourceRange): string {
    return (file === undefined ? this.analysis.source.cells[cell] : this.analysis.textOf?.(file)) ?? '';
  }
}

/** `models/unet.py:12:9`, `demo.ipynb:cell 4:2:9`; cells are counted from 1 for people. */
export function place(path: string, { cell, start }: LineColumnRange): string {
  return `${path}:${cell === undefined ? '' : `cell ${cell + 1}:`}${start.line}:${start.column}`;
}

/** Whether a finding makes a run fail. */
export function isSerious(severity: Severity): boolean {
  return severity === 'error' || severity === 'warning';
}
