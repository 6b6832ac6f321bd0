import type { ResidueCondition } from '../algebra/condition';
import type { Site } from '../python/machine';
import { isPresent, presentRange, rangeOf } from '../python/parse';
import type { SourceRange } from '../python/source';

/** Something wrong between layers: sizes that do not fit where tensors meet. */
export interface Note {
  readonly kind: 'channel-mismatch' | 'skip-size-mismatch' | 'input-shape-mismatch' | 'unread-comment';
  readonly range: SourceRange;
  /** Whether it happens for every input, or only for some sizes. */
  readonly certain: boolean;
  readonly message: string;
  readonly quote: string | undefined;
  readonly related: readonly { readonly range: SourceRange; readonly message: string }[];
  /** When it does not happen, where that depends on sizes. */
  readonly fits?: FitCondition;
}

/** What must hold for tensors to fit. */
export interface FitCondition {
  /** All of them. */
  readonly conditions: readonly ResidueCondition[];
  /** `H and 2·(H//2); W and 2·(W//2)`. */
  readonly sizes: string;
}

/** Collects them; what is only rehearsed or excluded is left out. */
export class Notes {
  private readonly found = new Map<string, Note>();

  /** @param range what it is about, where that is not what is run now. */
  note(site: Site, note: Omit<Note, 'range' | 'related'> & { readonly related?: Note['related'] }, range = rangeOf(site.node)): void {
    if (site.mode !== 'real') return;
    const whole = { related: [], ...note, range };
    const placed = range.file === undefined ? whole : atCall(whole, site);
    if (placed !== undefined) this.keep(placed);
  }

  /** A comment that is none of those that are read, or has nothing to be about. */
  comment(range: SourceRange, message: string): void {
    this.keep({ kind: 'unread-comment', range, certain: true, message, quote: undefined, related: [] });
  }

  private keep(note: Note): void {
    const { range } = note;
    const key = `${range.cell}:${range.from} ${note.message}`;
    if (this.found.size < 200 && !this.found.has(key)) this.found.set(key, note);
  }

  get isEmpty(): boolean {
    return this.found.size === 0;
  }

  /** Takes over what another has collected. */
  add(other: Notes): void {
    for (const note of other.found.values()) this.keep(note);
  }

  /** With the places at which they stand now. */
  all(): readonly Note[] {
    return [...this.found.values()].map(note => isPresent(note.range) && note.related.every(each => isPresent(each.range)) ? note : {
      ...note,
      range: presentRange(note.range),
      related: note.related.map(each => ({ ...each, range: presentRange(each.range) })),
    });
  }
}

/** What does not fit in an imported file is told where this document calls into it. */
function atCall(note: Note, { path }: Site): Note | undefined {
  const call = path.filter(each => each.chunk.file === undefined).at(-1);
  if (call === undefined) return undefined;
  const file = note.range.file?.split('/').at(-1) ?? '';
  return { ...note, range: rangeOf(call), message: `In ${file}, as it is called here: ${note.message}`, related: [{ range: note.range, message: 'here' }, ...note.related] };
}
