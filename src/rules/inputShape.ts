import { readDeclarations } from '../network/inputs/comments';
import { parseShape } from '../network/inputs/writtenShape';
import { CommentPlaces, definitionsAround } from '../network/inputs/placement';
import { parseSource } from '../python/parse';
import type { Source, SourceRange } from '../python/source';
import type { FunctionStatement, Statement } from '../python/syntax';
import { blocksOf } from '../python/walk';
import type { Edit } from './rule';

/** Where a comment with the shape of an input belongs: `# tconv: x = (N, 3, 64, 64)`. */
export interface InputPlace {
  /** What can be given a shape: the parameters of a `forward`, `call` or function, in order; `x` for a single layer. */
  readonly names: readonly string[];
  /** The shapes that comments give now, as written, by name. */
  readonly written: ReadonlyMap<string, string>;
  /** The name of the function, with its class where it has one; `undefined` for a single layer. */
  readonly functionName: string | undefined;
}

/**
 * Where the shape of an input can be written, seen from a place in the source: on the head of the function
 * around it; for a place elsewhere in a class, of its `forward` or `call`; else on the layer's own line.
 * `undefined` where there is neither.
 */
export function inputPlace(source: Source, at: SourceRange): InputPlace | undefined {
  const target = findTarget(source, at);
  if (target === undefined) return undefined;
  const written = target.comments.flatMap(comment => comment.declarations.map(({ name, text }): [string, string] => [name, text]));
  return { names: target.names, written: new Map(written), functionName: target.functionName };
}

/**
 * The edit that writes `# tconv: name = shape` at the place of {@link inputPlace}, in the stead of a shape that
 * a comment there gives to the same name. `undefined` where there is no place.
 *
 * @param shape as it shall stand there: `(N, 3, 64, 64)`.
 */
export function inputShapeEdit(source: Source, at: SourceRange, name: string, shape: string): Edit | undefined {
  const target = findTarget(source, at);
  if (target === undefined) return undefined;
  for (const { range, declarations } of target.comments) {
    const old = declarations.find(declaration => declaration.name === name);
    if (old !== undefined) return { range: old.range, text: `${name} = ${shape}` };
    const last = declarations.at(-1);
    if (last !== undefined && last.range.to <= range.to) return { range: { ...last.range, from: last.range.to }, text: `; ${name} = ${shape}` };
  }
  return { range: target.end, text: `  # tconv: ${name} = ${shape}` };
}

/** A shape that somebody typed, as it can stand in a comment: in parentheses. `undefined` where it is none. */
export function typedShape(text: string): string | undefined {
  const trimmed = text.trim();
  // The parser forgives a bracket that is never closed; in a comment it would stay so.
  const open = [...trimmed].reduce((depth, sign) => depth + (/[([]/.test(sign) ? 1 : /[)\]]/.test(sign) ? -1 : 0), 0);
  if (open !== 0 || /[\r\n#;]/.test(trimmed) || parseShape(trimmed) === undefined) return undefined;
  return /^[([]/.test(trimmed) ? trimmed : `(${trimmed})`;
}

interface Target {
  readonly names: readonly string[];
  readonly functionName: string | undefined;
  /** The `# tconv:` comments that belong to it and declare something. */
  readonly comments: readonly { readonly range: SourceRange; readonly declarations: ReturnType<typeof readDeclarations>['declarations'] }[];
  /** The end of the line on which a new comment goes. */
  readonly end: SourceRange;
}

/** Kept, for the same text is asked about with every move of a cursor. */
const parsed = new WeakMap<Source, ReturnType<typeof parseSource>>();

function parsedOf(source: Source): ReturnType<typeof parseSource> {
  let cells = parsed.get(source);
  if (cells === undefined) parsed.set(source, cells = parseSource(source));
  return cells;
}

function findTarget(source: Source, at: SourceRange): Target | undefined {
  const cell = parsedOf(source)[at.cell];
  if (cell === undefined) return undefined;
  const places = new CommentPlaces(cell);
  const around = definitionsAround(cell.statements, at);
  const method = around.function === undefined || around.function.name === '__init__' || around.class === undefined ? applied(around.class?.body) : around.function;
  const line = places.lineOf(at.from);
  const onHead = around.function !== undefined && line >= places.headOf(around.function).first && line <= places.headOf(around.function).last;
  const inputs = around.function?.name === '__init__' ? method : around.class !== undefined || onHead ? method ?? around.function : undefined;
  const layer = inputs === undefined ? places.layerAt(at.from) : undefined;
  const owner = inputs ?? layer;
  if (owner === undefined) return undefined;
  const last = inputs !== undefined ? places.headOf(inputs).last : line;
  const { text, from } = places.line(last);
  const end = from + text.trimEnd().length;
  return {
    names: inputs === undefined ? ['x'] : namesOf(inputs),
    functionName: inputs === undefined ? undefined : around.class === undefined ? inputs.name : `${around.class.name}.${inputs.name}`,
    comments: cell.comments
      .filter(({ range }) => (places.functionAt(range.from) ?? places.layerAt(range.from)) === owner)
      .map(comment => ({ range: comment.range, declarations: readDeclarations(comment).declarations }))
      .filter(({ declarations }) => declarations.length > 0),
    end: { from: end, to: end, cell: at.cell },
  };
}

/** The method of a class that runs when its objects are called. */
function applied(body: readonly Statement[] | undefined): FunctionStatement | undefined {
  const methods = (body ?? []).flatMap(statement => [statement, ...blocksOf(statement).flat()]).filter(statement => statement.kind === 'function');
  for (const name of ['forward', 'call', '__call__']) {
    const found = methods.find(method => method.name === name);
    if (found !== undefined) return found;
  }
  return undefined;
}

function namesOf({ parameters }: FunctionStatement): readonly string[] {
  return parameters.filter(({ name, star }) => star === '' && name !== 'self' && name !== 'cls').map(({ name }) => name);
}
