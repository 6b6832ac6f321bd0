import * as vscode from 'vscode';
import type { PlaygroundLayer } from '../protocol';
import type { Analyses, DocumentAnalysis } from './analyses';
import { openedDocument } from './documents';
import type { Log } from './log';
import { notebookOf } from './notebooks';
import { playgroundLayer } from './playgroundLayer';

/** A layer in the source. */
export interface LayerPlace {
  readonly layer: DocumentAnalysis['analysis']['layers'][number];
  readonly document: vscode.TextDocument;
  /** Of the call. */
  readonly range: vscode.Range;
  /** What else is there: the layers in a row with this one. */
  readonly within: DocumentAnalysis;
}

/** A layer as it goes to the page. */
export interface ShownLayer {
  readonly layer: PlaygroundLayer;
  /** Grows with each that is sent. */
  readonly revision: number;
  /** The same call as before, after an edit of the code. */
  readonly reread: boolean;
}

/** Which call is shown; kept over a reload of the window, as the page keeps its state. */
interface Tracked {
  readonly uri: string;
  /** Where the call starts, in UTF-16 units. */
  readonly offset: number;
  /** The text of the call when it was sent. */
  readonly call: string;
  readonly revision: number;
}

const key = 'playground.source';

/** Typing rests this long before the code is read again, in milliseconds. */
const rest = 200;

/**
 * The call in the source that the playground shows. Follows it while the text changes around it, and tells
 * when what it says has changed.
 */
export class PlaygroundSource {
  private tracked: Tracked | undefined;
  private shown = '';
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly changed = new vscode.EventEmitter<ShownLayer | 'gone'>();
  /** The call says something else now, or is no longer there. */
  readonly onDidChange = this.changed.event;
  private readonly subscriptions: vscode.Disposable;

  constructor(private readonly analyses: Analyses, private readonly memory: vscode.Memento, private readonly log: Log) {
    const kept = memory.get<unknown>(key);
    if (isTracked(kept)) this.tracked = kept;
    this.subscriptions = vscode.Disposable.from(
      this.changed,
      vscode.workspace.onDidChangeTextDocument(event => { this.onEdit(event); }),
      vscode.workspace.onDidChangeNotebookDocument(() => { this.schedule(); }),
    );
  }

  get revision(): number | undefined {
    return this.tracked?.revision;
  }

  /** The text of the call as the page knows it. */
  get call(): string | undefined {
    return this.tracked?.call;
  }

  /** Shows this call from now on. `undefined` where there is nothing to draw. */
  show(place: LayerPlace): ShownLayer | undefined {
    const layer = describe(place);
    return layer && this.remember(place, layer, false);
  }

  isAt({ document, range }: Pick<LayerPlace, 'document' | 'range'>): boolean {
    return this.tracked?.uri === document.uri.toString() && this.tracked.offset === document.offsetAt(range.start);
  }

  /** What the page shows is of its own making. */
  forget(): void {
    this.tracked = undefined;
    void this.memory.update(key, undefined);
  }

  /**
   * The call as it stands now, read again; the document is opened if it must be.
   * @returns `undefined` where there is none.
   */
  async current(): Promise<LayerPlace | undefined> {
    if (!this.tracked) return undefined;
    const document = await openedDocument(this.tracked.uri);
    return document && this.find(document);
  }

  /** Where the call starts. */
  async place(): Promise<{ readonly document: vscode.TextDocument; readonly position: vscode.Position } | undefined> {
    if (!this.tracked) return undefined;
    const document = await openedDocument(this.tracked.uri);
    return document && { document, position: document.positionAt(this.tracked.offset) };
  }

  /** Reads the code again, and tells if it says something else. Documents that are not open are left. */
  reread(): void {
    const { tracked } = this;
    const document = tracked && vscode.workspace.textDocuments.find(each => each.uri.toString() === tracked.uri);
    if (!tracked || !document) return;
    const place = this.find(document);
    const layer = place && describe(place);
    if (!place || !layer) {
      this.shown = '';
      this.changed.fire('gone');
    } else if (JSON.stringify(layer) !== this.shown || document.getText(place.range) !== tracked.call) {
      this.changed.fire(this.remember(place, layer, true));
    }
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.subscriptions.dispose();
  }

  private remember({ document, range }: LayerPlace, layer: PlaygroundLayer, reread: boolean): ShownLayer {
    const revision = (this.tracked?.revision ?? 0) + 1;
    this.tracked = { uri: document.uri.toString(), offset: document.offsetAt(range.start), call: document.getText(range), revision };
    this.shown = JSON.stringify(layer);
    void this.memory.update(key, this.tracked);
    return { layer, revision, reread };
  }

  private onEdit({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    const { tracked } = this;
    if (!tracked || contentChanges.length === 0) return;
    if (document.uri.toString() === tracked.uri) {
      // The last change comes first, so that the offsets hold.
      const offset = contentChanges.reduce((at, { rangeOffset, rangeLength, text }) =>
        rangeOffset + rangeLength <= at ? at + text.length - rangeLength : Math.min(at, rangeOffset), tracked.offset);
      this.tracked = { ...tracked, offset };
      void this.memory.update(key, this.tracked);
    }
    // Any file or cell may decide a value of the call.
    this.schedule();
  }

  private schedule(): void {
    if (!this.tracked) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => { this.log.guard('Playground', () => { this.reread(); }); }, rest);
  }

  /** The call that starts where it should, or is around there, or reads as it did. */
  private find(document: vscode.TextDocument): LayerPlace | undefined {
    const { tracked } = this;
    const within = tracked && this.analyses.of(document);
    if (!within) return undefined;
    const position = document.positionAt(tracked.offset);
    const layers = within.layersIn(document);
    const found = layers.find(({ range }) => range.start.isEqual(position)) ?? within.layerAt(document, position)
      ?? nearest(layers.filter(({ range }) => document.getText(range) === tracked.call), ({ range }) => Math.abs(document.offsetAt(range.start) - tracked.offset));
    return found && { ...found, document, within };
  }
}

function nearest<Item>(items: readonly Item[], distance: (item: Item) => number): Item | undefined {
  return items.reduce<Item | undefined>((best, item) => best === undefined || distance(item) < distance(best) ? item : best, undefined);
}

function describe({ layer, document, range, within }: LayerPlace): PlaygroundLayer | undefined {
  return playgroundLayer(layer, placeName(document, range.start), {
    layers: within.analysis.layers,
    placeOf: each => {
      const place = within.location(each);
      const own = within.documents.find(candidate => candidate.uri.toString() === place?.uri.toString());
      return place && own && placeName(own, place.range.start);
    },
  });
}

/** `generator.py:12`, `demo.ipynb:cell 4:2`. */
function placeName(document: vscode.TextDocument, { line }: vscode.Position): string {
  const { path } = document.uri;
  const cell = notebookOf(document)?.getCells().find(each => each.document === document);
  return `${path.slice(path.lastIndexOf('/') + 1)}:${cell ? `cell ${cell.index + 1}:` : ''}${line + 1}`;
}

function isTracked(value: unknown): value is Tracked {
  if (typeof value !== 'object' || value === null) return false;
  const { uri, offset, call, revision } = value as Partial<Record<keyof Tracked, unknown>>;
  return typeof uri === 'string' && Number.isSafeInteger(offset) && typeof call === 'string' && Number.isSafeInteger(revision);
}
