import { dirname, join, relative, resolve, sep } from 'node:path';
import type { Files } from '../python/files';
import { decodePython, maximumPythonSize } from './decode';
import type { Io } from './io';
import { Reach } from './reach';
import { ReadAhead } from './readAhead';

/** The files below a directory, as the analysis reads them: what it asks for and is not known is read after it. */
export class Directory implements Files {
  readonly reach = new Reach(this);
  readonly ahead = new ReadAhead(this);
  private readonly known = new Map<string, string | undefined>();
  private readonly listed = new Map<string, Promise<ReadonlySet<string>>>();
  private missing: string[] = [];

  constructor(readonly root: string, private readonly io: Io) {}

  read(path: string): string | undefined {
    if (!this.known.has(path)) {
      this.known.set(path, undefined);
      this.missing.push(path);
    }
    return this.known.get(path);
  }

  /** Reads what was asked for. Whether any of it is there. */
  async load(): Promise<boolean> {
    const paths = this.missing.splice(0);
    const texts = await Promise.all(paths.map(async path => this.loadFile(path)));
    for (const [index, text] of texts.entries()) if (text !== undefined) await this.ahead.of(paths[index] ?? '', text);
    return texts.some(text => text !== undefined);
  }

  /** The text of a file, now. */
  async textOf(path: string): Promise<string | undefined> {
    return this.known.get(path) ?? (await this.has(path) ? this.loadFile(path) : undefined);
  }

  /** Most modules that files import are not here: their directories are listed once, and nothing else is asked for. */
  private async has(path: string): Promise<boolean> {
    const at = path.lastIndexOf('/');
    const parent = path.slice(0, Math.max(at, 0));
    if (parent !== '' && !await this.has(parent)) return false;
    let names = this.listed.get(parent);
    if (names === undefined) {
      names = this.io.list(resolve(this.root, parent)).then(entries => new Set(entries.map(({ name }) => name)), () => new Set<string>());
      this.listed.set(parent, names);
    }
    return (await names).has(path.slice(at + 1));
  }

  private async loadFile(path: string): Promise<string | undefined> {
    const text = await this.contentOf(resolve(this.root, path));
    this.known.set(path, text);
    return text;
  }

  private async contentOf(path: string): Promise<string | undefined> {
    try {
      const { kind, size } = await this.io.entry(path);
      if (kind !== 'file' || size > maximumPythonSize) return undefined;
      const decoded = decodePython(await this.io.readFile(path));
      return 'error' in decoded ? undefined : decoded.text;
    } catch {
      return undefined;
    }
  }
}

/** The files that checked files import. */
export class ImportedFiles {
  private readonly directories = new Map<string, Directory>();
  private readonly packages = new Map<string, Promise<boolean>>();

  constructor(private readonly io: Io) {}

  /** Where the imports of a file are sought, and the file's path from there. */
  async of(path: string): Promise<{ readonly files: Directory; readonly path: string }> {
    const root = await this.rootOf(dirname(path));
    let files = this.directories.get(root);
    if (files === undefined) this.directories.set(root, files = new Directory(root, this.io));
    return { files, path: relative(root, path).split(sep).join('/') };
  }

  /** The current directory, or above it the one that holds the outermost package around the file. */
  private async rootOf(directory: string): Promise<string> {
    let root = directory;
    while (dirname(root) !== root && await this.isPackage(root)) root = dirname(root);
    return `${root}${sep}`.startsWith(`${this.io.directory}${sep}`) ? this.io.directory : root;
  }

  private async isPackage(directory: string): Promise<boolean> {
    let known = this.packages.get(directory);
    if (known === undefined) {
      known = this.io.entry(join(directory, '__init__.py')).then(({ kind }) => kind === 'file', () => false);
      this.packages.set(directory, known);
    }
    return known;
  }
}
