import * as vscode from 'vscode';
import type { AnalysisOptions } from '../analysis';
import { rules } from '../rules/index';
import type { SeveritySetting } from '../rules/rule';
import { selectRules } from '../settings';
import type { Log } from './log';
import { notebookOf } from './notebooks';
import { ProjectFiles } from './projectFiles';

const section = 'transposedConvLens';
const severities: readonly string[] = ['error', 'warning', 'information', 'hint', 'off'] satisfies readonly SeveritySetting[];

/** Where output sizes are shown in the editor, apart from the hover. */
export type SizesSetting = 'inlayHint' | 'codeLens' | 'off';

/** For what sizes are shown: transposed convolutions only, or all layers of a model and tensors that are assigned. */
export type SizesOfSetting = 'transposed' | 'all';

/** The settings of one document, checked: what the user wrote wrongly has its default. */
export interface DocumentSettings {
  readonly enable: boolean;
  readonly sizes: SizesSetting;
  readonly sizesOf: SizesOfSetting;
  readonly analysis: Omit<AnalysisOptions, 'files'>;
}

/**
 * The extension's settings, read when asked for, and told of when they change. What is set in the editor
 * holds over what the project's `pyproject.toml` says, a rule at a time.
 */
export class Settings {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly projects: ProjectFiles;
  private readonly subscriptions: vscode.Disposable;
  readonly onDidChange = this.changed.event;

  constructor(log: Log) {
    this.projects = new ProjectFiles(log);
    this.subscriptions = vscode.Disposable.from(
      this.projects,
      this.projects.onDidChange(() => { this.changed.fire(); }),
      vscode.workspace.onDidChangeConfiguration(event => {
        if (event.affectsConfiguration(section)) this.changed.fire();
      }),
    );
  }

  of(document: vscode.TextDocument): DocumentSettings {
    const read = vscode.workspace.getConfiguration(section, document);
    const sizes = read.get<unknown>('sizes');
    return {
      enable: read.get<unknown>('enable') !== false,
      sizes: sizes === 'codeLens' || sizes === 'off' ? sizes : 'inlayHint',
      sizesOf: read.get<unknown>('sizesOf') === 'all' ? 'all' : 'transposed',
      analysis: this.analysisOf(document, read),
    };
  }

  /** Shows sizes in the editor, or hides them, for all documents that have no setting of their own. */
  async toggleSizes(scope: vscode.ConfigurationScope | undefined): Promise<void> {
    const read = vscode.workspace.getConfiguration(section, scope);
    const shown = read.get<unknown>('sizes') !== 'off';
    await read.update('sizes', shown ? 'off' : 'inlayHint', vscode.ConfigurationTarget.Global);
  }

  /** Shows sizes of all layers and tensors, or only of transposed convolutions. */
  async toggleAllSizes(scope: vscode.ConfigurationScope | undefined): Promise<void> {
    const read = vscode.workspace.getConfiguration(section, scope);
    await read.update('sizesOf', read.get<unknown>('sizesOf') === 'all' ? 'transposed' : 'all', vscode.ConfigurationTarget.Global);
    if (read.get<unknown>('sizes') !== 'inlayHint') await read.update('sizes', 'inlayHint', vscode.ConfigurationTarget.Global);
  }

  dispose(): void {
    this.subscriptions.dispose();
    this.changed.dispose();
  }

  private analysisOf(document: vscode.TextDocument, read: vscode.WorkspaceConfiguration): DocumentSettings['analysis'] {
    const project = this.projects.of(notebookOf(document)?.uri ?? document.uri);
    const severities = severitiesFrom(read.get<unknown>('rules'));
    const kerasVersion = (isSet(read, 'kerasVersion') ? undefined : project?.kerasVersion) ?? read.get<unknown>('kerasVersion');
    const imageDataFormat = (isSet(read, 'imageDataFormat') ? undefined : project?.imageDataFormat) ?? read.get<unknown>('imageDataFormat');
    return {
      kerasVersion: kerasVersion === 2 ? 2 : 3,
      imageDataFormat: imageDataFormat === 'channels_first' ? 'channels_first' : 'channels_last',
      severities: project ? { ...selectRules(rules, project.severities, [project]), ...severities } : severities,
    };
  }
}

/** Whether somebody has set it, rather than left it at its default. */
function isSet(read: vscode.WorkspaceConfiguration, name: string): boolean {
  const values = read.inspect(name);
  return values?.globalValue !== undefined || values?.workspaceValue !== undefined || values?.workspaceFolderValue !== undefined;
}

function severitiesFrom(value: unknown): Readonly<Record<string, SeveritySetting>> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(Object.entries(value).filter((entry): entry is [string, SeveritySetting] => isSeverity(entry[1])));
}

function isSeverity(value: unknown): value is SeveritySetting {
  return typeof value === 'string' && severities.includes(value);
}
