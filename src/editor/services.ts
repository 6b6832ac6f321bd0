import * as vscode from 'vscode';
import { Analyses } from './analyses';
import { Log } from './log';
import { ModelShapes, type ModelShapesState } from './modelShapes';
import { openPlaygroundLink } from './playgroundLinks';
import { PlaygroundPanel, type PanelState } from './playgroundPanel';
import { Settings } from './settings';

/** What features share. One of each for the life of the extension. */
export interface Services {
  readonly extensionUri: vscode.Uri;
  readonly log: Log;
  readonly settings: Settings;
  readonly analyses: Analyses;
  readonly panel: PlaygroundPanel;
  readonly api: ExtensionApi;
}

/** One thing that the editor gains. It owns what it returns. */
export type Feature = (services: Services) => vscode.Disposable;

/** What `activate` returns to other extensions and to the tests. */
export interface ExtensionApi {
  /** What the playground shows; `undefined` while it is closed. */
  playground(): PanelState | undefined;
  /** What the view Model Shapes lists. */
  modelShapes(): ModelShapesState;
  /** Gives the playground a message as its page does. */
  fromPage(message: unknown): Promise<void>;
  /** Opens a link as the editor does. @returns whether it was one of ours */
  openLink(uri: vscode.Uri): boolean;
}

export function createServices(context: vscode.ExtensionContext): Services {
  const { extensionUri } = context;
  const log = new Log(vscode.window.createOutputChannel('Transposed Conv Lens', { log: true }));
  const settings = new Settings(log);
  const analyses = new Analyses(settings, log);
  const panel = new PlaygroundPanel(extensionUri, log, { workspace: context.workspaceState, everywhere: context.globalState }, analyses);
  const models = new ModelShapes(analyses, log);
  context.subscriptions.push(log, settings, analyses, panel, models);
  const api: ExtensionApi = {
    playground: () => panel.state, modelShapes: () => models.state, fromPage: message => panel.receive(message), openLink: uri => openPlaygroundLink({ panel, log }, uri),
  };
  return { extensionUri, log, settings, analyses, panel, api };
}
