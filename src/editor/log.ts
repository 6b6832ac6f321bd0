import type * as vscode from 'vscode';

/** The output channel, and the guard that keeps a failure of ours from disturbing the editor. */
export class Log {
  constructor(readonly channel: vscode.LogOutputChannel) {}

  /** Runs `action`; a failure goes to the log and gives `undefined`. */
  guard<Result>(what: string, action: () => Result): Result | undefined {
    try {
      return action();
    } catch (error) {
      this.failed(what, error);
      return undefined;
    }
  }

  /** As {@link guard}, for what takes time. */
  async guardAsync<Result>(what: string, action: () => PromiseLike<Result>): Promise<Result | undefined> {
    try {
      return await action();
    } catch (error) {
      this.failed(what, error);
      return undefined;
    }
  }

  failed(what: string, error: unknown): void {
    this.channel.error(`${what}: ${error instanceof Error ? error.stack ?? error.message : String(error)}`);
  }

  show(): void {
    this.channel.show();
  }

  dispose(): void {
    this.channel.dispose();
  }
}
