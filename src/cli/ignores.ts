import ignore, { type Ignore } from 'ignore';
import { dirname, join, relative, sep } from 'node:path';
import type { Io } from './io';

/** Directories that hold no code of the project, whatever `.gitignore` says. */
export const skippedDirectories: ReadonlySet<string> = new Set([
  '.git', '.hg', '.svn', '.venv', 'node_modules', 'site-packages', '__pycache__', '.ipynb_checkpoints',
]);

interface Level {
  readonly directory: string;
  readonly rules: Ignore;
}

/** The patterns of the `.gitignore` files on the way from the repository's root down to one directory. */
export class Ignores {
  private constructor(private readonly levels: readonly Level[]) {}

  static readonly none = new Ignores([]);

  /** What holds in a directory: its own and its parents' `.gitignore`, up to the root of the repository. */
  static async at(directory: string, io: Io): Promise<Ignores> {
    const parents = await repositoryParents(directory, io);
    let ignores = Ignores.none;
    for (const parent of parents) {
      ignores = await ignores.entering(parent, io);
      // A path that the user names is checked: what holds for its parents does not hide it.
      if (parent !== directory && ignores.ignores(directory, true)) return Ignores.none.entering(directory, io);
    }
    return ignores;
  }

  /** With the directory's own patterns. */
  async entering(directory: string, io: Io): Promise<Ignores> {
    try {
      const text = new TextDecoder().decode(await io.readFile(join(directory, '.gitignore')));
      return this.with(directory, text.split(/\r?\n/));
    } catch {
      return this;
    }
  }

  with(directory: string, patterns: readonly string[]): Ignores {
    return patterns.length === 0 ? this : new Ignores([...this.levels, { directory, rules: ignore().add([...patterns]) }]);
  }

  /** The deepest file that has a pattern for the path decides. */
  ignores(path: string, isDirectory: boolean): boolean {
    for (const { directory, rules } of [...this.levels].reverse()) {
      const inside = relative(directory, path).split(sep).join('/');
      if (!ignore.isPathValid(inside)) continue;
      const result = rules.test(isDirectory ? `${inside}/` : inside);
      if (result.ignored) return true;
      if (result.unignored) return false;
    }
    return false;
  }
}

/** The directories from the repository's root down to this one; this one alone outside a repository. */
async function repositoryParents(directory: string, io: Io): Promise<readonly string[]> {
  const chain: string[] = [];
  for (let at = directory; ; at = dirname(at)) {
    chain.unshift(at);
    if (await exists(join(at, '.git'), io)) return chain;
    if (dirname(at) === at) return [directory];
  }
}

async function exists(path: string, io: Io): Promise<boolean> {
  try {
    await io.entry(path);
    return true;
  } catch {
    return false;
  }
}
