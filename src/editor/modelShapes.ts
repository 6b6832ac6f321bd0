import * as vscode from 'vscode';
import type { Analyses, DocumentAnalysis } from './analyses';
import { commandId, type PlaceArgument } from './commandIds';
import type { Log } from './log';
import { modelNodes, nodeAt, type ModelNode } from './modelNodes';
import { isPython, pythonCells } from './notebooks';

export const modelShapesView = 'transposedConvLens.modelShapes';

/** How long typing must rest before the view is brought up to date, and the cursor before it is followed, in milliseconds. */
const delay = 250;
const followDelay = 100;

/** What the view shows, for tests and other extensions. */
export interface ModelShapesState {
  /** Rows in order, each with the rows that it holds; `label | description`. */
  readonly rows: readonly string[];
  readonly selected: string | undefined;
}

/**
 * The view that lists the models of the file or notebook in front like summary tables: layer, output shape,
 * parameters, overlap. It works only while it is visible.
 */
export class ModelShapes {
  private readonly changed = new vscode.EventEmitter<undefined>();
  private readonly view: vscode.TreeView<ModelNode>;
  private readonly subscriptions: vscode.Disposable;
  private shown: { readonly result: DocumentAnalysis; readonly nodes: readonly ModelNode[] } | undefined;
  private typing: ReturnType<typeof setTimeout> | undefined;
  private moving: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly analyses: Analyses, private readonly log: Log) {
    this.view = vscode.window.createTreeView<ModelNode>(modelShapesView, {
      showCollapseAll: true,
      treeDataProvider: {
        onDidChangeTreeData: this.changed.event,
        getChildren: parent => [...parent ? parent.children : this.shown?.nodes ?? []],
        getParent: node => node.parent,
        getTreeItem: node => treeItem(node, this.shown?.result),
      },
    });
    const update = (): void => { this.update(); };
    this.subscriptions = vscode.Disposable.from(
      this.view.onDidChangeVisibility(update),
      vscode.window.onDidChangeActiveTextEditor(update),
      vscode.window.onDidChangeActiveNotebookEditor(update),
      vscode.window.tabGroups.onDidChangeTabs(update),
      vscode.window.onDidChangeTextEditorSelection(() => { this.follow(); }),
      vscode.workspace.onDidChangeTextDocument(event => { if (event.contentChanges.length > 0 && isPython(event.document)) this.schedule(); }),
      vscode.workspace.onDidOpenTextDocument(document => { if (isPython(document)) this.schedule(); }),
      vscode.workspace.onDidChangeNotebookDocument(() => { this.schedule(); }),
      analyses.onDidChange(() => { this.schedule(); }),
    );
    update();
  }

  get state(): ModelShapesState {
    const rows = (nodes: readonly ModelNode[]): readonly string[] => nodes.flatMap(node => [`${node.label} | ${node.description}`, ...rows(node.children)]);
    return { rows: rows(this.shown?.nodes ?? []), selected: this.view.selection[0]?.description };
  }

  dispose(): void {
    clearTimeout(this.typing);
    clearTimeout(this.moving);
    this.subscriptions.dispose();
    this.view.dispose();
    this.changed.dispose();
  }

  private schedule(): void {
    if (!this.view.visible) return;
    clearTimeout(this.typing);
    this.typing = setTimeout(() => { this.update(); }, delay);
  }

  private update(): void {
    this.log.guard('Model shapes', () => {
      if (!this.view.visible) return;
      const document = pythonInFront(this.shown?.result);
      const result = document && this.analyses.of(document);
      if (result !== undefined && result === this.shown?.result) return;
      this.shown = result && { result, nodes: modelNodes(result.analysis.flow.models, [...result.analysis.layers, ...result.analysis.imported], range => result.lineBefore(range)) };
      const some = this.shown !== undefined && this.shown.nodes.length > 0;
      this.view.description = result && some ? basename(result.uri) : '';
      this.view.message = document === undefined ? undefined : some ? missing(result?.analysis.flow.cutOff)
        : this.shown ? 'No layers are found in this file.' : 'Transposed Conv Lens does not read this file: it is switched off, or the file is too long.';
      this.changed.fire(undefined);
      this.follow();
    });
  }

  private follow(): void {
    if (!this.view.visible) return;
    clearTimeout(this.moving);
    this.moving = setTimeout(() => { void this.log.guardAsync('Model shapes', () => this.reveal()); }, followDelay);
  }

  /** Selects the row of the layer, part or model in which the cursor stands. */
  private async reveal(): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    const line = editor?.document.lineAt(editor.selection.active).range;
    const [at, start, end] = [editor?.selection.active, line?.start, line?.end].map(position => position && editor && this.shown?.result.offsetOf(editor.document, position));
    const [selected] = this.view.selection;
    const node = this.view.visible && at && start && end && this.shown
      ? nodeAt(this.shown.nodes, { cell: at.cell, offset: at.from, line: [start.from, end.from] }, selected) : undefined;
    if (node && node.id !== selected?.id) await this.view.reveal(node, { select: true, focus: false });
  }
}

function missing(cutOff: string | undefined): string | undefined {
  return cutOff === undefined ? undefined : `Not all is shown: ${cutOff}.`;
}

/**
 * The Python document in front; of a notebook a cell of it, for they are analysed together. While something that
 * is no text is in front (a page, the playground), the one that was there before, if it is still in a tab.
 */
function pythonInFront(before: DocumentAnalysis | undefined): vscode.TextDocument | undefined {
  const document = vscode.window.activeTextEditor?.document;
  if (document) return isPython(document) ? document : undefined;
  const notebook = vscode.window.activeNotebookEditor?.notebook;
  if (notebook) return pythonCells(notebook).find(cell => cell !== undefined);
  const key = before?.uri.toString();
  const tabs = vscode.window.tabGroups.all.flatMap(group => group.tabs);
  const stillThere = tabs.some(({ input }) => (input instanceof vscode.TabInputText || input instanceof vscode.TabInputNotebook) && input.uri.toString() === key);
  return stillThere ? before?.documents[0] : undefined;
}

function treeItem(node: ModelNode, result: DocumentAnalysis | undefined): vscode.TreeItem {
  const { None, Expanded, Collapsed } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(node.label, node.children.length === 0 ? None : node.open ? Expanded : Collapsed);
  item.id = node.id;
  item.description = node.description;
  item.tooltip = [`${node.label}${node.description === '' ? '' : `: ${node.description}`}`, ...node.details].join('\n');
  item.iconPath = new vscode.ThemeIcon(node.icon, node.colour === undefined ? undefined : new vscode.ThemeColor(node.colour));
  item.accessibilityInformation = { label: node.description === '' ? node.label : `${node.label}, ${node.description.replaceAll(' · ', ', ')}` };
  const location = node.range && result?.location(node.range);
  if (location) {
    const place: PlaceArgument = { uri: location.uri.toString(), line: location.range.start.line, character: location.range.start.character };
    item.command = { title: 'Go to Source', command: commandId('showPlace'), arguments: [place] };
  }
  return item;
}

function basename(uri: vscode.Uri): string {
  return uri.path.slice(uri.path.lastIndexOf('/') + 1);
}
