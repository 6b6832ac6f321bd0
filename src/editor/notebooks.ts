import * as vscode from 'vscode';

/** Whether the document is Python: a file, an untitled document or a cell. */
export function isPython(document: vscode.TextDocument): boolean {
  return document.languageId === 'python';
}

/** The notebook that the document is a cell of. */
export function notebookOf(document: vscode.TextDocument): vscode.NotebookDocument | undefined {
  if (document.uri.scheme !== 'vscode-notebook-cell') return undefined;
  return vscode.workspace.notebookDocuments.find(notebook =>
    notebook.uri.path === document.uri.path && notebook.getCells().some(cell => cell.document === document));
}

/** By the index of the cell; `undefined` for one that is not Python. */
export function pythonCells(notebook: vscode.NotebookDocument): readonly (vscode.TextDocument | undefined)[] {
  return notebook.getCells().map(cell =>
    cell.kind === vscode.NotebookCellKind.Code && isPython(cell.document) ? cell.document : undefined);
}
