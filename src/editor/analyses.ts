import * as vscode from 'vscode';
import type { Analysis } from '../analysis';
import { Analyzer } from '../analyze';
import type { Layer } from '../network/layer';
import { LineIndex, type SourceRange } from '../python/source';
import type { Log } from './log';
import { isPython, notebookOf, pythonCells } from './notebooks';
import type { Settings } from './settings';
import { WorkspaceFiles, type FileChange } from './workspaceFiles';

/** The documents that are analysed, for every provider. Schemes are left open: virtual workspaces have their own. */
export const pythonDocuments: vscode.DocumentSelector = { language: 'python' };

/** Longer texts than this are not Python that somebody edits; reading them would hold up the editor. */
const maximumLength = 4_000_000;

/** The analysis of a Python file or notebook, and the way back from its ranges to the editor's. */
export class DocumentAnalysis {
  constructor(
    /** Of the file or the notebook. */
    readonly uri: vscode.Uri,
    readonly analysis: Analysis,
    /** The text document of each cell; a file is its own cell 0. */
    private readonly cells: readonly (vscode.TextDocument | undefined)[],
    private readonly imported?: (path: string, range: SourceRange) => vscode.Location | undefined,
  ) {}

  /** The Python documents in it. */
  get documents(): readonly vscode.TextDocument[] {
    return this.cells.filter(cell => cell !== undefined);
  }

  /** Where the range lies, in this document or in a file that it imports; `undefined` when that is no longer there. */
  location(range: SourceRange): vscode.Location | undefined {
    if (range.file !== undefined) return this.imported?.(range.file, range);
    const document = this.cells[range.cell];
    return document && new vscode.Location(document.uri, toRange(document, range));
  }

  /** The line in which the range begins, up to it; empty where its text is not at hand. */
  lineBefore({ file, cell, from }: SourceRange): string {
    const document = file === undefined ? this.cells[cell] : undefined;
    if (document) {
      const { line, character } = document.positionAt(from);
      return document.lineAt(line).text.slice(0, character);
    }
    const text = file === undefined ? undefined : this.analysis.textOf?.(file);
    return text?.slice(text.lastIndexOf('\n', from - 1) + 1, from) ?? '';
  }

  /** As {@link location}, if it is in that document. */
  rangeIn(document: vscode.TextDocument, range: SourceRange): vscode.Range | undefined {
    return range.file === undefined && this.cells[range.cell] === document ? toRange(document, range) : undefined;
  }

  /** The position as an empty range of the source; `undefined` where the document is no part of it. */
  offsetOf(document: vscode.TextDocument, position: vscode.Position): SourceRange | undefined {
    const cell = this.cells.indexOf(document);
    const offset = document.offsetAt(position);
    return cell < 0 ? undefined : { from: offset, to: offset, cell };
  }

  /** The layers whose call lies in the document, with their ranges there. */
  layersIn(document: vscode.TextDocument): readonly { readonly layer: Layer; readonly range: vscode.Range }[] {
    return this.analysis.layers.flatMap(layer => {
      const range = this.rangeIn(document, layer.range);
      return range ? [{ layer, range }] : [];
    });
  }

  /** The innermost layer whose call contains the position. */
  layerAt(document: vscode.TextDocument, position: vscode.Position): { readonly layer: Layer; readonly range: vscode.Range } | undefined {
    const around = this.layersIn(document).filter(({ range }) => range.contains(position));
    return around.reduce<typeof around[number] | undefined>(
      (inner, next) => inner === undefined || inner.range.contains(next.range) ? next : inner, undefined);
  }
}

interface Kept {
  /** What the result was made from. */
  stamp: string;
  /** The folder of the files that it imports. */
  readonly root: string | undefined;
  readonly result: DocumentAnalysis;
  /** Knows the text as it was, and parses only what has changed. */
  readonly analyzer: Analyzer;
}

