import * as vscode from 'vscode';

const kinds: Readonly<Record<string, string>> = { png: 'PNG picture', svg: 'SVG picture', gif: 'Animated GIF' };

/**
 * Saves a file where the user says.
 * @param name such as `playground-step.png`.
 * @returns the name it got, `undefined` where the user changed their mind, or why it failed.
 */
export async function saveFile(name: string, content: Uint8Array): Promise<{ readonly name: string | undefined } | { readonly reason: string }> {
  const extension = name.slice(name.lastIndexOf('.') + 1);
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const target = await vscode.window.showSaveDialog({
    title: 'Save the picture',
    filters: { [kinds[extension] ?? 'File']: [extension] },
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder, name) }),
  });
  if (!target) return { name: undefined };
  try {
    await vscode.workspace.fs.writeFile(target, content);
    return { name: target.path.slice(target.path.lastIndexOf('/') + 1) };
  } catch (error) {
    return { reason: error instanceof Error ? error.message : 'The file could not be written.' };
  }
}
