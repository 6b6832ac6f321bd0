import type { CallExpression, ClassStatement, Expression, FunctionStatement, Node, Statement } from '../python/syntax';
import { blocksOf, everyStatement } from '../python/walk';
import type { LayerRecorder, MadeLayer } from './layerRecorder';
import type { TensorRecorder } from './tensorRecorder';

/** What a layer belongs to as a whole. */
export interface ModelRoot {
  /** `call`: of a class or function of another file. `loose`: layers outside a model. */
  readonly kind: 'class' | 'function' | 'variable' | 'call' | 'loose';
  readonly name: string;
  readonly node: Node;
}

type Definition = ClassStatement | FunctionStatement;

/**
 * Says which model a layer is part of. The calls that lead to a layer run through classes and functions of the
 * source; the outermost of them that is a model (a class with a base, a function that gives back a layer or
 * tensor) is the one. Where there is none, the statement decides: `net = nn.Sequential(…)`, `net.add(…)`.
 */
export class ModelRoots {
  private readonly byChunk = new Map<object, Statement[]>();
  private readonly around = new Map<Node, readonly Statement[]>();
  private readonly verdicts = new Map<Definition, boolean>();
  private readonly roots = new Map<object, ModelRoot>();
  private readonly blocks = new Map<Definition | undefined, readonly (readonly [string, Statement])[]>();

  constructor(
    private readonly recorder: LayerRecorder,
    private readonly tensors: TensorRecorder,
    private readonly statements: readonly Statement[],
  ) {
    for (const statement of statements) {
      const same = this.byChunk.get(statement.chunk);
      if (same === undefined) this.byChunk.set(statement.chunk, [statement]);
      else same.push(statement);
    }
  }

  /** The model, and how many of the calls in the layer's path lead to it. */
  rootOf(layer: MadeLayer): { readonly root: ModelRoot; readonly depth: number } {
    const steps: readonly Node[] = [...layer.path, layer.call];
    for (const [depth, node] of steps.entries()) {
      const before = steps[depth - 1];
      if (node.chunk.file !== undefined) {
        if (before !== undefined) return { root: this.root(before, () => ({ kind: 'call', name: nameOf(before), node: before })), depth };
        continue;
      }
      const frame = this.frameOf(node);
      if (frame !== undefined && this.isModel(frame)) {
        return { root: this.root(frame, () => ({ kind: frame.kind, name: frame.name, node: frame })), depth };
      }
      // `net = nn.Sequential(Up(8, 4), …)`: what `Up` makes is part of the variable.
      const variable = node === layer.call ? undefined : this.variableAround(node, frame?.kind === 'function' ? frame : undefined);
      if (variable !== undefined) return { root: variable, depth };
    }
    const depth = layer.path.length;
    return { root: this.rootByStatement(layer), depth };
  }

  private root(key: object, make: () => ModelRoot): ModelRoot {
    let root = this.roots.get(key);
    if (root === undefined) this.roots.set(key, root = make());
    return root;
  }

  private variableAround(node: Node, scope: FunctionStatement | undefined): ModelRoot | undefined {
    const statement = this.statementsAround(node).at(-1);
    return statement && this.variableRoot(heldBy(statement, node, value => this.isContainer(value)), scope);
  }

  private variableRoot(name: string | undefined, scope: FunctionStatement | undefined): ModelRoot | undefined {
    const first = name === undefined ? undefined : this.containersIn(scope).find(([variable]) => variable === name)?.[1];
    return name === undefined || first === undefined ? undefined : this.root(first, () => ({ kind: 'variable', name, node: first }));
  }

  private rootByStatement(layer: MadeLayer): ModelRoot {
    const chain = this.statementsAround(layer.call);
    const statement = chain.at(-1);
    const frame = this.frameOf(layer.call);
    const scope = frame?.kind === 'function' ? frame : undefined;
    const variable = this.variableRoot(statement && this.variable(statement, layer, scope), scope);
    if (variable !== undefined) return variable;
    if (scope !== undefined) return this.root(scope, () => ({ kind: 'function', name: scope.name, node: scope }));
    const node = statement ?? layer.call;
    return this.root(this, () => ({ kind: 'loose', name: '', node }));
  }

