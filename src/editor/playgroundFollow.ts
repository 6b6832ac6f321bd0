import * as vscode from 'vscode';
import { isPython } from './notebooks';
import type { Services } from './services';

/** The cursor rests this long before the playground follows it, in milliseconds. */
const rest = 120;

/** Shows the layer under the cursor in the playground, while that is open and asked to. */
export function playgroundFollow({ analyses, panel, log }: Services): vscode.Disposable {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const follow = (): void => {
    const editor = vscode.window.activeTextEditor ?? vscode.window.visibleTextEditors.find(each => isPython(each.document));
    if (!editor || !isPython(editor.document) || !panel.following || !panel.state?.visible) return;
    const { document, selection: { active } } = editor;
    const within = analyses.of(document);
    // Beside the call, on its line, is near enough.
    const found = within?.layerAt(document, active)
      ?? within?.layersIn(document).find(({ range }) => range.start.line <= active.line && active.line <= range.end.line);
    if (within && found) panel.follow({ ...found, document, within });
  };
  const soon = (): void => {
    clearTimeout(timer);
    if (panel.following && panel.state) timer = setTimeout(() => { log.guard('Follow the cursor', follow); }, rest);
  };
  return vscode.Disposable.from(
    vscode.window.onDidChangeTextEditorSelection(soon),
    vscode.window.onDidChangeActiveTextEditor(soon),
    panel.onDidChangeFollowing(soon),
    { dispose: () => { clearTimeout(timer); } },
  );
}
