import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ExtensionApi } from '../../../src/editor/services';
import { closeAll, eventually, extensionApi, openPython, pause, positionOf } from './support';

const model = `import torch
import torch.nn as nn

class Up(nn.Module):
    def __init__(self, a, b):
        super().__init__()
        self.up = nn.ConvTranspose2d(a, b, 4, 2, 1)
        self.norm = nn.BatchNorm2d(b)
    def forward(self, x):
        return self.norm(self.up(x))

net = nn.Sequential(Up(8, 4), nn.ConvTranspose2d(4, 1, 3, 2, 1))
y = net(torch.zeros(1, 8, 4, 4))
`;

const rows = [
  'net | 561 parameters',
  'Up | (1, 4, 8, 8) · 524 parameters',
  'up: ConvTranspose2d | (1, 4, 8, 8) · 516 parameters · even overlap',
  'norm: BatchNorm2d | (1, 4, 8, 8) · 8 parameters',
  'ConvTranspose2d | (1, 1, 15, 15) · 37 parameters · uneven overlap',
];

describe('Model Shapes', () => {
  let api: ExtensionApi;
  before(async () => {
    api = await extensionApi();
    await vscode.commands.executeCommand('transposedConvLens.modelShapes.focus');
  });
  afterEach(closeAll);
  after(() => vscode.commands.executeCommand('transposedConvLens.modelShapes.toggleVisibility').then(undefined, () => undefined));

  async function shows(expected: readonly string[]): Promise<void> {
    try {
      await eventually('rows', () => api.modelShapes().rows.join('\n') === expected.join('\n') ? true : undefined);
    } catch {
      assert.deepEqual(api.modelShapes().rows, expected);
    }
  }

  it('lists the layers of the file in front, and nothing without one', async () => {
    await openPython(model);
    await shows(rows);
    await closeAll();
    await shows([]);
  });

  it('follows what is typed', async () => {
    const document = await openPython(model);
    await shows(rows);
    const edit = new vscode.WorkspaceEdit();
    const at = positionOf(document, '4, 4)', 0);
    edit.replace(document.uri, new vscode.Range(at, at.translate(0, 1)), '6');
    await vscode.workspace.applyEdit(edit);
    await eventually('other shapes', () => api.modelShapes().rows.some(row => row.includes('(1, 4, 12, 8)')) ? true : undefined);
  });

  it('follows the cursor', async () => {
    const document = await openPython(model);
    await shows(rows);
    const editor = await vscode.window.showTextDocument(document);
    for (const [text, row] of [['ConvTranspose2d(4', '(1, 1, 15, 15)'], ['BatchNorm2d', '(1, 4, 8, 8) · 8 parameters']] as const) {
      const at = positionOf(document, text);
      editor.selection = new vscode.Selection(at, at);
      await eventually(`the row of ${text}`, () => api.modelShapes().selected?.includes(row) === true ? true : undefined);
    }
  });

  it('stays while something that is no text is in front', async () => {
    await openPython(model);
    await shows(rows);
    await vscode.commands.executeCommand('transposedConvLens.openPlayground');
    await eventually('the playground', () => api.playground()?.ready === true ? true : undefined);
    await pause(400);
    await shows(rows);
  });

  it('leads to the source', async () => {
    const document = await openPython(model);
    const { line, character } = positionOf(document, 'BatchNorm2d');
    await vscode.commands.executeCommand('transposedConvLens.showPlace', { uri: document.uri.toString(), line, character });
    assert.equal(vscode.window.activeTextEditor?.selection.active.line, line);
    for (const wrong of [undefined, 'x', { uri: 3 }]) await vscode.commands.executeCommand('transposedConvLens.showPlace', wrong);
  });

  it('reads notebooks', async () => {
    const [first, second] = [model.slice(0, model.indexOf('net =')), model.slice(model.indexOf('net ='))];
    const notebook = await vscode.workspace.openNotebookDocument('jupyter-notebook', new vscode.NotebookData(
      [first, second].map(text => new vscode.NotebookCellData(vscode.NotebookCellKind.Code, text, 'python'))));
    await vscode.window.showNotebookDocument(notebook);
    await shows(rows);
  });

  it('shows layers of other files with the file', async () => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    const directory = vscode.Uri.joinPath(folder.uri, 'modelShapes');
    const write = (name: string, text: string): Thenable<void> => vscode.workspace.fs.writeFile(vscode.Uri.joinPath(directory, name), new TextEncoder().encode(text));
    try {
      await write('parts.py', model.slice(0, model.indexOf('net =')));
      await write('whole.py', `import torch\nimport torch.nn as nn\nfrom parts import Up\n\n${model.slice(model.indexOf('net ='))}`);
      const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(directory, 'whole.py'));
      await vscode.window.showTextDocument(document);
      await shows(rows.map((row, index) => index === 2 || index === 3 ? `${row} · modelShapes/parts.py` : row));
    } finally {
      await closeAll();
      await vscode.workspace.fs.delete(directory, { recursive: true });
    }
  });
});
