import * as vscode from 'vscode';

/** The document, opened if it must be. `undefined` where it is gone: an untitled document is not made again. */
export async function openedDocument(uri: string): Promise<vscode.TextDocument | undefined> {
  const parsed = vscode.Uri.parse(uri, true);
  const open = vscode.workspace.textDocuments.find(document => document.uri.toString() === parsed.toString());
  if (open) return open;
  // A cell is a document only while its notebook is open.
  return parsed.scheme === 'untitled' || parsed.scheme === 'vscode-notebook-cell' ? undefined : vscode.workspace.openTextDocument(parsed);
}
