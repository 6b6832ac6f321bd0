import * as vscode from 'vscode';

/** The page of a rule as it comes with the extension. */
export function rulePage(extensionUri: vscode.Uri, code: string): vscode.Uri {
  return vscode.Uri.joinPath(extensionUri, 'docs', 'rules', `${code}.md`);
}

/** Shows the page of a rule, rendered where the editor can do that. */
export async function openRulePage(extensionUri: vscode.Uri, code: string): Promise<void> {
  const page = rulePage(extensionUri, code);
  try {
    // Not asked for before: the command is unknown until it is run, which starts the extension that has it.
    await vscode.commands.executeCommand('markdown.showPreviewToSide', page);
  } catch {
    await vscode.window.showTextDocument(page, { viewColumn: vscode.ViewColumn.Beside, preview: true });
  }
}
