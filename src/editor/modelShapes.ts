import * as vscode from 'vscode';
import type { DocumentAnalysis } from './analyses';
import { commandId, type PlaceArgument } from './commandIds';
import { modelNodes, nodeAt, type ModelNode } from './modelNodes';
import { isPython, pythonCells } from './notebooks';
import type { Services } from './services';

export const modelShapesView = 'transposedConvLens.modelShapes';

/** How long typing must rest before the view is brought up to date, and the cursor before it is followed, in milliseconds. */
const delay = 250;
const followDelay = 100;

/** The models of the file or notebook in front, as summary tables: layer, output shape, parameters, overlap. */
export function modelShapes(services: Services): vscode.Disposable {
  const changed = new vscode.EventEmitter<undefined>();
  let shown: { readonly result: DocumentAnalysis; readonly nodes: readonly ModelNode[] } | undefined;
  let typing: ReturnType<typeof setTimeout> | undefined;
  let moving: ReturnType<typeof setTimeout> | undefined;

  const view = vscode.window.createTreeView<ModelNode>(modelShapesView, {
    showCollapseAll: true,
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getChildren: parent => (parent ? parent.children : shown?.nodes ?? []) as ModelNode[],
      getParent: node => node.parent,
      getTreeItem: node => treeItem(node, shown?.result),
    },
  });

  const update = (): void => void services.log.guard('Model shapes', () => {
    if (!view.visible) return;
    const document = pythonInFront();
    const result = document && services.analyses.of(document);
    if (result !== undefined && result === shown?.result) return;
    shown = result && { result, nodes: modelNodes(result.analysis.flow.models, [...result.analysis.layers, ...result.analysis.imported]) };
    view.description = result && shown && shown.nodes.length > 0 ? basename(result.uri) : '';
    view.message = document === undefined || (shown && shown.nodes.length > 0) ? undefined
      : shown ? 'No layers are found in this file.' : 'Transposed Conv Lens does not read this file: it is switched off, or the file is too long.';
    changed.fire(undefined);
    follow();
  });
  const follow = (): void => {
    clearTimeout(moving);
    moving = setTimeout(() => { void services.log.guardAsync('Model shapes', reveal); }, followDelay);
  };
  const reveal = async (): Promise<void> => {
    const editor = vscode.window.activeTextEditor;
    const at = editor && shown?.result.offsetOf(editor.document, editor.selection.active);
    const [selected] = view.selection;
    const node = view.visible && at && shown ? nodeAt(shown.nodes, { cell: at.cell, offset: at.from }, selected) : undefined;
    if (node && node.id !== selected?.id) await view.reveal(node, { select: true, focus: false });
  };
  const schedule = (document: vscode.TextDocument): void => {
    if (!view.visible || !isPython(document)) return;
    clearTimeout(typing);
    typing = setTimeout(update, delay);
  };

  update();
  return vscode.Disposable.from(
    view, changed,
    view.onDidChangeVisibility(update),
    vscode.window.onDidChangeActiveTextEditor(update),
    vscode.window.onDidChangeActiveNotebookEditor(update),
    vscode.window.onDidChangeTextEditorSelection(follow),
    vscode.workspace.onDidChangeTextDocument(event => { if (event.contentChanges.length > 0) schedule(event.document); }),
    vscode.workspace.onDidOpenTextDocument(schedule),
    vscode.workspace.onDidChangeNotebookDocument(() => { clearTimeout(typing); typing = setTimeout(update, delay); }),
    services.settings.onDidChange(update),
    new vscode.Disposable(() => { clearTimeout(typing); clearTimeout(moving); }),
  );
}

/** The Python document in front; of a notebook a cell of it, for they are analysed together. */
function pythonInFront(): vscode.TextDocument | undefined {
  const document = vscode.window.activeTextEditor?.document;
  if (document && isPython(document)) return document;
  const notebook = vscode.window.activeNotebookEditor?.notebook;
  return notebook && pythonCells(notebook).find(cell => cell !== undefined);
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
