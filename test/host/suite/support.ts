import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ExtensionApi } from '../../../src/editor/services';

/** What the suites share. No Node: they run in a worker too. */

/** The extension, started. */
export async function extensionApi(): Promise<ExtensionApi> {
  const extension = vscode.extensions.getExtension<ExtensionApi>('transposed-conv-lens.transposed-conv-lens');
  assert.ok(extension);
  return extension.activate();
}

/** Waits for `read` to give something that is not `undefined`. */
export async function eventually<Value>(what: string, read: () => Value | undefined | PromiseLike<Value | undefined>, milliseconds = 15_000): Promise<Value> {
  const end = Date.now() + milliseconds;
  for (;;) {
    const value = await read();
    if (value !== undefined) return value;
    if (Date.now() > end) throw new Error(`${what}: not within ${milliseconds} ms`);
    await pause(40);
  }
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise(resolve => { setTimeout(resolve, milliseconds); });
}

/** Longer than problems wait for typing to rest. */
export const settled = 700;

let opened = 0;

/**
 * An untitled Python document on the screen. Each has a name of its own: VS Code would use the name of a closed
 * one again, and the extension host may still know the old text under it.
 */
export async function openPython(content: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.from({ scheme: 'untitled', path: `/model${++opened}.py` }));
  const edit = new vscode.WorkspaceEdit();
  edit.insert(document.uri, new vscode.Position(0, 0), content);
  assert.ok(await vscode.workspace.applyEdit(edit));
  await vscode.window.showTextDocument(document);
  assert.equal(document.languageId, 'python');
  return document;
}

export async function closeAll(): Promise<void> {
  await eventually('no tabs', async () => {
    const tabs = vscode.window.tabGroups.all.flatMap(group => group.tabs);
    if (tabs.length === 0) return true;
    await vscode.window.tabGroups.close(tabs.filter(tab => !tab.isDirty));
    // Closing what has changes would ask whether to save it.
    await vscode.commands.executeCommand('workbench.action.focusFirstEditorGroup');
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    return undefined;
  });
}

export function problems(uri: vscode.Uri): readonly vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter(diagnostic => diagnostic.source === 'tconv');
}

export function code(diagnostic: vscode.Diagnostic): string {
  const { code: value } = diagnostic;
  return String(typeof value === 'object' ? value.value : value);
}

/** The problems of a document, once there are that many. */
export async function problemsOf(document: vscode.TextDocument, count: number): Promise<readonly vscode.Diagnostic[]> {
  return eventually(`${count} problems`, () => {
    const found = problems(document.uri);
    return found.length === count ? found : undefined;
  });
}

/** `TC101 kernel_size=3`: the code and the text under it. */
export function marked(document: vscode.TextDocument, found: readonly vscode.Diagnostic[]): readonly string[] {
  return found.map(each => `${code(each)} ${document.getText(each.range)}`);
}

/** The position of the text, the n-th of its kind. */
export function positionOf(document: vscode.TextDocument, text: string, occurrence = 0): vscode.Position {
  let at = -1;
  for (let turn = 0; turn <= occurrence; turn++) at = document.getText().indexOf(text, at + 1);
  assert.ok(at >= 0, `no ${text}`);
  return document.positionAt(at);
}

export async function hoverAt(uri: vscode.Uri, position: vscode.Position): Promise<string> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', uri, position);
  return hovers.flatMap(hover => hover.contents).map(content => typeof content === 'string' ? content : content.value)
    .filter(text => text.includes('command:transposedConvLens')).join('\n---\n');
}

export async function fixes(document: vscode.TextDocument, range: vscode.Range): Promise<readonly vscode.CodeAction[]> {
  return vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', document.uri, range);
}

export async function hints(document: vscode.TextDocument): Promise<readonly string[]> {
  const whole = new vscode.Range(0, 0, document.lineCount, 0);
  const found = await vscode.commands.executeCommand<vscode.InlayHint[]>('vscode.executeInlayHintProvider', document.uri, whole);
  return found.map(hint => typeof hint.label === 'string' ? hint.label : hint.label.map(part => part.value).join(''));
}

const section = 'transposedConvLens';

/** Runs `action` under other settings, and puts them back. */
export async function withSetting<Result>(name: string, value: unknown, action: () => Promise<Result>): Promise<Result> {
  const read = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration(section);
  await read().update(name, value, vscode.ConfigurationTarget.Global);
  try {
    return await action();
  } finally {
    await read().update(name, undefined, vscode.ConfigurationTarget.Global);
  }
}

/** PyTorch layers, one a line. */
export function layers(...calls: readonly string[]): string {
  return ['import torch.nn as nn', ...calls.map(call => `nn.${call}`), ''].join('\n');
}

export const evenLayer = 'ConvTranspose2d(8, 4, kernel_size=4, stride=2, padding=1)';
export const unevenLayer = 'ConvTranspose2d(8, 4, kernel_size=3, stride=2, padding=1, output_padding=1)';
