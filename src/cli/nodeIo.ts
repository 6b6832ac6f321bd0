import { readdir, readFile, stat } from 'node:fs/promises';
import type { Dirent } from 'node:fs';
import type { Entry, Io, NamedEntry } from './io';

/** The real world. */
export function nodeIo(): Io {
  return {
    directory: process.cwd(),
    environment: process.env,
    terminal: process.stdout.isTTY === true,
    entry: async path => entryOf(await stat(path)),
    list: async path => (await readdir(path, { withFileTypes: true })).map(namedEntry),
    readFile,
    readInput,
    write: text => writeTo(process.stdout, text),
    writeError: text => writeTo(process.stderr, text),
  };
}

function entryOf(stats: { isFile(): boolean; isDirectory(): boolean; size: number }): Entry {
  return { kind: stats.isFile() ? 'file' : stats.isDirectory() ? 'directory' : 'other', size: stats.size };
}

function namedEntry(entry: Dirent): NamedEntry {
  const kind = entry.isSymbolicLink() ? 'link' : entry.isFile() ? 'file' : entry.isDirectory() ? 'directory' : 'other';
  return { name: entry.name, kind };
}

async function readInput(): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}

/** Waits until the text is handed on, so that nothing is lost on exit. A closed pipe (`| head`) is no error. */
async function writeTo(stream: NodeJS.WriteStream, text: string): Promise<void> {
  if (text === '' || stream.destroyed) return;
  await new Promise<void>((resolve, reject) => {
    stream.write(text, error => {
      if (error && (error as NodeJS.ErrnoException).code !== 'EPIPE') reject(error);
      else resolve();
    });
  });
}
