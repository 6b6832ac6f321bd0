import type { SourceRange } from '../python/source';

/** Source order: by cell, then where it starts, then where it ends. */
export function compareRanges(a: SourceRange, b: SourceRange): number {
  return a.cell - b.cell || a.from - b.from || a.to - b.to;
}

/** A text that is the same for the same range only. */
export function rangeKey(range: SourceRange): string {
  return `${range.file ?? ''}:${range.cell}:${range.from}-${range.to}`;
}
