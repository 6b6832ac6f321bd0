import type { Piece } from './blockPieces';
import type { ParsedCell } from './parse';
import type { SourceRange } from './source';
import type { Chunk, Node } from './syntax';

/** One version of a document: where things stand, and what is written there. */
export interface Version {
  readonly places: Places;
  /** The source of a range. */
  readonly text: (range: SourceRange) => string;
}

/**
 * Where the statements of a document stand in one version of it. Nodes count from the beginning of their
 * statement and are kept when edits elsewhere move it, so a place is told by node and version.
 */
export class Places {
  private past: { readonly pieces: readonly Piece[]; readonly starts: readonly number[] } | undefined;
  private known: ReadonlyMap<Chunk, number> | undefined;

  constructor(private readonly cells: readonly (ParsedCell | undefined)[]) {}

  /** The next version is about to be read: from now on this tells where things stood. */
  settle(): void {
    const pieces = this.cells.flatMap(cell => cell?.memory?.pieces ?? []);
    this.past = { pieces, starts: pieces.map(({ chunk }) => chunk.start) };
  }

  /** Where a node stands. Of other files, where it stands now. */
  rangeOf({ chunk, from, to }: Node): SourceRange {
    const start = this.startOf(chunk);
    const { cell, file } = chunk;
    return file === undefined ? { from: start + from, to: start + to, cell } : { from: start + from, to: start + to, cell, file };
  }

  private startOf(chunk: Chunk): number {
    if (this.past === undefined) return chunk.start;
    const { pieces, starts } = this.past;
    this.known ??= new Map(pieces.map((piece, index) => [piece.chunk, starts[index] ?? 0]));
    return this.known.get(chunk) ?? chunk.start;
  }
}
