import * as vscode from 'vscode';
import { rules } from '../rules/index';
import { readProjectSettings, type ProjectSettings } from '../settings';
import type { Log } from './log';

/** Directories above a document that are looked into. */
const maximumDepth = 40;

/**
 * The settings of the nearest `pyproject.toml` above a document that has a section of ours, as the command
 * line finds them. Files are read once, in the background, and again when they change: what is not read yet
 * is as if it were not there, and {@link onDidChange} tells when it is.
 */
export class ProjectFiles {
  /** By directory; `undefined` while it is being read and where there is nothing of ours. */
  private readonly found = new Map<string, ProjectSettings | undefined>();
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly watcher = vscode.workspace.createFileSystemWatcher('**/pyproject.toml');
  readonly onDidChange = this.changed.event;

  constructor(private readonly log: Log) {
    const again = (file: vscode.Uri): void => {
      const directory = vscode.Uri.joinPath(file, '..');
      if (this.found.has(directory.toString())) void this.read(directory);
    };
    this.watcher.onDidCreate(again);
    this.watcher.onDidChange(again);
    this.watcher.onDidDelete(again);
  }

  /** For a file or notebook; `undefined` where there are none. */
  of(uri: vscode.Uri): ProjectSettings | undefined {
    if (uri.scheme === 'untitled') return undefined;
    let directory = vscode.Uri.joinPath(uri, '..');
    for (let depth = 0; depth < maximumDepth; depth++) {
      const key = directory.toString();
      if (!this.found.has(key)) void this.read(directory);
      const settings = this.found.get(key);
      const parent = vscode.Uri.joinPath(directory, '..');
      if (settings !== undefined || parent.path === directory.path) return settings;
      directory = parent;
    }
    return undefined;
  }

  dispose(): void {
    this.watcher.dispose();
    this.changed.dispose();
  }

  private async read(directory: vscode.Uri): Promise<void> {
    const key = directory.toString();
    const before = this.found.get(key);
    this.found.set(key, before);
    const file = vscode.Uri.joinPath(directory, 'pyproject.toml');
    const text = await readText(file);
    const settings = text === undefined ? undefined : this.log.guard(file.toString(), () => this.settingsIn(text, file));
    this.found.set(key, settings);
    if (settings !== before) this.changed.fire();
  }

  private settingsIn(text: string, file: vscode.Uri): ProjectSettings | undefined {
    if (!text.includes('transposed-conv-lens')) return undefined;
    const { settings, problems } = readProjectSettings(text, rules);
    for (const problem of problems) this.log.channel.warn(`${file.toString()}: ${problem}`);
    return settings;
  }
}

/** `undefined` where there is no such file, or it cannot be read. */
async function readText(file: vscode.Uri): Promise<string | undefined> {
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  } catch {
    return undefined;
  }
}
