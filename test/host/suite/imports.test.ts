import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, eventually, extensionApi, hoverAt, pause, positionOf, problems, settled } from './support';

const block = (kernel: number): string => `from torch import nn\ndef up(n):\n    return nn.ConvTranspose2d(n, n, ${kernel}, 2)\ndef sharp(n, kernel):\n    return nn.ConvTranspose2d(n, n, kernel, 2)\n`;
const model = 'import torch\nfrom torch import nn\nfrom .blocks import *\ny = up(8)(torch.zeros(1, 8, 4, 4))\nhead = nn.ConvTranspose2d(8, 3, 2, 2)(y)\nsharp(8, 3)\n';

describe('imports of other files', () => {
  let folder: vscode.Uri;
  let document: vscode.TextDocument;

  before(async () => {
    await extensionApi();
    const [workspace] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(workspace);
    folder = vscode.Uri.joinPath(workspace.uri, 'withImports');
    await write('blocks.py', block(4));
    await write('model.py', model);
    document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder, 'model.py'));
    await vscode.window.showTextDocument(document);
  });
  after(async () => {
    await closeAll();
    await vscode.workspace.fs.delete(folder, { recursive: true });
  });

  it('give shapes', async () => {
    await outputOfHead('(1, 3, 20, 20)');
  });

  it('give problems at the call that causes them, with the way to the layer', async () => {
    const [problem] = await eventually('a problem', () => problems(document.uri).length > 0 ? problems(document.uri) : undefined);
    assert.equal(problem && document.getText(problem.range), 'sharp(8, 3)');
    assert.match(problem?.message ?? '', /in blocks\.py, as it is called here/);
    const [related] = problem?.relatedInformation ?? [];
    assert.match(related?.location.uri.path ?? '', /withImports\/blocks\.py$/);
    assert.equal(related?.location.range.start.line, 4);
  });

  it('follow changes of the other file, saved or not', async () => {
    // A change just after a folder was made can escape the editor's watcher: it is written until it is seen.
    await eventually('the changed block', async () => {
      await write('blocks.py', block(2));
      await pause(settled);
      return (await hoverOfHead()).includes('(1, 3, 16, 16)') ? true : undefined;
    }, 30_000);
    const other = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder, 'blocks.py'));
    const edit = new vscode.WorkspaceEdit();
    edit.replace(other.uri, new vscode.Range(2, 0, 2, 100), '    return nn.ConvTranspose2d(n, n, 6, 2)');
    assert.ok(await vscode.workspace.applyEdit(edit));
    await outputOfHead('(1, 3, 24, 24)');
  });

  async function outputOfHead(shape: string): Promise<void> {
    await eventually(`output ${shape}`, async () => (await hoverOfHead()).includes(shape) ? true : undefined);
  }

  function hoverOfHead(): Promise<string> {
    return hoverAt(document.uri, positionOf(document, 'ConvTranspose2d'));
  }

  async function write(path: string, text: string): Promise<void> {
    await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(folder, path), new TextEncoder().encode(text));
  }
});
