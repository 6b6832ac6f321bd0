import * as vscode from 'vscode';
import { playgroundViewType } from './playgroundPanel';
import type { Services } from './services';

/** Brings the playground back after a reload of the window. */
export function playground(services: Services): vscode.Disposable {
  return vscode.window.registerWebviewPanelSerializer(playgroundViewType, {
    deserializeWebviewPanel: async panel => {
      services.log.guard('Playground', () => services.panel.adopt(panel));
    },
  });
}