/**
 * Analyses by document, kept until the text or the settings change. All Python cells of a notebook are
 * analysed together, since names of one cell are used in the next.
 */
export class Analyses {
  private readonly kept = new Map<string, Kept>();
  private generation = 0;
  private readonly files = new WorkspaceFiles();
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly subscriptions: vscode.Disposable;
  /** Analyses may differ although no document has been edited: settings or imported files are others. */
  readonly onDidChange = this.changed.event;

  constructor(private readonly settings: Settings, private readonly log: Log) {
    this.subscriptions = vscode.Disposable.from(
      this.files, this.changed,
      settings.onDidChange(() => {
        this.generation++;
        this.changed.fire();
      }),
      this.files.onDidChange(changes => { this.forget(changes); }),
      vscode.workspace.onDidCloseTextDocument(document => this.kept.delete(document.uri.toString())),
      vscode.workspace.onDidCloseNotebookDocument(notebook => this.kept.delete(notebook.uri.toString())),
    );
  }

  /** The analysis of the document as it stands; `undefined` when it is not analysed or the setting is off. */
  of(document: vscode.TextDocument): DocumentAnalysis | undefined {
    if (!isPython(document) || !this.settings.of(document).enable) return undefined;
    const notebook = notebookOf(document);
    const uri = notebook?.uri ?? document.uri;
    const cells = notebook ? pythonCells(notebook) : [document];
    const stamp = `${this.generation}|${cells.map(cell => cell ? `${cell.uri.toString()}@${cell.version}` : '').join('|')}`;
    const kept = this.kept.get(uri.toString());
    if (kept?.stamp === stamp) return kept.result;
    const texts = cells.map(cell => cell?.getText());
    if (texts.reduce((sum, text) => sum + (text?.length ?? 0), 0) > maximumLength) return undefined;
    const analyzer = kept?.analyzer ?? new Analyzer();
    const place = this.files.of(uri);
    const result = this.log.guard(`Analysis of ${uri.toString()}`, () => {
      const { analysis: options } = this.settings.of(document);
      const start = performance.now();
      const source = { kind: notebook ? 'notebook' as const : 'file' as const, cells: texts, ...place === undefined ? {} : { path: place.path } };
      const analysis = analyzer.analyze(source, place === undefined ? options : { ...options, files: place.files });
      this.log.channel.debug(`${uri.toString()}: ${analysis.layers.length} layers, ${analysis.findings.length} findings, ${(performance.now() - start).toFixed(1)} ms`);
      return new DocumentAnalysis(uri, analysis, cells, place && ((path, range) => locationIn(place.files.read(path), vscode.Uri.joinPath(place.root, path), range)));
    });
    if (result) this.kept.set(uri.toString(), { stamp, result, analyzer, root: place?.root.toString() });
    return result;
  }

  /** Has the documents analysed again that have looked for one of the files. */
  private forget(changes: readonly FileChange[]): void {
    let any = false;
    for (const kept of this.kept.values()) {
      const asked = new Set(kept.result.analysis.asked);
      if (!changes.some(({ root, path }) => root.toString() === kept.root && asked.has(path))) continue;
      kept.stamp = '';
      any = true;
    }
    if (any) this.changed.fire();
  }

  dispose(): void {
    this.subscriptions.dispose();
    this.kept.clear();
  }
}

/** A place in a file that need not be open. */
function locationIn(text: string | undefined, uri: vscode.Uri, range: SourceRange): vscode.Location | undefined {
  if (text === undefined) return undefined;
  const lines = new LineIndex(text);
  const [from, to] = [lines.position(range.from), lines.position(range.to)];
  return new vscode.Location(uri, new vscode.Range(from.line, from.column, to.line, to.column));
}

function toRange(document: vscode.TextDocument, range: SourceRange): vscode.Range {
  return new vscode.Range(document.positionAt(range.from), document.positionAt(range.to));
}
