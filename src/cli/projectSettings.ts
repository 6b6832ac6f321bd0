import ignore, { type Ignore } from 'ignore';
import { basename, dirname, join, relative, sep } from 'node:path';
import type { Rule } from '../rules/rule';
import { emptySettings, readProjectSettings, type ProjectSettings } from '../settings';
import { describeError, type Io } from './io';

/** The settings that hold for a file, and where they were found. */
export interface Project {
  readonly settings: ProjectSettings;
  /** `exclude` is relative to this. */
  readonly directory: string;
  readonly exclude: Ignore | undefined;
}

export interface SettingsProblem {
  readonly path: string;
  readonly message: string;
}

/**
 * Finds the settings of each file: those named with `--config`, else the nearest `pyproject.toml` above the
 * file that has a section of ours. Each directory is looked at once.
 */
export class Projects {
  private readonly known = new Map<string, Promise<Project>>();
  private readonly found: SettingsProblem[] = [];

  private constructor(
    private readonly io: Io, private readonly rules: readonly Rule[], private readonly named: Project | undefined,
  ) {}

  /** @param config absolute path of the file to use for all, if any; rejects where it cannot be read. */
  static async create(io: Io, rules: readonly Rule[], config: string | undefined): Promise<Projects | { readonly problems: readonly string[] }> {
    if (config === undefined) return new Projects(io, rules, undefined);
    let text: string;
    try {
      text = new TextDecoder().decode(await io.readFile(config));
    } catch (error) {
      return { problems: [describeError(error)] };
    }
    const wholeFile = basename(config) !== 'pyproject.toml';
    const { settings, problems } = readProjectSettings(text, rules, { wholeFile });
    return problems.length > 0 ? { problems } : new Projects(io, rules, project(settings ?? emptySettings, dirname(config)));
  }

  /** What is wrong in the files found since this was asked last. */
  takeProblems(): readonly SettingsProblem[] {
    return this.found.splice(0);
  }

  /** The settings for what is in a directory. */
  at(directory: string): Promise<Project> {
    if (this.named !== undefined) return Promise.resolve(this.named);
    const known = this.known.get(directory);
    if (known !== undefined) return known;
    const looked = this.look(directory);
    this.known.set(directory, looked);
    return looked;
  }

  /** Whether the settings leave a path out of a walk. */
  async excludes(path: string, isDirectory: boolean): Promise<boolean> {
    const { exclude, directory } = await this.at(dirname(path));
    const inside = relative(directory, path).split(sep).join('/');
    return exclude !== undefined && ignore.isPathValid(inside) && exclude.ignores(isDirectory ? `${inside}/` : inside);
  }

  private async look(directory: string): Promise<Project> {
    const path = join(directory, 'pyproject.toml');
    const parent = dirname(directory);
    let text: string | undefined;
    try {
      text = new TextDecoder().decode(await this.io.readFile(path));
    } catch {
      // None here.
    }
    if (text?.includes('transposed-conv-lens')) {
      const { settings, problems } = readProjectSettings(text, this.rules);
      this.found.push(...problems.map(message => ({ path, message })));
      if (settings !== undefined) return project(settings, directory);
    }
    return parent === directory ? project(emptySettings, directory) : this.at(parent);
  }
}

function project(settings: ProjectSettings, directory: string): Project {
  return { settings, directory, exclude: settings.exclude.length === 0 ? undefined : ignore().add([...settings.exclude]) };
}
