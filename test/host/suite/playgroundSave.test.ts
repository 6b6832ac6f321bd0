import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ExtensionApi } from '../../../src/editor/services';
import type { ToPlayground } from '../../../src/protocol';
import { closeAll, eventually, extensionApi, pause } from './support';

describe('pictures of the playground', () => {
  let api: ExtensionApi;
  const content = new Uint8Array([60, 115, 118, 103, 47, 62]);
  let target: vscode.Uri;

  before(async () => {
    api = await extensionApi();
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    target = vscode.Uri.joinPath(folder.uri, 'playground-step.svg');
    // The editor's own dialog can be answered by commands; that of the system cannot.
    await vscode.workspace.getConfiguration('files').update('simpleDialog.enable', true, vscode.ConfigurationTarget.Global);
    await vscode.commands.executeCommand('transposedConvLens.openPlayground');
    await eventually('the page', () => api.playground()?.ready === true ? true : undefined, 30_000);
  });
  after(async () => {
    await vscode.workspace.getConfiguration('files').update('simpleDialog.enable', undefined, vscode.ConfigurationTarget.Global);
    await vscode.workspace.fs.delete(target).then(undefined, () => undefined);
    await closeAll();
  });

  /** Asks to save, and answers the dialog once it is there: again and again, since nothing tells when it is. */
  async function save(answer: 'workbench.action.acceptSelectedQuickOpenItem' | 'workbench.action.closeQuickOpen'): Promise<ToPlayground | undefined> {
    let done = false;
    const saving = api.fromPage({ type: 'saveFile', name: 'playground-step.svg', content }).then(() => { done = true; });
    await eventually('an answer', async () => {
      await pause(400);
      if (!done) await vscode.commands.executeCommand(answer);
      return done ? true : undefined;
    }, 30_000);
    await saving;
    return api.playground()?.lastMessage;
  }

  it('are written where the user says', async () => {
    assert.deepEqual(await save('workbench.action.acceptSelectedQuickOpenItem'), { type: 'fileSaved', name: 'playground-step.svg' });
    assert.deepEqual([...await vscode.workspace.fs.readFile(target)], [...content]);
  });

  it('are not written when the user changes their mind', async () => {
    await vscode.workspace.fs.delete(target).then(undefined, () => undefined);
    assert.deepEqual(await save('workbench.action.closeQuickOpen'), { type: 'fileSaved', name: undefined });
    await assert.rejects(async () => vscode.workspace.fs.stat(target));
  });

  it('are not asked for by what is no picture', async () => {
    const before = api.playground()?.lastMessage;
    await api.fromPage({ type: 'saveFile', name: '../../.bashrc', content });
    await api.fromPage({ type: 'saveFile', name: 'a.svg', content: 'text' });
    assert.equal(api.playground()?.lastMessage, before);
  });
});
