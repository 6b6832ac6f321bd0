import type { Source } from './source';

export type NotebookReading =
  | { readonly source: Source }
  | { readonly error: string };

/**
 * Reads the text of an `.ipynb` file (nbformat 3 and 4). The cells keep their places: one that holds no
 * Python (Markdown, raw, or every cell of a notebook in another language) is `undefined`.
 * Never throws; the error says what is wrong in one sentence.
 */
export function readNotebook(text: string): NotebookReading {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    return { error: `not a notebook: ${describeJsonError(text, error)}` };
  }
  if (!isRecord(document)) return { error: 'not a notebook: the file is not a JSON object' };
  const cells = cellsOf(document);
  if (cells === undefined) return { error: 'not a notebook: it has no list of cells' };
  const isPython = languageOf(document).startsWith('python');
  return { source: { kind: 'notebook', cells: cells.map(cell => isPython ? pythonText(cell) : undefined) } };
}

function cellsOf(document: Readonly<Record<string, unknown>>): readonly unknown[] | undefined {
  if (Array.isArray(document['cells'])) return document['cells'];
  if (!Array.isArray(document['worksheets'])) return undefined;
  // nbformat 3 has sheets of cells.
  return document['worksheets'].flatMap((sheet: unknown) =>
    isRecord(sheet) && Array.isArray(sheet['cells']) ? sheet['cells'] as unknown[] : []);
}

/** The language of the kernel in lower case; Python where the file does not say. */
function languageOf(document: Readonly<Record<string, unknown>>): string {
  const metadata = record(document['metadata']);
  const candidates = [
    record(metadata['kernelspec'])['language'],
    record(metadata['language_info'])['name'],
    record(metadata['kernelspec'])['name'],
  ];
  const language = candidates.find(candidate => typeof candidate === 'string' && candidate !== '');
  if (typeof language !== 'string') return 'python';
  // The name of a kernel is free: only the known other languages count against Python.
  if (language === candidates[2] && !/^(?:ir|julia|scala|bash|javascript|ruby|xr)\b/i.test(language)) return 'python';
  // IPython's own name for itself is "ipython".
  return language.toLowerCase().replace(/^ipython/, 'python');
}

function pythonText(cell: unknown): string | undefined {
  if (!isRecord(cell) || cell['cell_type'] !== 'code') return undefined;
  const language = record(record(cell['metadata'])['vscode'])['languageId'] ?? cell['language'];
  if (typeof language === 'string' && !language.toLowerCase().startsWith('python')) return undefined;
  const source = cell['source'] ?? cell['input'];
  if (typeof source === 'string') return source;
  if (!Array.isArray(source)) return undefined;
  return source.filter((line): line is string => typeof line === 'string').join('');
}

/** In words that do not depend on the JavaScript engine's, as far as it tells where the error is. */
function describeJsonError(text: string, error: unknown): string {
  const message = error instanceof Error ? error.message : '';
  if (text.trim() === '') return 'the file is empty';
  const offset = /at position (\d+)/.exec(message)?.[1];
  if (/^Unexpected end|^Unterminated string/.test(message) || Number(offset) === text.length) {
    return `unexpected end of JSON at ${place(text, text.length)}`;
  }
  return offset === undefined ? 'invalid JSON' : `invalid JSON at ${place(text, Number(offset))}`;
}

function place(text: string, offset: number): string {
  const lines = text.slice(0, offset).split('\n');
  return `line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1}`;
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
