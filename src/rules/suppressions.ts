import type { SourceRange } from '../python/source';
import type { Comment } from './rule';

/** One `# tconv: ignore…` in a comment. */
export interface Suppression {
  readonly scope: 'line' | 'file';
  /** The codes it names, upper case; `undefined`: every rule. */
  readonly codes: readonly string[] | undefined;
  /** The directive in the source, from `#` to `]`. */
  readonly range: SourceRange;
  /** The comment that it stands in. */
  readonly comment: Comment;
}

/**
 * The suppressions in a document's comments: `# tconv: ignore`, `# tconv: ignore[TC101, TC102]` and
 * `# tconv: ignore-file`. They may stand after another comment (`# noqa  # tconv: ignore`), and what
 * follows them is free text.
 */
export function readSuppressions(comments: readonly Comment[]): readonly Suppression[] {
  return comments.flatMap(comment => [...comment.text.matchAll(directive)].map((match): Suppression => {
    const from = comment.range.from + match.index;
    return {
      scope: match.groups?.['word'] === 'ignore-file' ? 'file' : 'line',
      codes: match.groups?.['codes']?.split(',').map(code => code.trim().toUpperCase()).filter(code => code !== ''),
      range: { ...comment.range, from, to: from + match[0].length },
      comment,
    };
  }));
}

/** A bracket that is never closed holds the rest of the comment, so that a slip of the keyboard does not silence every rule. */
const directive = /#[ \t]*tconv:[ \t]*(?<word>ignore-file|ignore)(?![\w-])(?:[ \t]*\[(?<codes>[^\]#]*)\]?)?/g;

/** Finds the line suppression that stands on the line of an offset. */
export class LineSuppressions {
  private readonly byCell = new Map<number, Suppression[]>();

  /** @param text the text of a range of the document. */
  constructor(suppressions: readonly Suppression[], private readonly text: (range: SourceRange) => string) {
    const sorted = suppressions.filter(each => each.scope === 'line').sort((a, b) => a.range.from - b.range.from);
    for (const suppression of sorted) {
      const cell = this.byCell.get(suppression.range.cell) ?? [];
      cell.push(suppression);
      this.byCell.set(suppression.range.cell, cell);
    }
  }

  /** Those on the line where the range starts. */
  at(range: SourceRange): readonly Suppression[] {
    const cell = this.byCell.get(range.cell) ?? [];
    let low = 0;
    let high = cell.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((cell[middle]?.range.from ?? 0) < range.from) low = middle + 1;
      else high = middle;
    }
    const found: Suppression[] = [];
    // A comment ends its line, so what is on this line comes first and together.
    for (const suppression of cell.slice(low, low + 8)) {
      if (/[\r\n]/.test(this.text({ ...range, to: suppression.range.from }))) break;
      found.push(suppression);
    }
    return found;
  }
}
