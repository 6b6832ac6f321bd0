import * as vscode from 'vscode';
import type { Analysis } from '../analysis';
import { Analyzer } from '../analyze';
import type { Layer } from '../network/layer';
import type { SourceRange } from '../python/source';
import type { Log } from './log';
import { isPython, notebookOf, pythonCells } from './notebooks';
import type { Settings } from './settings';

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
  ) {}

  /** The Python documents in it. */
  get documents(): readonly vscode.TextDocument[] {
    return this.cells.filter(cell => cell !== undefined);
  }

  /** Where the range lies; `undefined` when that is another file, or no longer there. */
  location(range: SourceRange): vscode.Location | undefined {
    const document = range.file === undefined ? this.cells[range.cell] : undefined;
    return document && new vscode.Location(document.uri, toRange(document, range));
  }

  /** As {@link location}, if it is in that document. */
  rangeIn(document: vscode.TextDocument, range: SourceRange): vscode.Range | undefined {
    return range.file === undefined && this.cells[range.cell] === document ? toRange(document, range) : undefined;
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
  readonly stamp: string;
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
  private readonly subscriptions: vscode.Disposable;

  constructor(private readonly settings: Settings, private readonly log: Log) {
    this.subscriptions = vscode.Disposable.from(
      settings.onDidChange(() => { this.generation++; }),
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
    const result = this.log.guard(`Analysis of ${uri.toString()}`, () => {
      const { analysis: options } = this.settings.of(document);
      const start = performance.now();
      const analysis = analyzer.analyze({ kind: notebook ? 'notebook' : 'file', cells: texts }, options);
      this.log.channel.debug(`${uri.toString()}: ${analysis.layers.length} layers, ${analysis.findings.length} findings, ${(performance.now() - start).toFixed(1)} ms`);
      return new DocumentAnalysis(uri, analysis, cells);
    });
    if (result) this.kept.set(uri.toString(), { stamp, result, analyzer });
    return result;
  }

  dispose(): void {
    this.subscriptions.dispose();
    this.kept.clear();
  }
}

function toRange(document: vscode.TextDocument, range: SourceRange): vscode.Range {
  return new vscode.Range(document.positionAt(range.from), document.positionAt(range.to));
}
