import type { Io, NamedEntry } from '../../../src/cli/io';

/** A file in memory: its content, or the code of the error that reading it gives. */
export type MemoryFile = string | Uint8Array | { readonly error: string } | { readonly linkTo: string };

export interface MemoryIo extends Io {
  readonly output: () => string;
  readonly errors: () => string;
}

/** A disk in memory; every path is absolute, with slashes. The current directory is `/project`. */
export function memoryIo(
  files: Readonly<Record<string, MemoryFile>>,
  options: { readonly input?: string; readonly terminal?: boolean; readonly environment?: Readonly<Record<string, string>> } = {},
): MemoryIo {
  let output = '';
  let errors = '';
  const isDirectory = (path: string): boolean => Object.keys(files).some(file => file.startsWith(path === '/' ? '/' : `${path}/`));
  const entry: Io['entry'] = async path => {
    const file = files[path];
    if (typeof file === 'object' && 'linkTo' in file) return entry(file.linkTo);
    if (file !== undefined) return { kind: 'file', size: 'error' in Object(file) ? 0 : (file as string | Uint8Array).length };
    if (isDirectory(path)) return { kind: 'directory', size: 0 };
    throw coded('ENOENT');
  };
  return {
    directory: '/project', environment: options.environment ?? {}, terminal: options.terminal ?? false,
    entry,
    list: async path => {
      const found = new Map<string, NamedEntry>();
      for (const [file, content] of Object.entries(files)) {
        if (!file.startsWith(`${path}/`)) continue;
        const [name = '', ...rest] = file.slice(path.length + 1).split('/');
        const isLink = typeof content === 'object' && 'linkTo' in content;
        found.set(name, { name, kind: rest.length > 0 ? 'directory' : isLink ? 'link' : 'file' });
      }
      return [...found.values()];
    },
    readFile: async path => {
      const file = files[path];
      if (file === undefined) throw coded('ENOENT');
      if (typeof file === 'string') return new TextEncoder().encode(file);
      if ('error' in file) throw coded(file.error);
      if ('linkTo' in file) throw coded('ELOOP');
      return file;
    },
    readInput: async () => new TextEncoder().encode(options.input ?? ''),
    write: async text => { output += text; },
    writeError: async text => { errors += text; },
    output: () => output, errors: () => errors,
  };
}

function coded(code: string): Error {
  return Object.assign(new Error(code), { code });
}