  /** The variable that holds the model to which a statement adds the layer. */
  private variable(statement: Statement, layer: MadeLayer, scope: FunctionStatement | undefined): string | undefined {
    const holder = heldBy(statement, layer.call, value => this.isContainer(value));
    if (holder !== undefined) return holder;
    // A layer on its own is no part of what comes next.
    if (statement.kind === 'assign' && statement.value === layer.call && !this.tensors.all.has(layer.call)) return undefined;
    // Tensors and lists of layers lead to the next model that is made.
    return this.containersIn(scope).find(([, next]) => next.chunk.cell > statement.chunk.cell
      || (next.chunk.cell === statement.chunk.cell && next.chunk.start + next.from > statement.chunk.start + statement.from))?.[0];
  }

  /** Assignments of whole models to variables, in source order. */
  private containersIn(scope: FunctionStatement | undefined): readonly (readonly [string, Statement])[] {
    let found = this.blocks.get(scope);
    if (found === undefined) {
      const all: (readonly [string, Statement])[] = [];
      for (const statement of everyStatement(scope?.body ?? this.statements)) {
        if (statement.kind !== 'assign') continue;
        const [target] = statement.targets;
        if (target?.kind === 'name' && statement.value !== undefined && this.isContainer(statement.value) && this.frameOf(statement) === scope) all.push([target.name, statement]);
      }
      this.blocks.set(scope, found = all);
    }
    return found;
  }

  private isContainer(value: Expression): boolean {
    const name = this.recorder.containers.get(value);
    return name !== undefined && /\.(?:Sequential|Model)$/.test(name);
  }

  /** The class or function in which a node stands; methods count as their class. */
  private frameOf(node: Node): Definition | undefined {
    let frame: Definition | undefined;
    for (const statement of this.statementsAround(node)) {
      if (statement === node) break;
      if (statement.kind === 'class') frame = statement;
      else if (statement.kind === 'function' && frame?.kind !== 'class') frame = statement;
    }
    return frame;
  }

  /** The statements around a node, outermost first. */
  private statementsAround(node: Node): readonly Statement[] {
    const known = this.around.get(node);
    if (known !== undefined) return known;
    const chain: Statement[] = [];
    let level: readonly Statement[] = this.byChunk.get(node.chunk) ?? [];
    for (;;) {
      const inside = level.find(statement => statement.from <= node.from && node.to <= statement.to);
      if (inside === undefined) break;
      chain.push(inside);
      level = blocksOf(inside).flat();
    }
    this.around.set(node, chain);
    return chain;
  }

  private isModel(definition: Definition): boolean {
    let verdict = this.verdicts.get(definition);
    if (verdict === undefined) this.verdicts.set(definition, verdict = definition.kind === 'class' ? isModelClass(definition) : this.givesModel(definition));
    return verdict;
  }

  private givesModel(definition: FunctionStatement): boolean {
    return this.returns(definition.body).some(value => this.recorder.containers.has(value) || this.tensors.all.has(value));
  }

  private returns(body: readonly Statement[]): readonly Expression[] {
    return body.flatMap(statement => {
      if (statement.kind === 'return') return statement.value === undefined ? [] : statement.value.kind === 'sequence' ? [statement.value, ...statement.value.items] : [statement.value];
      return statement.kind === 'function' || statement.kind === 'class' ? [] : blocksOf(statement).flatMap(block => this.returns(block));
    });
  }
}

/** The variable of `net.add(layer)` and `net = nn.Sequential(layer)`. */
function heldBy(statement: Statement, node: Node, isContainer: (value: Expression) => boolean): string | undefined {
  if (statement.kind === 'expression' && statement.value.kind === 'call' && statement.value.callee.kind === 'attribute') {
    const { object } = statement.value.callee;
    return object.kind === 'name' ? object.name : undefined;
  }
  if (statement.kind !== 'assign' || statement.value === undefined || statement.value === node) return undefined;
  const [target] = statement.targets;
  return target?.kind === 'name' && isContainer(statement.value) ? target.name : undefined;
}

function isModelClass({ arguments: bases, body }: ClassStatement): boolean {
  const extended = bases.some(base => base.keyword === undefined && !(base.value.kind === 'name' && base.value.name === 'object'));
  return extended || body.some(member => member.kind === 'function' && /^(?:forward|call|__call__)$/.test(member.name));
}

function nameOf(node: Node): string {
  const call = node as Partial<CallExpression>;
  const callee = call.callee;
  return callee?.kind === 'name' || callee?.kind === 'attribute' ? callee.name : '…';
}
