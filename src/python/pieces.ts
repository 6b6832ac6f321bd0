import { parser } from '@lezer/python';
import type { SyntaxNode, Tree } from '@lezer/common';
import { convertStatement } from './convertStatement';
import type { Chunk, Statement } from './syntax';

/** A top-level node of the parser's tree: a statement, a comment, or what could not be read. */
export interface Piece {
  readonly chunk: Chunk;
  readonly length: number;
  /** The name of the node. */
  readonly form: string;
  readonly statements: readonly Statement[];
  /** Our own comments in it, `# tconv: …`, counted from its beginning. */
  readonly comments: readonly { readonly from: number; readonly text: string }[];
}

type Place = Pick<Chunk, 'cell' | 'file'>;

/** A piece, and where it begins in the text that has just been read. */
interface Placed {
  readonly piece: Piece;
  readonly start: number;
}

/** Reads a text from its beginning to its end. */
export function readPieces(text: string, place: Place): readonly Piece[] {
  return settled(read(text, 0, text.length, place, new Map()));
}

/**
 * Reads another version of a text: only the statements at the change and one on either side are parsed. A
 * piece whose text is as it was keeps its syntax nodes, wherever it stands now. (The parser could reuse parts
 * of its tree by itself, but near an error in the text that can give another tree than the text has.)
 */
export function rereadPieces(before: string, pieces: readonly Piece[], text: string, place: Place): readonly Piece[] {
  const change = differenceOf(before, text);
  if (change === undefined) return pieces;
  const grown = text.length - before.length;
  const first = lastBefore(pieces, change.from, before);
  const from = first < 0 ? 0 : pieces[first]?.chunk.start ?? 0;
  for (let reach = 1; ; reach *= 8) {
    const last = nthAfter(pieces, change.to, reach, before);
    const margin = last < 0 ? undefined : pieces[last];
    const replaced = pieces.slice(Math.max(0, first), last < 0 ? pieces.length : last + 1);
    const end = pieces[last + 1]?.chunk.start ?? before.length;
    const fresh = read(text, from, (last < 0 ? before.length : end) + grown, place, poolOf(replaced, before));
    // Where a statement behind the change reads as before, so does all that follows; but a quote that is
    // opened, say, reaches farther.
    if (margin !== undefined && !fresh.some(({ piece, start }) => piece === margin && start === margin.chunk.start + grown)) continue;
    const kept = margin === undefined ? [] : pieces.slice(last + 1);
    for (const piece of kept) piece.chunk.start += grown;
    return [...pieces.slice(0, Math.max(0, first)), ...settled(fresh), ...kept];
  }
}

/** The pieces at the places where they have been read. */
function settled(placed: readonly Placed[]): readonly Piece[] {
  for (const { piece, start } of placed) piece.chunk.start = start;
  return placed.map(({ piece }) => piece);
}

function read(text: string, from: number, to: number, place: Place, pool: ReadonlyMap<string, Piece[]>): readonly Placed[] {
  const part = text.slice(from, to);
  const tree = parser.parse(part);
  const placed: Placed[] = [];
  for (let node = tree.topNode.firstChild; node !== null; node = node.nextSibling) {
    const known = pool.get(`${node.name}:${part.slice(node.from, node.to)}`)?.shift();
    placed.push({ piece: known ?? convert(node, tree, part, { ...place, start: node.from }), start: from + node.from });
  }
  return placed;
}

function convert(node: SyntaxNode, tree: Tree, text: string, chunk: Chunk): Piece {
  const statements = node.name === 'Comment' ? [] : convertStatement(node, { text, chunk, depth: 0 });
  return { chunk, length: node.to - node.from, form: node.name, statements, comments: commentsIn(node, tree, text) };
}

/** Only our own comments matter. */
function commentsIn(piece: SyntaxNode, tree: Tree, text: string): Piece['comments'] {
  return [...text.slice(piece.from, piece.to).matchAll(/#\s*tconv\s*:[^\r\n]*/g)].flatMap(match => {
    const node = tree.resolveInner(piece.from + match.index, 1);
    return node.name === 'Comment' ? [{ from: node.from - piece.from, text: text.slice(node.from, node.to) }] : [];
  });
}

/** The pieces by their text. */
function poolOf(pieces: readonly Piece[], text: string): Map<string, Piece[]> {
  const pool = new Map<string, Piece[]>();
  for (const piece of pieces) {
    const key = `${piece.form}:${text.slice(piece.chunk.start, piece.chunk.start + piece.length)}`;
    const same = pool.get(key);
    if (same === undefined) pool.set(key, [piece]);
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

/** The last whole statement before the one that an offset touches; -1 when there is none. */
function lastBefore(pieces: readonly Piece[], offset: number, text: string): number {
  const touched = pieces.findIndex(piece => piece.chunk.start + piece.length >= offset);
  for (let index = (touched < 0 ? pieces.length : touched) - 1; index >= 0; index--) {
    if (isMargin(pieces[index], text)) return index;
  }
  return -1;
}

/** The nth whole statement that begins behind an offset; -1 when there are fewer. */
function nthAfter(pieces: readonly Piece[], offset: number, n: number, text: string): number {
  let left = n;
  return pieces.findIndex(piece => piece.chunk.start > offset && isMargin(piece, text) && --left === 0);
}

/** A statement that begins a line, so that reading can begin or end with it. */
function isMargin(piece: Piece | undefined, text: string): boolean {
  if (piece === undefined || piece.statements.length === 0) return false;
  const { start } = piece.chunk;
  return start === 0 || text[start - 1] === '\n' || text[start - 1] === '\r';
}
