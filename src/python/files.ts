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
  private readonly seen = new Map<string, SeenFile>();
  /** Whether some file is another than in the last analysis. */
  changed = false;

  /** @param bundled what comes with the program, and never changes; looked for first. */
  constructor(readonly all: Files, private readonly bundled: Files = noFiles) {}

  read(path: string): string | undefined {
    const own = this.bundled.read(path);
    if (own !== undefined) return own;
    const text = this.all.read(path);
    if (!this.seen.has(path)) this.seen.set(path, { text, whole: countsAsWhole(path, text) });
    return text;
  }

  /** Every path that was looked for, found or not; for an earlier version as well, of which some work may have been kept. */
  get asked(): readonly string[] {
    return [...this.seen.keys()];
  }

  /** Begins a new analysis. False when what was made of these files is no longer true. */
  renew(all: Files): boolean {
    if (all !== this.all) return false;
    this.changed = false;
    for (const [path, { text, whole }] of this.seen) {
      const now = all.read(path);
      if (now === text) continue;
      this.changed = true;
      if (whole || countsAsWhole(path, now)) return false;
      this.seen.set(path, { text: now, whole });
    }
    return true;
  }
}

interface SeenFile {
  readonly text: string | undefined;
  /** Whether what was made of it is kept, so that any change of it counts. Of other modules it is known what each part does. */
  readonly whole: boolean;
}

/** Configuration, and modules in which our comments say something of inputs. */
function countsAsWhole(path: string, text: string | undefined): boolean {
  return !path.endsWith('.py') || (text !== undefined && /#\s*tconv\s*:(?!\s*ignore)/.test(text));
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
