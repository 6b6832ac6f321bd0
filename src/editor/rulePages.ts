import * as vscode from 'vscode';

/** The page of a rule as it comes with the extension. */
export function rulePage(extensionUri: vscode.Uri, code: string): vscode.Uri {
  return vscode.Uri.joinPath(extensionUri, 'docs', 'rules', `${code}.md`);
}

/** Shows the page of a rule, rendered where the editor can do that. */
export async function openRulePage(extensionUri: vscode.Uri, code: string): Promise<void> {
  const page = rulePage(extensionUri, code);
  const available = await vscode.commands.getCommands(true);
  if (available.includes('markdown.showPreviewToSide')) await vscode.commands.executeCommand('markdown.showPreviewToSide', page);
  else await vscode.window.showTextDocument(page, { viewColumn: vscode.ViewColumn.Beside, preview: true });
}
