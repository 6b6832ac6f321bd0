import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, code, eventually, extensionApi, problems } from './support';

interface Manifest {
  readonly contributes: { readonly commands: readonly { readonly command: string; readonly category: string }[] };
}

describe('commands', () => {
  before(extensionApi);
  afterEach(closeAll);

  it('of the manifest exist, under one name', async () => {
    const manifest = vscode.extensions.getExtension<unknown>('transposed-conv-lens.transposed-conv-lens')?.packageJSON as Manifest;
    const available = await vscode.commands.getCommands(true);
    for (const { command, category } of manifest.contributes.commands) {
      assert.ok(available.includes(command), command);
      assert.equal(category, 'Transposed Conv Lens');
    }
  });

  it('open the page of a rule, rendered', async () => {
    await vscode.commands.executeCommand('transposedConvLens.openRule', 'TC101');
    await eventually('a page', () => vscode.window.tabGroups.all.flatMap(group => group.tabs).find(tab => tab.label.includes('TC101') && !(tab.input instanceof vscode.TabInputText)));
  });

  it('open a sample whose problems show', async () => {
    await vscode.commands.executeCommand('transposedConvLens.openSample');
    const document = vscode.window.activeTextEditor?.document;
    assert.equal(document?.languageId, 'python');
    const found = await eventually('two problems', () => document && problems(document.uri).length >= 2 ? problems(document.uri) : undefined);
    assert.deepEqual(found.map(code), ['TC101', 'TC201']);
  });
});
