import type { ResidueCondition } from '../algebra/condition';
import type { Site } from '../python/machine';
import type { Places } from '../python/places';
import type { SourceRange } from '../python/source';
import type { Node } from '../python/syntax';
import { isBundled } from './torchvision/encoders';

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
    if (this.found.length < mostNotes) for (const note of other.found) this.keep(note);
  }

  /** As they stand in one version of the text. */
  placed(places: Places): readonly Note[] {
    return this.found.map(note => new PlacedNote(note, places));
  }
}

/** A note as it stands in one version of the text. */
class PlacedNote implements Note {
  readonly range: SourceRange;

  constructor(private readonly core: NoteCore, private readonly places: Places) {
    this.range = rangeOf(core.subject, places);
  }

  get kind(): Note['kind'] {
    return this.core.kind;
  }

  get certain(): boolean {
    return this.core.certain;
  }

  get message(): string {
    return this.core.message;
  }

  get quote(): string | undefined {
    return this.core.quote;
  }

  get fits(): FitCondition | undefined {
    return this.core.fits;
  }

  get related(): Note['related'] {
    return this.core.related.map(({ subject, message }) => ({ range: rangeOf(subject, this.places), message })).filter(({ range }) => !isBundled(range.file));
  }
}

function rangeOf(subject: Subject, places: Places): SourceRange {
  return 'chunk' in subject ? places.rangeOf(subject) : subject;
}

function fileOf(subject: Subject): string | undefined {
  return 'chunk' in subject ? subject.chunk.file : subject.file;
}

/** What does not fit in an imported file is told where this document calls into it. */
function atCall(note: Omit<NoteCore, 'subject'>, subject: Subject, { path }: Site): NoteCore | undefined {
  const call = path.filter(each => each.chunk.file === undefined).at(-1);
  if (call === undefined) return undefined;
  const file = fileOf(subject) ?? '';
  const name = isBundled(file) ? file.slice(1, file.indexOf('>')) : file.split('/').at(-1) ?? '';
  return { ...note, subject: call, message: `In ${name}, as it is called here: ${note.message}`, related: [{ subject, message: 'here' }, ...note.related] };
}
