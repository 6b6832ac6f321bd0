/** What the command line needs of the world, so that tests need neither a disk nor a process. */
export interface Io {
  /** The current directory; paths are relative to it. */
  readonly directory: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Whether standard output is a terminal. */
  readonly terminal: boolean;
  /** Follows links. Rejects with an error that has a `code` such as `ENOENT`. */
  entry(path: string): Promise<Entry>;
  /** Names and kinds of what is in a directory; a link is `link`. */
  list(path: string): Promise<readonly NamedEntry[]>;
  readFile(path: string): Promise<Uint8Array>;
  readInput(): Promise<Uint8Array>;
  write(text: string): Promise<void>;
  writeError(text: string): Promise<void>;
}

export interface Entry {
  readonly kind: 'file' | 'directory' | 'other';
  /** In bytes. */
  readonly size: number;
}

export interface NamedEntry {
  readonly name: string;
  readonly kind: 'file' | 'directory' | 'link' | 'other';
}

/** What an error of the file system means, in words. */
export function describeError(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'ENOENT': return 'no such file or directory';
    case 'EACCES': case 'EPERM': return 'permission denied';
    case 'ELOOP': return 'too many symbolic links';
    case 'ENOTDIR': return 'a part of the path is not a directory';
    case 'ENAMETOOLONG': return 'the name is too long';
    default: return error instanceof Error ? error.message : String(error);
  }
}
