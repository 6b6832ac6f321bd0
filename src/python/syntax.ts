/**
 * Python's syntax as plain data, as much of it as abstract interpretation needs.
 *
 * A node's place is relative to its chunk (a top-level statement), so that the tree of a statement can be
 * kept while text before it changes.
 */

/** A top-level statement's place in its text. `start` moves with edits; everything inside moves along. */
export interface Chunk {
  start: number;
  cell: number;
  readonly file: string | undefined;
}

export interface Node {
  readonly from: number;
  readonly to: number;
  readonly chunk: Chunk;
}

export type Expression =
  | NameExpression | NumberExpression | StringExpression | FormattedExpression | ConstantExpression
  | SequenceExpression | DictionaryExpression | AttributeExpression | SubscriptExpression | SliceExpression
  | CallExpression | UnaryExpression | BinaryExpression | BooleanExpression | ComparisonExpression
  | ConditionalExpression | LambdaExpression | ComprehensionExpression | NamedExpression | StarredExpression
  | OtherExpression;

export interface NameExpression extends Node { readonly kind: 'name'; readonly name: string }
export interface NumberExpression extends Node { readonly kind: 'number'; readonly value: number; readonly float: boolean }
export interface StringExpression extends Node { readonly kind: 'string'; readonly value: string }
/** An f-string: text and replaced expressions in order. */
export interface FormattedExpression extends Node { readonly kind: 'formatted'; readonly parts: readonly (string | Expression)[] }
export interface ConstantExpression extends Node { readonly kind: 'constant'; readonly value: true | false | null | 'ellipsis' }
export interface SequenceExpression extends Node { readonly kind: 'sequence'; readonly form: 'tuple' | 'list' | 'set'; readonly items: readonly Expression[] }
/** An entry without a key is `**value`. */
export interface DictionaryExpression extends Node { readonly kind: 'dictionary'; readonly entries: readonly { readonly key: Expression | undefined; readonly value: Expression }[] }
export interface AttributeExpression extends Node { readonly kind: 'attribute'; readonly object: Expression; readonly name: string }
export interface SubscriptExpression extends Node { readonly kind: 'subscript'; readonly object: Expression; readonly index: Expression }
export interface SliceExpression extends Node { readonly kind: 'slice'; readonly lower: Expression | undefined; readonly upper: Expression | undefined; readonly step: Expression | undefined }
export interface CallExpression extends Node {
  readonly kind: 'call';
  readonly callee: Expression;
  readonly arguments: readonly Argument[];
  /** Offset of the closing parenthesis; `undefined` while it is missing. */
  readonly close: number | undefined;
}
export interface UnaryExpression extends Node { readonly kind: 'unary'; readonly operator: '-' | '+' | '~' | 'not'; readonly operand: Expression }
export interface BinaryExpression extends Node { readonly kind: 'binary'; readonly operator: string; readonly left: Expression; readonly right: Expression }
export interface BooleanExpression extends Node { readonly kind: 'boolean'; readonly operator: 'and' | 'or'; readonly left: Expression; readonly right: Expression; readonly parenthesized: boolean }
/** `a < b <= c`: operators between neighbouring operands. */
export interface ComparisonExpression extends Node { readonly kind: 'comparison'; readonly operands: readonly Expression[]; readonly operators: readonly string[] }
export interface ConditionalExpression extends Node { readonly kind: 'conditional'; readonly test: Expression; readonly then: Expression; readonly otherwise: Expression }
export interface LambdaExpression extends Node { readonly kind: 'lambda'; readonly parameters: readonly Parameter[]; readonly body: Expression }
export interface ComprehensionExpression extends Node {
  readonly kind: 'comprehension';
  readonly form: 'list' | 'set' | 'dictionary' | 'generator';
  readonly key: Expression | undefined;
  readonly element: Expression;
  readonly clauses: readonly ComprehensionClause[];
}
export type ComprehensionClause =
  | { readonly kind: 'for'; readonly target: Expression; readonly iterable: Expression }
  | { readonly kind: 'if'; readonly test: Expression };
export interface NamedExpression extends Node { readonly kind: 'named'; readonly target: Expression; readonly value: Expression }
export interface StarredExpression extends Node { readonly kind: 'starred'; readonly value: Expression }
/** Anything else, or broken code: its value is unknown, the expressions inside are still read. */
export interface OtherExpression extends Node { readonly kind: 'other'; readonly parts: readonly Expression[] }

