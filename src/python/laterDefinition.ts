import { parser } from '@lezer/python';
import { readStatements } from './convertStatement';
import { bodiesIn, withoutBodies, type Body } from './functionBodies';
import type { Outline } from './outline';
import type { Chunk, Expression, FunctionStatement, Parameter, Statement } from './syntax';

/**
 * A definition of an imported file, parsed as far as somebody asks: its name and decorators show without, a class
 * is read without the bodies of its methods, and each body is read when it is run. Most never are.
 */
export class LaterDefinition {
  private known: readonly Statement[] | undefined;
  private ownOutline: Statement | undefined;

  /** @param text of the whole block. @param chunk where it begins. */
  constructor(readonly chunk: Chunk, readonly text: string, private readonly head: Outline) {}

  /** A definition of the same name with the same decorators, and nothing else. */
  get outline(): Statement {
    return this.ownOutline ??= this.outlined();
  }

  get isRead(): boolean {
    return this.known !== undefined;
  }

  get statements(): readonly Statement[] {
    return this.known ??= this.read();
  }

  private outlined(): Statement {
    const { name, decorators } = this.head;
    const plain: Statement = { kind: 'function', name, parameters: [], body: [], decorators: [], generator: false, from: 0, to: 0, chunk: this.chunk };
    return decorators === '' ? plain : readAt(`${decorators}def ${name}(): pass\n`, this.chunk, 0)[0] ?? plain;
  }

  private read(): readonly Statement[] {
    const bodies = bodiesIn(this.text, this.head);
    return readAt(withoutBodies(this.text, bodies), this.chunk, 0).map(statement => this.withBodies(statement, bodies));
  }

  private withBodies(statement: Statement, bodies: readonly Body[]): Statement {
    if (statement.kind === 'class') return { ...statement, body: statement.body.map(member => member.kind === 'function' ? this.withBody(member, bodies, 'class _:\n') : member) };
    return statement.kind === 'function' ? this.withBody(statement, bodies, '') : statement;
  }

  /** @param around what the function stands in. */
  private withBody(statement: FunctionStatement, bodies: readonly Body[], around: string): Statement {
    const body = bodies.find(({ from }) => statement.from < from && from < statement.to);
    if (body === undefined) return statement;
    return new LaterFunction(statement, () => {
      const [read] = readAt(around + this.text.slice(body.line, body.to), this.chunk, body.line - around.length);
      const found = read?.kind === 'class' ? read.body[0] : read;
      return found?.kind === 'function' ? found : { ...statement, body: [] };
    });
  }
}

/** A function with its body, once somebody asks for that. */
class LaterFunction implements FunctionStatement {
  readonly kind = 'function';
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly decorators: readonly Expression[];
  readonly from: number;
  readonly chunk: Chunk;
  private whole: FunctionStatement | undefined;

  constructor({ name, parameters, decorators, from, chunk }: FunctionStatement, private readonly read: () => FunctionStatement) {
    this.name = name;
    this.parameters = parameters;
    this.decorators = decorators;
    this.from = from;
    this.chunk = chunk;
  }

  get body(): readonly Statement[] {
    return (this.whole ??= this.read()).body;
  }

  get generator(): boolean {
    return (this.whole ??= this.read()).generator;
  }

  get to(): number {
    return (this.whole ??= this.read()).to;
  }
}

/** Statements whose nodes count from the beginning of the chunk, where the text begins at an offset from there. */
function readAt(text: string, chunk: Chunk, offset: number): readonly Statement[] {
  const { start } = chunk;
  chunk.start = -offset;
  try {
    const { topNode } = parser.parse(text);
    const statements: Statement[] = [];
    for (let node = topNode.firstChild; node !== null; node = node.nextSibling) {
      if (node.name !== 'Comment') statements.push(...readStatements(node, text, chunk));
    }
    return statements;
  } catch (error) {
    // The parser builds its tree recursively, which exhausts the stack; where it just does not, the tree can be broken.
    if (error instanceof RangeError || error instanceof TypeError) return [];
    throw error;
  } finally {
    chunk.start = start;
  }
}
