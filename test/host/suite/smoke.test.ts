import assert from 'node:assert/strict';
import * as vscode from 'vscode';

const identifier = 'transposed-conv-lens.transposed-conv-lens';

describe('the extension', () => {
  it('is there', () => {
    assert.ok(vscode.extensions.getExtension(identifier));
  });

  it('starts when a Python file opens', async () => {
    const document = await vscode.workspace.openTextDocument({ language: 'python', content: 'import torch\n' });
    await vscode.window.showTextDocument(document);
    const extension = vscode.extensions.getExtension(identifier);
    for (let tries = 100; tries > 0 && !extension?.isActive; tries--) await new Promise(resolve => setTimeout(resolve, 50));
    assert.equal(extension?.isActive, true);
  });
});
