import type { Site } from '../python/machine';
import { rangeOf } from '../python/parse';
import type { SourceRange } from '../python/source';

/** Something wrong between layers: sizes that do not fit where tensors meet. */
export interface Note {
  readonly kind: 'channel-mismatch' | 'skip-size-mismatch';
  readonly range: SourceRange;
  /** Whether it happens for every input, or only for some sizes. */
  readonly certain: boolean;
  readonly message: string;
  readonly quote: string | undefined;
  readonly related: readonly { readonly range: SourceRange; readonly message: string }[];
}

/** Collects them; what is only rehearsed or excluded is left out. */
export class Notes {
  private readonly found = new Map<string, Note>();

  add(site: Site, note: Omit<Note, 'range' | 'related'> & { readonly related?: Note['related'] }): void {
    if (site.mode !== 'real' || site.node.chunk.file !== undefined) return;
    const range = rangeOf(site.node);
    const key = `${range.cell}:${range.from} ${note.message}`;
    if (this.found.size < 200 && !this.found.has(key)) this.found.set(key, { related: [], ...note, range });
  }

  all(): readonly Note[] {
    return [...this.found.values()];
  }
}

