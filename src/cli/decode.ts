export type Decoding = { readonly text: string } | { readonly error: string };

/** Bytes that a Python file, or a notebook with its pictures, may have. */
export const maximumPythonSize = 4 * 1024 * 1024;
export const maximumNotebookSize = 256 * 1024 * 1024;

/**
 * The text of a Python file: UTF-8 unless a comment in the first two lines names another encoding (PEP 263).
 * A byte-order mark is dropped.
 */
export function decodePython(bytes: Uint8Array): Decoding {
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 512));
  const [first = '', second = ''] = start.split(/\r\n|\r|\n/, 2);
  const named = encodingOf(first) ?? (/^\s*(?:#|$)/.test(first) ? encodingOf(second) : undefined);
  return decode(bytes, named ?? 'utf-8');
}

export function decode(bytes: Uint8Array, encoding: string): Decoding {
  if (bytes.includes(0)) return { error: 'not a text file: it holds null bytes' };
  let decoder: TextDecoder;
  try {
    decoder = new TextDecoder(encoding, { fatal: true });
  } catch {
    return { error: `the encoding ${encoding} is not known` };
  }
  try {
    return { text: decoder.decode(bytes) };
  } catch {
    return { error: `not valid ${encoding.toUpperCase()}` };
  }
}

function encodingOf(line: string): string | undefined {
  const name = /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/.exec(line)?.[1]?.toLowerCase().replaceAll('_', '-');
  // Python's names for what the standard calls otherwise.
  if (name === undefined || /^utf-?8(?:-|$)/.test(name)) return name && 'utf-8';
  if (/^latin-?1$|^iso-?8859-?1$|^l1$/.test(name)) return 'latin1';
  return name.replace(/^cp(\d+)$/, (_, page: string) => page === '932' ? 'shift_jis' : page === '936' ? 'gbk' : page === '949' ? 'euc-kr' : `windows-${page}`);
}
