import * as vscode from 'vscode';
import type { AnalysisOptions } from '../analysis';
import type { SeveritySetting } from '../rules/rule';

const section = 'transposedConvLens';
const severities: readonly string[] = ['error', 'warning', 'information', 'hint', 'off'] satisfies readonly SeveritySetting[];

/** Where output sizes are shown in the editor, apart from the hover. */
export type SizesSetting = 'inlayHint' | 'codeLens' | 'off';

/** The settings of one document, checked: what the user wrote wrongly has its default. */
export interface DocumentSettings {
  readonly enable: boolean;
  readonly sizes: SizesSetting;
  readonly analysis: AnalysisOptions;
}

/** The extension's settings, read when asked for, and told of when they change. */
export class Settings {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly subscription = vscode.workspace.onDidChangeConfiguration(event => {
    if (event.affectsConfiguration(section)) this.changed.fire();
  });
  readonly onDidChange = this.changed.event;

  of(scope: vscode.ConfigurationScope): DocumentSettings {
    const read = vscode.workspace.getConfiguration(section, scope);
    const sizes = read.get<unknown>('sizes');
    return {
      enable: read.get<unknown>('enable') !== false,
      sizes: sizes === 'codeLens' || sizes === 'off' ? sizes : 'inlayHint',
      analysis: {
        kerasVersion: read.get<unknown>('kerasVersion') === 2 ? 2 : 3,
        imageDataFormat: read.get<unknown>('imageDataFormat') === 'channels_first' ? 'channels_first' : 'channels_last',
        severities: severitiesFrom(read.get<unknown>('rules')),
      },
    };
  }

  /** Shows sizes in the editor, or hides them, for all documents that have no setting of their own. */
  async toggleSizes(scope: vscode.ConfigurationScope | undefined): Promise<void> {
    const read = vscode.workspace.getConfiguration(section, scope);
    const shown = read.get<unknown>('sizes') !== 'off';
    await read.update('sizes', shown ? 'off' : 'inlayHint', vscode.ConfigurationTarget.Global);
  }

  dispose(): void {
    this.subscription.dispose();
    this.changed.dispose();
  }
}

function severitiesFrom(value: unknown): Readonly<Record<string, SeveritySetting>> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(Object.entries(value).filter((entry): entry is [string, SeveritySetting] => isSeverity(entry[1])));
}

function isSeverity(value: unknown): value is SeveritySetting {
  return typeof value === 'string' && severities.includes(value);
}
