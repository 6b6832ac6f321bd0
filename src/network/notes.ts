import type { ResidueCondition } from '../algebra/condition';
import type { Site } from '../python/machine';
import type { Places } from '../python/places';
import type { SourceRange } from '../python/source';
import type { Node } from '../python/syntax';

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
  readonly fits: FitCondition | undefined;
}

/** What must hold for tensors to fit. */
export interface FitCondition {
  /** All of them. */
  readonly conditions: readonly ResidueCondition[];
  /** `H and 2·(H//2); W and 2·(W//2)`. */
  readonly sizes: string;
}

/** What it is about: something in the code, wherever that stands, or a comment. */
export type Subject = Node | SourceRange;

/** A note, wherever what it is about stands. */
interface NoteCore extends Omit<Note, 'range' | 'related' | 'fits'> {
  readonly fits?: FitCondition;
  readonly subject: Subject;
  readonly related: RelatedSubjects;
}

/** Other places that have to do with it. */
export type RelatedSubjects = readonly { readonly subject: Subject; readonly message: string }[];

const mostNotes = 200;

/** Collects them; what is only rehearsed or excluded is left out. */
export class Notes {
  private readonly found: NoteCore[] = [];
  private readonly bySubject = new Map<Subject, NoteCore[]>();

  note(site: Site, note: Omit<NoteCore, 'subject'>, subject: Subject = site.node): void {
    if (site.mode !== 'real') return;
    const placed = fileOf(subject) === undefined ? { ...note, subject } : atCall(note, subject, site);
    if (placed !== undefined) this.keep(placed);
  }

  /** A comment that is none of those that are read, or has nothing to be about. */
  comment(subject: SourceRange, message: string): void {
    this.keep({ kind: 'unread-comment', subject, certain: true, message, quote: undefined, related: [] });
  }

  private keep(note: NoteCore): void {
    if (this.found.length >= mostNotes) return;
    const others = this.bySubject.get(note.subject);
    if (others === undefined) this.bySubject.set(note.subject, [note]);
    else if (others.some(other => other.message === note.message)) return;
    else others.push(note);
    this.found.push(note);
  }

  get isEmpty(): boolean {
    return this.found.length === 0;
  }

  /** Takes over what another has collected. */
  add(other: Notes): void {
    for (const note of other.found) this.keep(note);
  }

  /** As they stand in one version of the text. */
  placed(places: Places): readonly Note[] {
    const rangeOf = (subject: Subject): SourceRange => 'chunk' in subject ? places.rangeOf(subject) : subject;
    return this.found.map(({ kind, subject, certain, message, quote, related, fits }) => ({
      kind, range: rangeOf(subject), certain, message, quote,
      related: related.map(each => ({ range: rangeOf(each.subject), message: each.message })),
      fits,
    }));
  }
}

function fileOf(subject: Subject): string | undefined {
  return 'chunk' in subject ? subject.chunk.file : subject.file;
}

/** What does not fit in an imported file is told where this document calls into it. */
function atCall(note: Omit<NoteCore, 'subject'>, subject: Subject, { path }: Site): NoteCore | undefined {
  const call = path.filter(each => each.chunk.file === undefined).at(-1);
  if (call === undefined) return undefined;
  const file = fileOf(subject)?.split('/').at(-1) ?? '';
  return { ...note, subject: call, message: `In ${file}, as it is called here: ${note.message}`, related: [{ subject, message: 'here' }, ...note.related] };
}
