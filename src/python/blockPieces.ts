import { parser } from '@lezer/python';
import type { SyntaxNode, Tree } from '@lezer/common';
import { readStatements } from './convertStatement';
import { LaterDefinition } from './laterDefinition';
import { outlineOf } from './outline';
import { withoutConflicts } from './prepare';
import type { Chunk, Statement } from './syntax';

/** A top-level node of the parser's tree: a statement, a comment, or what could not be read. */
export interface Piece {
  readonly chunk: Chunk;
  readonly length: number;
  /** Its form and its text. */
  readonly key: string;
  /** What else its reading may depend on: beside an error all of the block, else nothing. */
  readonly context: string;
  /** Whether a block begins with it. */
  readonly leads: boolean;
  readonly statements: readonly Statement[];
  /** Of a definition that is parsed when its statements are asked for: what stands for it until then. */
  readonly later?: LaterDefinition;
  /** Our own comments in it, `# tconv: …`, counted from its beginning. */
  readonly comments: readonly { readonly from: number; readonly text: string }[];
}

export type Place = Pick<Chunk, 'cell' | 'file'>;

/** A piece, and where it begins in the text that has just been read. */
export interface Placed {
  readonly piece: Piece;
  readonly start: number;
}

/** The pieces of one block; none where it is nested too deeply to be read. */
export function readBlock(text: string, from: number, to: number, place: Place, pool: ReadonlyMap<string, Piece[]>): readonly Placed[] {
  const block = text.slice(from, to);
  try {
    const outline = place.file === undefined ? undefined : outlineOf(block);
    if (outline !== undefined) {
      const key = `later:${block}`;
      return [{ piece: taken(pool.get(key), '') ?? laterPiece(new LaterDefinition({ ...place, start: from }, block, outline), key), start: from }];
    }
    return convertBlock(block, from, place, pool);
  } catch (error) {
    // The parser builds its tree recursively, which exhausts the stack; where it just does not, the tree can be broken.
    if (error instanceof RangeError || error instanceof TypeError) return [];
    throw error;
  }
}

/** @param pool pieces that are taken where they are read alike. */
function convertBlock(text: string, from: number, place: Place, pool: ReadonlyMap<string, Piece[]>): readonly Placed[] {
  const block = withoutConflicts(text);
  const tree = parser.parse(block);
  const nodes = children(tree.topNode);
  const context = nodes.filter(node => node.name !== 'Comment').length > 1 ? block : '';
  return nodes.map(node => {
    const leads = node.from === 0 && node === nodes[0];
    const key = [leads, node.name, block.slice(node.from, node.to)].join(':');
    const piece = taken(pool.get(key), context) ?? convert(node, tree, block, { ...place, start: node.from }, { key, context, leads });
    return { piece, start: from + node.from };
  });
}

/** The first piece that was read in this context, out of the pool. */
function taken(pieces: Piece[] | undefined, context: string): Piece | undefined {
  const at = pieces?.findIndex(piece => piece.context === context) ?? -1;
  return at < 0 ? undefined : pieces?.splice(at, 1)[0];
}

function children(node: SyntaxNode): readonly SyntaxNode[] {
  const all: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) all.push(child);
  return all;
}

function convert(node: SyntaxNode, tree: Tree, text: string, chunk: Chunk, { key, context, leads }: Pick<Piece, 'key' | 'context' | 'leads'>): Piece {
  const statements = node.name === 'Comment' ? [] : readStatements(node, text, chunk);
  return { chunk, length: node.to - node.from, key, context, leads, statements, comments: commentsIn(node, tree, text) };
}

/** Only our own comments matter. */
function commentsIn(piece: SyntaxNode, tree: Tree, text: string): Piece['comments'] {
  return [...text.slice(piece.from, piece.to).matchAll(/#\s*tconv\s*:[^\r\n]*/g)].flatMap(match => {
    const node = tree.resolveInner(piece.from + match.index, 1);
    return node.name === 'Comment' ? [{ from: node.from - piece.from, text: text.slice(node.from, node.to) }] : [];
  });
}

/** A definition in an imported file: it is parsed when somebody uses its name, and most never are. */
function laterPiece(later: LaterDefinition, key: string): Piece {
  return { chunk: later.chunk, length: later.text.length, key, context: '', leads: true, later, comments: [], get statements() { return later.statements; } };
}
