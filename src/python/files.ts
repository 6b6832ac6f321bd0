/**
 * Other files of the workspace, for imports and configuration. Paths are relative to the workspace, with `/`
 * between their parts, as {@link Source.path} is.
 */
export interface Files {
  /**
   * The text of a file; `undefined` when there is none, or when it is not known yet: who implements this for
   * an asynchronous file system notes what was asked for, loads it, and has the source analysed again.
   * Must give the same answer during one analysis.
   */
  read(path: string): string | undefined;
}

/** No files but the one under analysis. */
export const noFiles: Files = { read: () => undefined };

/** Files as one document uses them: it remembers which. */
export class KnownFiles implements Files {
  private readonly paths = new Set<string>();
  /** What is not Python is read once, and what came of it is kept. */
  private readonly data = new Map<string, string | undefined>();

  constructor(readonly all: Files) {}

  read(path: string): string | undefined {
    this.paths.add(path);
    const text = this.all.read(path);
    if (!path.endsWith('.py')) this.data.set(path, text);
    return text;
  }

  /** Every path that was looked for, found or not. */
  get asked(): readonly string[] {
    return [...this.paths];
  }

  /** Begins a new analysis. False when what was made of these files is no longer true. */
  renew(all: Files): boolean {
    if (all !== this.all) return false;
    for (const [path, text] of this.data) if (all.read(path) !== text) return false;
    this.paths.clear();
    for (const path of this.data.keys()) this.paths.add(path);
    return true;
  }
}

/**
 * The path that `relative` names, seen from the directory of `from`; `undefined` when it leads out of the
 * workspace.
 */
export function pathFrom(from: string, relative: string): string | undefined {
  const parts = from.split('/').slice(0, -1);
  for (const part of relative.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join('/');
}
