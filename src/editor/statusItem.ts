import * as vscode from 'vscode';
import { commandId } from './commandIds';
import { diagnosticSource } from './diagnostics';
import type { Services } from './services';

/** How many problems the file or notebook in front has. Hidden when there are none. */
export function statusItem(services: Services): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('transposedConvLens.findings', vscode.StatusBarAlignment.Left, 0);
  item.name = 'Transposed Conv Lens';
  item.command = commandId('showProblems');
  const update = (): void => void services.log.guard('Status item', () => {
    const count = problemsInFront();
    if (count === 0) return item.hide();
    item.text = `$(symbol-array) TConv: ${count}`;
    item.tooltip = `Transposed Conv Lens: ${count} ${count === 1 ? 'problem' : 'problems'} in this ${vscode.window.activeNotebookEditor ? 'notebook' : 'file'}`;
    item.accessibilityInformation = { label: item.tooltip };
    item.show();
  });
  update();
  return vscode.Disposable.from(
    item,
    vscode.window.onDidChangeActiveTextEditor(update),
    vscode.window.onDidChangeActiveNotebookEditor(update),
    vscode.languages.onDidChangeDiagnostics(update),
  );
}

function problemsInFront(): number {
  const notebook = vscode.window.activeNotebookEditor?.notebook;
  const active = vscode.window.activeTextEditor?.document;
  const documents = notebook ? notebook.getCells().map(cell => cell.document) : active ? [active] : [];
  return documents.flatMap(document => vscode.languages.getDiagnostics(document.uri))
    .filter(diagnostic => diagnostic.source === diagnosticSource).length;
}
