import type { Piece } from './blockPieces';
import type { CallExpression, Expression, Statement } from './syntax';
import { blocksOf, expressionsOf, partsOf } from './walk';

/** A statement of a module, or a block of it that has perhaps not been parsed yet. */
export interface ModulePart {
  /** Says what it does to the names of the module. */
  readonly outline: Statement;
  /** Asking for them parses them. */
  readonly statements: readonly Statement[];
  readonly isRead: boolean;
}

/** The parts of a module that has been read. */
export function partsOfModule(pieces: readonly Piece[]): readonly ModulePart[] {
  return pieces.flatMap((piece): readonly ModulePart[] => piece.later !== undefined ? [piece.later]
    : piece.statements.map(statement => ({ outline: statement, statements: [statement], isRead: true })));
}

/**
 * Runs of an imported module only what the names need that somebody asks for: what binds them, and what that
 * needs in turn. Where more than one statement decides what a name stands for, all up to the last of them are
 * run in their order.
 */
export class ModuleOrder {
  private readonly touching = new Map<string, number[]>();
  private readonly done = new Set<number>();
  private readonly needed = new Set<string>();
  /** The statement that is being run: what comes after it has not happened yet. */
  private position: number | undefined;

  /** @param run runs a statement. */
  constructor(private readonly parts: readonly ModulePart[], private readonly run: (statement: Statement) => void) {
    const effects = parts.map(({ outline }) => effectsOf(outline));
    const opaque = effects.flatMap((each, index) => each.opaque ? [index] : []);
    const imported = new Set(effects.flatMap(({ imports }) => imports));
    const containers = new Set(effects.flatMap(each => each.made));
    for (const [index, { imports, binds, changes }] of effects.entries()) {
      // An imported module is not changed by calling its functions.
      for (const name of new Set([...imports, ...binds, ...changes.filter(each => !imported.has(each))])) this.touch(name, index);
    }
    // A function that is called may fill a list or dictionary of the module.
    for (const name of containers) for (const index of opaque) this.touch(name, index);
  }

  /** Runs what brings names of its own that only running it tells: `from module import *`. */
  begin(): void {
    for (const [index, { outline }] of this.parts.entries()) if (effectsOf(outline).star) this.runAt(index);
  }

  /** Runs what has to be run before a name is looked at. */
  need(name: string): void {
    if (this.needed.has(name)) return;
    const before = this.position ?? this.parts.length;
    if (this.position === undefined) this.needed.add(name);
    const indices = this.touching.get(name) ?? [];
    const last = indices.at(-1);
    if (last === undefined) return;
    if (indices.every(index => isImport(this.parts[index]?.outline)) || indices.length === 1) {
      for (const index of indices) if (index !== this.position) this.runAt(index);
    } else for (let index = 0; index <= last && index < before; index++) this.runAt(index);
  }

  private touch(name: string, index: number): void {
    const indices = this.touching.get(name);
    if (indices === undefined) this.touching.set(name, [index]);
    else if (!indices.includes(index)) {
      indices.push(index);
      indices.sort((a, b) => a - b);
    }
  }

  private runAt(index: number): void {
    const part = this.parts[index];
    if (part === undefined || this.done.has(index)) return;
    this.done.add(index);
    const outer = this.position;
    this.position = index;
    try {
      for (const statement of part.statements) this.run(statement);
    } finally {
      this.position = outer;
    }
  }
}

/** What a statement of a module does to the module's names. */
interface Effects {
  readonly imports: readonly string[];
  readonly binds: readonly string[];
  /** Of those, what is bound to something that can be changed in place. */
  readonly made: readonly string[];
  /** Names of what it may change in place. */
  readonly changes: readonly string[];
  /** It calls something, which may change whatever it can reach. */
  readonly opaque: boolean;
  readonly star: boolean;
}

const known = new WeakMap<Statement, Effects>();

function effectsOf(statement: Statement): Effects {
  let effects = known.get(statement);
  if (effects === undefined) {
    const found = { imports: [], binds: [], made: [], changes: [], opaque: false, star: false };
    collect(statement, found);
    known.set(statement, effects = found);
  }
  return effects;
}

