import { parser } from '@lezer/python';
import { TreeFragment, type SyntaxNode, type Tree } from '@lezer/common';
import { convertStatement } from './convertStatement';
import { prepareCell, prepareFile } from './prepare';
import type { Source, SourceRange } from './source';
import type { Chunk, Node, Statement } from './syntax';

/** One text, parsed. */
export interface ParsedCell {
  readonly text: string;
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
  readonly tree: Tree;
  readonly prepared: string;
  readonly chunks: ReadonlyMap<string, readonly ParsedChunk[]>;
}

interface ParsedChunk {
  readonly chunk: Chunk;
  readonly statements: readonly Statement[];
}

/** Parses every cell. With the result for an earlier version of the text, only what changed is parsed again. */
export function parseSource(source: Source, previous: readonly (ParsedCell | undefined)[] = []): readonly (ParsedCell | undefined)[] {
  return source.cells.map((text, cell) => text === undefined
    ? undefined
    : parseCell(text, source.kind === 'notebook' ? prepareCell(text) : prepareFile(text), cell, previous[cell]?.memory));
}

/** Where a node stands in the text. */
export function rangeOf(node: Node): SourceRange {
  const { chunk } = node;
  const range = {
    from: chunk.start + node.from, to: chunk.start + node.to, cell: chunk.cell,
    ...(chunk.file === undefined ? {} : { file: chunk.file }),
  };
  nodes.set(range, node);
  return range;
}

/** What ranges stand for, so that they can be told again after the text before them has changed. */
const nodes = new WeakMap<SourceRange, Node>();

/** A range from {@link rangeOf}, as it is in the present version of the text. */
export function presentRange(range: SourceRange): SourceRange {
  const node = nodes.get(range);
  return node === undefined ? range : rangeOf(node);
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
  const tree = parser.parse(prepared, memory === undefined ? undefined : reusable(memory, prepared));
  const chunks = new Map<string, ParsedChunk[]>();
  const pool = new Map([...memory?.chunks ?? []].map(([key, list]): [string, ParsedChunk[]] => [key, [...list]]));
  const statements: Statement[] = [];
  for (let node = tree.topNode.firstChild; node !== null; node = node.nextSibling) {
    if (node.name === 'Comment') continue;
    const key = prepared.slice(node.from, node.to);
    const parsed = pool.get(key)?.shift() ?? convertChunk(node, prepared, cell, file);
    parsed.chunk.start = node.from;
    statements.push(...parsed.statements);
    const same = chunks.get(key);
    if (same === undefined) chunks.set(key, [parsed]);
    else same.push(parsed);
  }
  return { text, statements, comments: findComments(tree, prepared, cell), memory: { tree, prepared, chunks } };
}

function convertChunk(node: SyntaxNode, text: string, cell: number, file: string | undefined): ParsedChunk {
  const chunk: Chunk = { start: node.from, cell, file };
  return { chunk, statements: convertStatement(node, { text, chunk, depth: 0 }) };
}

/** The parts of the old tree outside the one span in which the texts differ. */
function reusable(memory: CellMemory, text: string): readonly TreeFragment[] {
  const old = memory.prepared;
  let from = 0;
  const shorter = Math.min(old.length, text.length);
  while (from < shorter && old.charCodeAt(from) === text.charCodeAt(from)) from++;
  let behind = 0;
  while (behind < shorter - from && old.charCodeAt(old.length - 1 - behind) === text.charCodeAt(text.length - 1 - behind)) behind++;
  return TreeFragment.applyChanges(TreeFragment.addTree(memory.tree), [
    { fromA: from, toA: old.length - behind, fromB: from, toB: text.length - behind },
  ]);
}

/** Only our own comments matter: `# tconv: …`. */
function findComments(tree: Tree, text: string, cell: number): Comment[] {
  const found: Comment[] = [];
  for (const match of text.matchAll(/#\s*tconv\s*:[^\r\n]*/g)) {
    const node = tree.resolveInner(match.index, 1);
    if (node.name !== 'Comment') continue;
    found.push({ range: { from: node.from, to: node.to, cell }, text: text.slice(node.from, node.to) });
  }
  return found;
}
