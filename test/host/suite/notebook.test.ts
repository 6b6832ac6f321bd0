import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, code, eventually, extensionApi, hoverAt, marked, positionOf, problems } from './support';

const cells = [
  '%matplotlib inline\nimport torch.nn as nn\nk = 3\n',
  'up = nn.ConvTranspose2d(8, 4, kernel_size=k, stride=2, padding=1)\n',
];

async function openNotebook(texts: readonly string[]): Promise<vscode.NotebookDocument> {
  const notebook = await vscode.workspace.openNotebookDocument('jupyter-notebook', new vscode.NotebookData([
    new vscode.NotebookCellData(vscode.NotebookCellKind.Markup, '# Title', 'markdown'),
    ...texts.map(text => new vscode.NotebookCellData(vscode.NotebookCellKind.Code, text, 'python')),
  ]));
  await vscode.window.showNotebookDocument(notebook);
  return notebook;
}

describe('notebook', function () {
  // The first of them waits for VS Code's own notebook extension.
  this.timeout(60_000);
  before(extensionApi);
  afterEach(closeAll);

  it('has hovers that know the names of earlier cells', async () => {
    const notebook = await openNotebook(cells);
    const { document } = notebook.cellAt(2);
    const text = await eventually('hover', async () => await hoverAt(document.uri, positionOf(document, 'ConvTranspose2d')) || undefined);
    assert.match(text, /`\(N, 4, 2H - 1, 2W - 1\)`/);
  });

  it('has problems in the cell of the layer', async () => {
    const notebook = await openNotebook(cells);
    const { document } = notebook.cellAt(2);
    await eventually('TC101', () => problems(document.uri).some(each => code(each) === 'TC101') ? true : undefined);
    assert.ok(marked(document, problems(document.uri)).includes('TC101 kernel_size=k'));
    assert.deepEqual(problems(notebook.cellAt(1).document.uri), []);
  });

  it('follows a change in an earlier cell', async () => {
    const notebook = await openNotebook(cells);
    const [{ document: first }, { document: second }] = [notebook.cellAt(1), notebook.cellAt(2)];
    await eventually('TC101', () => problems(second.uri).some(each => code(each) === 'TC101') ? true : undefined);
    const edit = new vscode.WorkspaceEdit();
    const three = positionOf(first, '3');
    edit.replace(first.uri, new vscode.Range(three, three.translate(0, 1)), '4');
    await vscode.workspace.applyEdit(edit);
    await eventually('no TC101', () => problems(second.uri).some(each => code(each) === 'TC101') ? undefined : true);
  });

  it('follows the removal of a cell', async () => {
    const notebook = await openNotebook(cells);
    const { document } = notebook.cellAt(2);
    await eventually('TC101', () => problems(document.uri).some(each => code(each) === 'TC101') ? true : undefined);
    const edit = new vscode.WorkspaceEdit();
    edit.set(notebook.uri, [vscode.NotebookEdit.deleteCells(new vscode.NotebookRange(1, 2))]);
    await vscode.workspace.applyEdit(edit);
    // The import went with the cell.
    await eventually('no problems', () => problems(document.uri).length === 0 ? true : undefined);
  });

  it('of the sample workspace', async () => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    const notebook = await vscode.workspace.openNotebookDocument(vscode.Uri.joinPath(folder.uri, 'upsampling.ipynb'));
    await vscode.window.showNotebookDocument(notebook);
    const layer = notebook.getCells().find(cell => cell.document.getText().includes('Conv2DTranspose(') || cell.document.getText().includes('ConvTranspose2d('));
    assert.ok(layer);
    const name = layer.document.getText().includes('ConvTranspose2d(') ? 'ConvTranspose2d(' : 'Conv2DTranspose(';
    const text = await eventually('hover', async () => await hoverAt(layer.document.uri, positionOf(layer.document, name)) || undefined);
    assert.match(text, /overlap|Holes/);
  });
});
