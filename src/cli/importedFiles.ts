import { dirname, join, relative, resolve, sep } from 'node:path';
import type { Files } from '../python/files';
import { decodePython, maximumPythonSize } from './decode';
import type { Io } from './io';

/** The files below a directory, as the analysis reads them: what it asks for and is not known is read after it. */
class Directory implements Files {
  private readonly known = new Map<string, string | undefined>();
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
    const texts = await Promise.all(paths.map(async path => this.textOf(resolve(this.root, path))));
    for (const [index, path] of paths.entries()) this.known.set(path, texts[index]);
    return texts.some(text => text !== undefined);
  }

  private async textOf(path: string): Promise<string | undefined> {
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
  async of(path: string): Promise<{ readonly files: Files & { load(): Promise<boolean> }; readonly path: string }> {
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
