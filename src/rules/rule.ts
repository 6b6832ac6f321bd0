import type { Layer } from '../network/layer';
import type { Note } from '../network/notes';
import type { SourceRange } from '../python/source';

export type Severity = 'error' | 'warning' | 'information' | 'hint';
export type SeveritySetting = Severity | 'off';

/** A rule is a code, a name, and a function from a layer, or from all, to findings. One file each; `index.ts` lists them. */
export interface Rule {
  /** `TC101`. */
  readonly code: string;
  /** `uneven-overlap`. */
  readonly name: string;
  readonly severity: SeveritySetting;
  /** One sentence for lists and settings. */
  readonly summary: string;
  /** What it reports of a layer, whatever else there is in the document: kept while the layer is the same. */
  checkLayer?(context: RuleContext, layer: Layer): Iterable<Violation>;
  /** What it reports of the document as a whole. */
  check?(context: RuleContext): Iterable<Violation>;
}

export interface RuleContext {
  /** Every layer of the document, in source order. */
  readonly layers: readonly Layer[];
  /** Layers of other files that it reaches. */
  readonly imported?: readonly Layer[];
  /** What an imported file's own analysis says of its layers, by {@link keyOfViolation}: nothing that is done here causes that. */
  toldIn?(file: string): ReadonlySet<string>;
  /** What does not fit where tensors meet. */
  readonly notes?: readonly Note[];
  /** The text of a range. */
  text(range: SourceRange): string;
  /** Every comment of the document, in source order, `#` included: what may hold suppressions. */
  readonly comments?: readonly Comment[];
}

/** A comment of the Python source, from `#` to the end of its line. */
export interface Comment {
  readonly range: SourceRange;
  readonly text: string;
}

/** What a rule reports; the driver adds code, name and severity. */
export interface Violation {
  readonly range: SourceRange;
  readonly message: string;
  /** Of which instances it is true, where not of all; follows the message. */
  readonly note?: string;
  /** Instead of the rule's severity, where this case weighs less. A rule that is off stays off. */
  readonly severity?: Severity;
  /** The call it is about; a suppression on the line where it starts holds too. */
  readonly call?: SourceRange;
  readonly fixes?: readonly Fix[];
  readonly related?: readonly Related[];
}

export interface Finding extends Violation {
  readonly rule: string;
  readonly name: string;
  readonly severity: Severity;
  readonly fixes: readonly Fix[];
  readonly related: readonly Related[];
}

export interface Related {
  readonly range: SourceRange;
  readonly message: string;
}

/** A change of the text that resolves the finding. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly Edit[];
  /** The one to take when one is asked for. */
  readonly preferred: boolean;
}

export interface Edit {
  readonly range: SourceRange;
  readonly text: string;
}
