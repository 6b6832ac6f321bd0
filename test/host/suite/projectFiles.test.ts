import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, code, eventually, extensionApi, layers, problems, unevenLayer, withSetting } from './support';

describe('pyproject.toml', () => {
  let folder: vscode.Uri;
  let model: vscode.Uri;

  before(async () => {
    await extensionApi();
    const [workspace] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(workspace);
    folder = vscode.Uri.joinPath(workspace.uri, 'withProjectFile');
    model = vscode.Uri.joinPath(folder, 'package', 'model.py');
    await write(vscode.Uri.joinPath(folder, 'pyproject.toml'), '[tool.transposed-conv-lens.rules]\nuneven-overlap = "error"\n');
    await write(model, layers(unevenLayer));
    await vscode.commands.executeCommand('vscode.open', model);
  });
  after(async () => {
    await closeAll();
    await vscode.workspace.fs.delete(folder, { recursive: true });
  });

  it('sets severities for the files below it', async () => {
    await severity(vscode.DiagnosticSeverity.Error);
  });

  it('gives way to the settings of the editor', async () => {
    await withSetting('rules', { TC101: 'hint' }, () => severity(vscode.DiagnosticSeverity.Hint));
    await severity(vscode.DiagnosticSeverity.Error);
  });

  it('is read again when it changes', async () => {
    await write(vscode.Uri.joinPath(folder, 'pyproject.toml'), '[tool.transposed-conv-lens]\nignore = ["TC1"]\n');
    await eventually('no problem', () => problems(model).length === 0 ? true : undefined, 15_000);
  });

  async function severity(expected: vscode.DiagnosticSeverity): Promise<void> {
    await eventually(`severity ${expected}`, () => problems(model).some(each => code(each) === 'TC101' && each.severity === expected) ? true : undefined);
  }
});

async function write(file: vscode.Uri, text: string): Promise<void> {
  await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
}
