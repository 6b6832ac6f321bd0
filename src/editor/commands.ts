import * as vscode from 'vscode';
import { rules } from '../rules/index';
import { commandId, isPlace, type CommandName } from './commandIds';
import { openedDocument } from './documents';
import { setInputShape } from './inputShape';
import { modelShapesView } from './modelShapes';
import { openRulePage } from './rulePages';
import { sampleModel } from './sampleModel';
import type { Services } from './services';

/** The commands of the palette. Arguments come from links and from other extensions: they are checked. */
export function commands(services: Services): vscode.Disposable {
  const { log, extensionUri } = services;
  const actions: Readonly<Record<CommandName, (argument: unknown) => PromiseLike<unknown>>> = {
    openPlayground: argument => openPlayground(services, argument),
    openRule: async argument => {
      const code = typeof argument === 'string' && rules.some(rule => rule.code === argument) ? argument : await pickRule();
      if (code !== undefined) await openRulePage(extensionUri, code);
    },
    openSample: async () => {
      const document = await vscode.workspace.openTextDocument({ language: 'python', content: sampleModel });
      await vscode.window.showTextDocument(document);
    },
    toggleSizes: () => services.settings.toggleSizes(vscode.window.activeTextEditor?.document),
    toggleAllSizes: () => services.settings.toggleAllSizes(vscode.window.activeTextEditor?.document),
    setInputShape: argument => setInputShape(services, argument),
    showModelShapes: () => vscode.commands.executeCommand(`${modelShapesView}.focus`),
    showPlace,
    showProblems: () => vscode.commands.executeCommand('workbench.actions.view.problems'),
    showLog: async () => { log.show(); },
  };
  return vscode.Disposable.from(...Object.entries(actions).map(([name, action]) =>
    vscode.commands.registerCommand(commandId(name as CommandName), async (argument: unknown) => {
      try {
        await action(argument);
      } catch (error) {
        log.failed(name, error);
        const answer = await vscode.window.showErrorMessage(`Transposed Conv Lens: ${error instanceof Error ? error.message : 'failed'}`, 'Show Log');
        if (answer !== undefined) log.show();
      }
    })));
}

async function showPlace(argument: unknown): Promise<void> {
  const document = isPlace(argument) ? await openedDocument(argument.uri) : undefined;
  if (!document || !isPlace(argument)) return;
  const position = new vscode.Position(argument.line, argument.character);
  await vscode.window.showTextDocument(document, { selection: new vscode.Range(position, position) });
}

/** Opens the playground for the layer at the place given, or at the cursor, or as it was. */
async function openPlayground(services: Services, argument: unknown): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const document = isPlace(argument) ? await openedDocument(argument.uri) : editor?.document;
  const position = isPlace(argument) ? new vscode.Position(argument.line, argument.character) : editor?.selection.active;
  const within = document && services.analyses.of(document);
  const found = document && position && within?.layerAt(document, position);
  services.panel.open(within && found && { ...found, document, within });
}

async function pickRule(): Promise<string | undefined> {
  const items = rules.map(rule => ({ label: rule.code, description: rule.name, detail: rule.summary }));
  const picked = await vscode.window.showQuickPick(items, { title: 'Rule page', matchOnDescription: true, matchOnDetail: true });
  return picked?.label;
}
