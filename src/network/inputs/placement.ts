import { LineIndex, type SourceRange } from '../../python/source';
import { rangeOf, type ParsedCell } from '../../python/parse';
import type { CallExpression, ClassStatement, Expression, FunctionStatement, Statement } from '../../python/syntax';
import { everyStatement, expressionsOf, partsOf } from '../../python/walk';

/** Lines of a function's head: from its first decorator to the colon. 0-based, both included. */
export interface Head { readonly first: number; readonly last: number }

/**
 * Which function or layer a comment in a cell belongs to: the function whose head it stands on, or directly
 * above or below; else the layer that is made or applied on its line.
 */
export class CommentPlaces {
  private readonly index: LineIndex;
  private readonly lines: readonly string[];
  private functions: readonly { readonly node: FunctionStatement; readonly head: Head }[] | undefined;

  constructor(private readonly cell: ParsedCell) {
    this.index = new LineIndex(cell.text);
    this.lines = cell.text.split(/\r\n|[\r\n]/);
  }

  /** The function in whose head a comment at the offset stands. */
  functionAt(offset: number): FunctionStatement | undefined {
    this.functions ??= functionsIn(this.cell.statements).map(node => ({ node, head: this.headOf(node) }));
    const line = this.lineOf(offset);
    const on = this.functions.find(({ head }) => line >= head.first && line <= head.last);
    if (on !== undefined) return on.node;
    // Above or below, other comments may stand between.
    if (!this.isComment(line)) return undefined;
    let [above, below] = [line, line];
    while (this.isComment(below)) below++;
    while (this.isComment(above)) above--;
    return (this.functions.find(({ head }) => head.first === below) ?? this.functions.find(({ head }) => head.last === above))?.node;
  }

  /** The layer that is made or applied on the line of the offset: the outermost call that looks like one. */
  layerAt(offset: number): CallExpression | undefined {
    const line = this.lineOf(offset);
    let found: CallExpression | undefined;
    const visit = (expression: Expression | undefined): void => {
      if (expression === undefined || found !== undefined) return;
      const { from, to } = rangeOf(expression);
      if (this.lineOf(from) > line || this.lineOf(to) < line) return;
      const onLine = this.lineOf(from) === line || this.lineOf(to) === line;
      if (expression.kind === 'call' && onLine && looksLikeLayer(expression)) found = expression;
      else for (const part of partsOf(expression)) visit(part);
    };
    for (const statement of everyStatement(this.cell.statements)) for (const expression of expressionsOf(statement)) visit(expression);
    return found;
  }

  lineOf(offset: number): number {
    return this.index.position(offset).line;
  }

  headOf(node: FunctionStatement): Head {
    const range = rangeOf(node);
    const first = this.lineOf(range.from);
    const [start] = node.body;
    let last = this.lineOf(start === undefined ? range.to : rangeOf(start).from);
    // Comments and empty lines between the colon and the first statement are not the head's.
    if (last > first && start !== undefined) {
      last--;
      while (last > first && (this.isComment(last) || this.lines[last]?.trim() === '')) last--;
    }
    return { first, last };
  }

  /** The text of a line, and where it begins. */
  line(line: number): { readonly text: string; readonly from: number } {
    return { text: this.lines[line] ?? '', from: this.index.offset({ line, column: 0 }) };
  }

  private isComment(line: number): boolean {
    return this.lines[line]?.trimStart().startsWith('#') === true;
  }
}

/** The innermost function around an offset, and the innermost class. */
export function definitionsAround(statements: readonly Statement[], { from, cell }: SourceRange): { readonly function: FunctionStatement | undefined; readonly class: ClassStatement | undefined } {
  let [inside, within]: [FunctionStatement | undefined, ClassStatement | undefined] = [undefined, undefined];
  for (const statement of everyStatement(statements)) {
    const range = rangeOf(statement);
    if (range.cell !== cell || from < range.from || from > range.to) continue;
    if (statement.kind === 'function') inside = statement;
    if (statement.kind === 'class') { within = statement; inside = undefined; }
  }
  return { function: inside, class: within };
}

function functionsIn(statements: readonly Statement[]): readonly FunctionStatement[] {
  return [...everyStatement(statements)].filter(statement => statement.kind === 'function');
}

/** `nn.Sequential(…)`, `Conv2DTranspose(…)`, `F.conv_transpose2d(…)`; not `layers.append(…)` around one. */
function looksLikeLayer({ callee }: CallExpression): boolean {
  const name = callee.kind === 'attribute' || callee.kind === 'name' ? callee.name : '';
  return /^_*\p{Lu}|conv|deconv/u.test(name);
}
