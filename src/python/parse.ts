import type { Piece } from './blockPieces';
import { readPieces, rereadPieces } from './pieces';
import { prepareCell, prepareFile } from './prepare';
import type { Source, SourceRange } from './source';
import type { Node, Statement } from './syntax';

/** One text, parsed. */
export interface ParsedCell {
  readonly text: string;
  /** Those of an imported file are parsed when somebody asks. */
  readonly statements: readonly Statement[];
  readonly comments: readonly Comment[];
  /** For parsing the next version of the text; `undefined` where this one is nested too deeply to parse. */
  readonly memory: CellMemory | undefined;
}

export interface Comment {
  readonly range: SourceRange;
  readonly text: string;
}

interface CellMemory {
  readonly prepared: string;
  readonly pieces: readonly Piece[];
}

/** Parses every cell. With the result for an earlier version of the text, only what changed is parsed again. */
export function parseSource(source: Source, previous: readonly (ParsedCell | undefined)[] = []): readonly (ParsedCell | undefined)[] {
  return source.cells.map((text, cell) => text === undefined
    ? undefined
    : parseCell(text, source.kind === 'notebook' ? prepareCell(text) : prepareFile(text), cell, previous[cell]?.memory));
}

/** Where a node stands in the present version of the text. */
export function rangeOf(node: Node): SourceRange {
  const { start, cell, file } = node.chunk;
  const [from, to] = [start + node.from, start + node.to];
  return file === undefined ? { from, to, cell } : { from, to, cell, file };
}

export function parseCell(text: string, prepared: string, cell: number, memory: CellMemory | undefined, file?: string): ParsedCell {
  try {
    return parse(text, prepared, cell, memory, file);
  } catch (error) {
    // The parser builds its tree recursively: thousands of brackets within each other exhaust the stack.
    if (error instanceof RangeError) return { text, statements: [], comments: [], memory: undefined };
    throw error;
  }
}

function parse(text: string, prepared: string, cell: number, memory: CellMemory | undefined, file: string | undefined): ParsedCell {
  const pieces = memory === undefined ? readPieces(prepared, { cell, file }) : rereadPieces(memory.prepared, memory.pieces, prepared, { cell, file });
  let statements: readonly Statement[] | undefined;
  return {
    text,
    get statements() { return statements ??= pieces.flatMap(piece => piece.statements); },
    comments: pieces.flatMap(({ chunk, comments }) => comments.map(comment => ({
      range: { from: chunk.start + comment.from, to: chunk.start + comment.from + comment.text.length, cell, ...file === undefined ? {} : { file } }, text: comment.text,
    }))),
    memory: { prepared, pieces },
  };
}