interface Collected { readonly imports: string[]; readonly binds: string[]; readonly made: string[]; readonly changes: string[]; opaque: boolean; star: boolean }

function collect(statement: Statement, found: Collected): void {
  switch (statement.kind) {
    case 'import': found.imports.push(...statement.modules.map(({ name, alias }) => alias ?? name.split('.')[0] ?? name)); return;
    case 'importFrom':
      found.imports.push(...statement.names.map(({ name, alias }) => alias ?? name));
      if (statement.names.some(({ name }) => name === '*')) found.star = true;
      return;
    case 'function': case 'class':
      found.binds.push(statement.name);
      for (const decorator of statement.decorators) changed(decorator, found);
      if (statement.decorators.length > 0) found.opaque = true;
      return;
    case 'assign':
      for (const target of statement.targets) bind(target, found, statement.value !== undefined && mayChange(statement.value));
      break;
    case 'augmented': bind(statement.target, found, true); break;
    case 'for': bind(statement.target, found, true); break;
    case 'with': for (const { target } of statement.items) if (target !== undefined) bind(target, found, true); break;
    case 'try': found.binds.push(...statement.handlers.flatMap(({ name }) => name ?? [])); break;
    case 'match': found.binds.push(...statement.clauses.flatMap(({ names }) => names)); break;
    case 'delete': for (const target of statement.targets) bind(target, found, false); break;
    default:
  }
  if (statement.kind === 'expression' && statement.value.kind === 'call') found.opaque = true;
  for (const expression of expressionsOf(statement)) if (expression !== undefined) changed(expression, found);
  const blocks = blocksOf(statement);
  // How often it is run, or whether, is not known here.
  if (blocks.some(block => block.some(inner => inner.kind !== 'import' && inner.kind !== 'importFrom'))) found.opaque = true;
  for (const block of blocks) for (const inner of block) collect(inner, found);
}

function bind(target: Expression, found: Collected, changeable: boolean): void {
  if (target.kind === 'sequence') for (const item of target.items) bind(item, found, true);
  else if (target.kind === 'starred') bind(target.value, found, true);
  else if (target.kind === 'name') {
    found.binds.push(target.name);
    if (changeable) found.made.push(target.name);
  } else {
    const root = rootOf(target);
    if (root !== undefined) found.changes.push(root);
  }
}

/** Names of what an expression may change: what a method is called on, what is passed to a function. */
function changed(expression: Expression, found: Collected): void {
  if (expression.kind === 'call') changedByCall(expression, found);
  if (expression.kind === 'named' && expression.target.kind === 'name') found.binds.push(expression.target.name);
  for (const part of partsOf(expression)) if (part !== undefined) changed(part, found);
}

function changedByCall({ callee, arguments: given }: CallExpression, found: Collected): void {
  const root = callee.kind === 'attribute' ? rootOf(callee.object) : undefined;
  if (root !== undefined) found.changes.push(root);
  for (const { value } of given) {
    const name = rootOf(value);
    if (name !== undefined) found.changes.push(name);
  }
}

function rootOf(expression: Expression): string | undefined {
  if (expression.kind === 'name') return expression.name;
  return expression.kind === 'attribute' || expression.kind === 'subscript' ? rootOf(expression.object) : undefined;
}

/** Whether a value may be changed in place: not a number, a text, or a tuple of those. */
function mayChange(value: Expression): boolean {
  switch (value.kind) {
    case 'number': case 'string': case 'constant': case 'formatted': case 'lambda': return false;
    case 'unary': return mayChange(value.operand);
    case 'binary': return mayChange(value.left) || mayChange(value.right);
    case 'sequence': return value.form !== 'tuple' || value.items.some(mayChange);
    default: return true;
  }
}

function isImport(statement: Statement | undefined): boolean {
  if (statement === undefined) return false;
  if (statement.kind === 'import' || statement.kind === 'importFrom') return true;
  const blocks = blocksOf(statement);
  return (statement.kind === 'if' || statement.kind === 'try') && blocks.length > 0 && blocks.every(block => block.every(isImport));
}
