import { join } from 'node:path';
import { Ignores, skippedDirectories } from './ignores';
import { describeError, type Entry, type Io } from './io';

export type Walked =
  | { readonly kind: 'file'; readonly path: string; readonly size: number }
  | { readonly kind: 'error'; readonly path: string; readonly message: string };

/**
 * The Python files and notebooks that a path stands for, in order of their names. A file is itself, whatever
 * its name; a directory is walked. Links to directories are not followed, so a walk always ends.
 *
 * @param path absolute.
 * @param excluded leaves a path out of a walk.
 */
export async function* walk(path: string, io: Io, excluded: (path: string, isDirectory: boolean) => Promise<boolean>): AsyncIterable<Walked> {
  let entry: Entry;
  try {
    entry = await io.entry(path);
  } catch (error) {
    yield { kind: 'error', path, message: describeError(error) };
    return;
  }
  if (entry.kind === 'file') yield { kind: 'file', path, size: entry.size };
  else if (entry.kind === 'directory') yield* walkDirectory(path, await Ignores.at(path, io), io, excluded);
  else yield { kind: 'error', path, message: 'neither a file nor a directory' };
}

async function* walkDirectory(
  root: string, ignoresOfRoot: Ignores, io: Io, excluded: (path: string, isDirectory: boolean) => Promise<boolean>,
): AsyncIterable<Walked> {
  // A stack instead of recursion: trees may be deep. Held in reverse, so that names come in order.
  const open: { readonly path: string; readonly ignores: Ignores; readonly kind: 'file' | 'directory' | 'link' }[] = [
    { path: root, ignores: ignoresOfRoot, kind: 'directory' },
  ];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { path, ignores } = next;
    try {
      if (next.kind !== 'directory') {
        const entry = await io.entry(path);
        if (entry.kind === 'file') yield { kind: 'file', path, size: entry.size };
        continue;
      }
      const inside = path === root ? ignores : await ignores.entering(path, io);
      const entries = [...await io.list(path)].sort((a, b) => a.name < b.name ? 1 : a.name > b.name ? -1 : 0);
      for (const { name, kind } of entries) {
        if (kind === 'other') continue;
        const isDirectory = kind === 'directory';
        if (isDirectory ? skippedDirectories.has(name) : !isPython(name)) continue;
        const child = join(path, name);
        if (inside.ignores(child, isDirectory) || await excluded(child, isDirectory)) continue;
        open.push({ path: child, ignores: inside, kind });
      }
    } catch (error) {
      yield { kind: 'error', path, message: describeError(error) };
    }
  }
}

function isPython(name: string): boolean {
  return /\.(?:py|ipynb)$/i.test(name);
}

export function isNotebook(name: string): boolean {
  return /\.ipynb$/i.test(name);
}