export interface Argument extends Node {
  readonly value: Expression;
  readonly keyword: string | undefined;
  readonly star: '' | '*' | '**';
}

export interface Parameter extends Node {
  readonly name: string;
  readonly star: '' | '*' | '**';
  readonly annotation: Expression | undefined;
  readonly default: Expression | undefined;
  readonly keywordOnly: boolean;
}

export type Statement =
  | ExpressionStatement | AssignStatement | AugmentedStatement | IfStatement | ForStatement | WhileStatement
  | WithStatement | TryStatement | MatchStatement | FunctionStatement | ClassStatement | ReturnStatement
  | ImportStatement | ImportFromStatement | ScopeStatement | DeleteStatement | SimpleStatement;

export interface ExpressionStatement extends Node { readonly kind: 'expression'; readonly value: Expression }
/** `a = b = value`; with an annotation there is one target and `value` may be absent. */
export interface AssignStatement extends Node { readonly kind: 'assign'; readonly targets: readonly Expression[]; readonly value: Expression | undefined; readonly annotation: Expression | undefined }
export interface AugmentedStatement extends Node { readonly kind: 'augmented'; readonly target: Expression; readonly operator: string; readonly value: Expression }
export interface IfStatement extends Node { readonly kind: 'if'; readonly test: Expression; readonly body: readonly Statement[]; readonly otherwise: readonly Statement[] }
export interface ForStatement extends Node { readonly kind: 'for'; readonly target: Expression; readonly iterable: Expression; readonly body: readonly Statement[]; readonly otherwise: readonly Statement[] }
export interface WhileStatement extends Node { readonly kind: 'while'; readonly test: Expression; readonly body: readonly Statement[]; readonly otherwise: readonly Statement[] }
export interface WithStatement extends Node { readonly kind: 'with'; readonly items: readonly { readonly value: Expression; readonly target: Expression | undefined }[]; readonly body: readonly Statement[] }
export interface TryStatement extends Node {
  readonly kind: 'try';
  readonly body: readonly Statement[];
  readonly handlers: readonly { readonly type: Expression | undefined; readonly name: string | undefined; readonly body: readonly Statement[] }[];
  readonly otherwise: readonly Statement[];
  readonly final: readonly Statement[];
}
export interface MatchStatement extends Node { readonly kind: 'match'; readonly subject: Expression; readonly clauses: readonly { readonly names: readonly string[]; readonly body: readonly Statement[] }[] }
export interface FunctionStatement extends Node { readonly kind: 'function'; readonly name: string; readonly parameters: readonly Parameter[]; readonly body: readonly Statement[]; readonly decorators: readonly Expression[]; readonly generator: boolean }
export interface ClassStatement extends Node { readonly kind: 'class'; readonly name: string; readonly arguments: readonly Argument[]; readonly body: readonly Statement[]; readonly decorators: readonly Expression[] }
export interface ReturnStatement extends Node { readonly kind: 'return'; readonly value: Expression | undefined }
/** `import a.b as c`: without `as`, the first name is bound. */
export interface ImportStatement extends Node { readonly kind: 'import'; readonly modules: readonly { readonly name: string; readonly alias: string | undefined }[] }
/** `from ..a import b as c`; a name `*` is all. */
export interface ImportFromStatement extends Node { readonly kind: 'importFrom'; readonly level: number; readonly module: string; readonly names: readonly { readonly name: string; readonly alias: string | undefined }[] }
export interface ScopeStatement extends Node { readonly kind: 'scope'; readonly form: 'global' | 'nonlocal'; readonly names: readonly string[] }
export interface DeleteStatement extends Node { readonly kind: 'delete'; readonly targets: readonly Expression[] }
/** Statements without binding; the expressions in them are still read. */
export interface SimpleStatement extends Node { readonly kind: 'pass' | 'break' | 'continue' | 'raise' | 'assert' | 'other'; readonly parts: readonly Expression[] }

const numbers = new WeakMap<Node, number>();
let last = 0;

/** A number of the node's own, the same wherever edits move it. */
export function nodeNumber(node: Node): number {
  let number = numbers.get(node);
  if (number === undefined) numbers.set(node, number = ++last);
  return number;
}
