import { readBlock, type Piece, type Place, type Placed } from './blockPieces';
import { blockStarts } from './blocks';

/** Reads a text from its beginning to its end, a block at a time. */
export function readPieces(text: string, place: Place): readonly Piece[] {
  return settled(readBlocks(text, [...blockStarts(text), text.length], place, new Map()));
}

/**
 * Reads another version of a text: only the blocks at the change are parsed. A piece that reads as it did
 * keeps its syntax nodes, wherever it stands now. (The parser could reuse parts of its tree by itself, but
 * near an error in the text that can give another tree than the text has.)
 */
export function rereadPieces(before: string, pieces: readonly Piece[], text: string, place: Place): readonly Piece[] {
  const change = differenceOf(before, text);
  if (change === undefined) return pieces;
  const grown = text.length - before.length;
  const margin = lastBlockBefore(pieces, change.from);
  let first = Math.max(0, margin);
  // Where a block begins behind the change, and began there before, all that follows is as it was.
  let kept = nextBlock(pieces, first, change.to);
  const starts: number[] = [];
  let ends = false;
  for (const start of blockStarts(text, margin < 0 ? 0 : startOf(pieces[margin]))) {
    starts.push(start);
    while (startOf(pieces[kept]) < start - grown) kept = nextBlock(pieces, kept + 1, change.to);
    ends = startOf(pieces[kept]) === start - grown;
    if (ends) break;
  }
  if (!ends) {
    starts.push(text.length);
    kept = pieces.length;
  }
  // The block before the one at the change ends as it did, most times.
  const second = nextBlock(pieces, first + 1, 0);
  if (margin >= 0 && starts[1] !== undefined && starts[1] <= change.from && starts[1] === startOf(pieces[second])) {
    starts.shift();
    first = second;
  }
  const fresh = readBlocks(text, starts, place, poolOf(pieces.slice(first, kept)));
  if (grown !== 0) for (const { chunk } of pieces.slice(kept)) chunk.start += grown;
  return [...pieces.slice(0, first), ...settled(fresh), ...pieces.slice(kept)];
}

/** Reads the blocks that begin at all but the last of these offsets. */
function readBlocks(text: string, starts: readonly number[], place: Place, pool: ReadonlyMap<string, Piece[]>): readonly Placed[] {
  return starts.slice(1).flatMap((end, index) => readBlock(text, starts[index] ?? 0, end, place, pool));
}

/** The pieces at the places where they have been read. */
function settled(placed: readonly Placed[]): readonly Piece[] {
  for (const { piece, start } of placed) piece.chunk.start = start;
  return placed.map(({ piece }) => piece);
}

/** The pieces by their keys, in order. */
function poolOf(pieces: readonly Piece[]): Map<string, Piece[]> {
  const pool = new Map<string, Piece[]>();
  for (const piece of pieces) {
    const same = pool.get(piece.key);
    if (same === undefined) pool.set(piece.key, [piece]);
    else same.push(piece);
  }
  return pool;
}

/** The span of the old text that differs. */
function differenceOf(before: string, text: string): { readonly from: number; readonly to: number } | undefined {
  if (before === text) return undefined;
  const shorter = Math.min(before.length, text.length);
  const from = sameLength(shorter, (start, end) => before.slice(start, end) === text.slice(start, end));
  const behind = sameLength(shorter - from, (start, end) => before.slice(before.length - end, before.length - start) === text.slice(text.length - end, text.length - start));
  return { from, to: before.length - behind };
}

/** The length of the stretch, at most `most`, that is the same. Compares blocks, and halves the one that differs. */
function sameLength(most: number, same: (start: number, end: number) => boolean): number {
  let length = 0;
  for (let block = 8192; block >= 1; block >>= 1) {
    while (length + block <= most && same(length, length + block)) length += block;
  }
  return length;
}

/** The block before the last one that begins at or before an offset: that may go on into the next one now. -1 when there is none. */
function lastBlockBefore(pieces: readonly Piece[], offset: number): number {
  let [before, last] = [-1, -1];
  for (let index = 0; index < pieces.length && startOf(pieces[index]) <= offset; index++) {
    if (pieces[index]?.leads === true) [before, last] = [last, index];
  }
  return before;
}

/** The first block from `index` on that begins at or behind an offset; the number of pieces when there is none. */
function nextBlock(pieces: readonly Piece[], index: number, offset: number): number {
  while (index < pieces.length && (pieces[index]?.leads !== true || startOf(pieces[index]) < offset)) index++;
  return index;
}

/** Behind every text where there is no piece. */
function startOf(piece: Piece | undefined): number {
  return piece?.chunk.start ?? Infinity;
}
