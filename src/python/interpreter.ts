import { comparison, binary as plainBinary, dictionaryKey, truth } from './arithmetic';
import { callBuiltin, callBuiltinMethod } from './builtins';
import { callersFirst } from './callers';
import { evaluateExpression, itemOf } from './evaluate';
import { assignTarget, Executor } from './execute';
import {
  bindParameters, bound, callScope, fillRecord, findInClass, importedBases, resolutionOrder, standaloneArguments,
} from './functions';
import { join } from './join';
import { limits } from './limits';
import type { Completion, Host, Machine, Mode, Site } from './machine';
import { newScope, type Scope } from './scope';
import type { CallExpression, Expression, Node, Statement } from './syntax';
import { Cells, Trail } from './trail';
import {
  asItems, boolean, named, noArguments, noneValue, tuple, unknownValue,
  type Arguments, type ClassValue, type FunctionValue, type InstanceValue, type Value,
} from './values';
import { describe } from './describe';

/**
 * Runs Python abstractly: on values that may be symbols or unknown, both ways where a condition is not
 * known, every function at least once. It executes nothing: what is imported is asked of the host.
 */
export class Interpreter implements Machine {
  readonly trail = new Trail();
  mode: Mode = 'real';
  /** Whether some work was left out because a bound was reached. */
  cutOff = false;

  private readonly executor = new Executor(this);
  private readonly moduleScope: Scope;
  private readonly functions: FunctionValue[] = [];
  private readonly classes: ClassValue[] = [];
  private readonly instances = new Map<Cells, InstanceValue[]>();
  private readonly entered = new Set<object>();
  private readonly reached = new Set<CallExpression>();
  private readonly lastScope = new Map<object, Scope>();
  private path: readonly CallExpression[] = [];
  private running: object[] = [];
  private steps = 0;
  private stepLimit = 0;
  private totalSteps = 0;
  private depth = 0;
  private counter = 0;
  private speculations = 0;
  private readonly joinOthers = (left: Value, right: Value): Value | undefined => this.host.join?.(left, right, this);

  constructor(readonly host: Host) {
    this.moduleScope = newScope('module', this.newCells(), undefined);
  }

  /** Runs a module: its statements, then every function and class that they did not reach. */
  run(statements: readonly Statement[]): void {
    // A statement too large to follow is left out whole; those after it are still run.
    for (const statement of statements) {
      if (this.totalSteps >= limits.moduleSteps) {
        this.cutOff = true;
        break;
      }
      this.bounded(limits.statementSteps, () => this.executor.run([statement], this.moduleScope));
    }
    this.runUnreached();
  }

  /** Whether execution came to the call. */
  hasReached(call: CallExpression): boolean {
    return this.reached.has(call);
  }

  /** The scope in which code of a function, class or the module (`undefined`) last ran. */
  scopeOf(node: object | undefined): Scope {
    return (node === undefined ? undefined : this.lastScope.get(node)) ?? this.moduleScope;
  }

  /** Evaluates an expression that execution did not come to. */
  evaluateUnreached(expression: Expression, scope: Scope): void {
    this.bounded(limits.functionSteps, () => { this.speculate(() => { this.evaluate(expression, scope); }); });
  }

  evaluate(expression: Expression, scope: Scope): Value {
    if (this.depth > limits.evaluationDepth) {
      this.cutOff = true;
      return unknownValue;
    }
    this.depth++;
    const value = evaluateExpression(this, expression, scope);
    this.depth--;
    return value;
  }

  execute(statements: readonly Statement[], scope: Scope): Completion {
    return this.executor.run(statements, scope);
  }

  truth(value: Value): boolean | undefined {
    return truth(value);
  }

  binary(operator: string, left: Value, right: Value): Value {
    return plainBinary(operator, left, right);
  }

  compare(operator: string, left: Value, right: Value): Value {
    return comparison(operator, left, right);
  }

  subscript(object: Value, index: Value): Value {
    return itemOf(this, object, index);
  }

  assign(target: Expression, value: Value, scope: Scope): void {
    assignTarget(this, target, value, scope);
  }

  spend(): void {
    if (this.steps++ >= this.stepLimit) throw new OutOfSteps();
  }

  fresh(): number {
    return this.counter++;
  }

  newCells(): Cells {
    return new Cells(this.trail);
  }

  list(items: readonly Value[] | undefined): Value {
    const cells = this.newCells();
    cells.set('items', items === undefined ? unknownValue : tuple(items));
    return { kind: 'list', cells };
  }

  dictionary(entries: ReadonlyMap<string, Value> | undefined): Value {
    const cells = this.newCells();
    if (entries === undefined) cells.set('open', boolean(true));
    else for (const [key, value] of entries) cells.set(key, value);
    return { kind: 'dictionary', cells };
  }

  items(value: Value): readonly Value[] | undefined {
    if (value.kind === 'host' || value.kind === 'instance') return this.host.items(value);
    if (value.kind === 'string') return [...value.value].slice(0, 256).map(text => ({ kind: 'string', value: text }));
    if (value.kind === 'dictionary') {
      const keys = callBuiltinMethod(this, { kind: 'externalMethod', self: value, name: 'keys' }, noArguments);
      return keys === undefined ? undefined : asItems(keys);
    }
    return asItems(value);
  }

  site(node: Node, call?: CallExpression): Site {
    return { node, call, path: this.path, mode: this.mode, machine: this };
  }

  speculate(run: () => void): void {
    // Nested exclusions multiply; the innermost are read by the sweep for unreached calls instead.
    if (this.speculations >= 3 || this.mode === 'rehearsal') return;
    const mode = this.mode;
    const mark = this.trail.mark();
    this.mode = 'speculative';
    this.speculations++;
    this.executor.isolated(run);
    this.speculations--;
    this.mode = mode;
    this.trail.rollback(mark);
  }

  alternatives(runs: readonly (() => Completion)[]): Completion {
    return this.executor.alternatives(runs);
  }

  join(left: Value, right: Value): Value {
    return join(left, right, this.joinOthers) ?? unknownValue;
  }

  defined(value: FunctionValue): void {
    if (this.mode !== 'rehearsal') this.functions.push(value);
  }

  definedClass(value: ClassValue): void {
    if (this.mode !== 'rehearsal') this.classes.push(value);
    this.lastScope.set(value.node, newScope('class', value.cells, undefined));
  }

  module(name: string): Value {
    return { kind: 'external', name };
  }

  imported(module: string, level: number, name: string): Value {
    if (level > 0) return { kind: 'external', name: `${'.'.repeat(level)}${module}.${name}` };
    return this.host.constant(`${module}.${name}`) ?? { kind: 'external', name: `${module}.${name}` };
  }

  importStar(module: string, level: number, scope: Scope): void {
    if (level === 0) scope.stars.push(module);
  }

  attribute(object: Value, name: string): Value {
    switch (object.kind) {
      case 'external': return this.host.constant(`${object.name}.${name}`) ?? { kind: 'external', name: `${object.name}.${name}` };
      case 'instance': return this.instanceAttribute(object, name);
      case 'class': {
        const found = findInClass(resolutionOrder(object), name);
        if (found !== undefined) return bound(this, found.value, object, found.owner);
        if (name === '__name__') return { kind: 'string', value: object.node.name };
        return unknownValue;
      }
      case 'super': return this.superAttribute(object.self, object.after, name);
      case 'host': return this.host.attribute(object, name) ?? { kind: 'externalMethod', self: object, name };
      case 'unknown': {
        const member = { self: object, name };
        return object.name === undefined
          ? { kind: 'unknown', member }
          : { ...named(`${object.name}.${name}`, `${object.key ?? object.name}.${name}`), member };
      }
      case 'list': case 'tuple': case 'dictionary': case 'string': return { kind: 'externalMethod', self: object, name };
      case 'partial': return name === 'func' ? object.callee : unknownValue;
      default: return unknownValue;
    }
  }

  setAttribute(object: Value, name: string, value: Value): void {
    if (object.kind === 'instance') {
      const kept = value.kind === 'unknown' && value.name === undefined ? named(`self.${name}`, `attribute ${this.fresh()} ${name}`) : value;
      object.cells.set(name, kept);
      this.host.assigned(object, name, value);
    } else if (object.kind === 'class') object.cells.set(name, value);
  }

  setItem(object: Value, index: Value, value: Value): void {
    if (object.kind === 'dictionary') {
      const key = dictionaryKey(index);
      if (key === undefined) {
        // Any entry may have changed.
        for (const cell of [...object.cells.keys()]) object.cells.set(cell, unknownValue);
        object.cells.set('open', boolean(true));
      } else object.cells.set(key, value);
    } else if (object.kind === 'list') {
      const items = asItems(object);
      const at = index.kind === 'integer' ? Number(describe(index)) : NaN;
      const place = at < 0 ? at + (items?.length ?? 0) : at;
      const fits = items !== undefined && Number.isInteger(place) && place >= 0 && place < items.length;
      object.cells.set('items', fits ? tuple(items.map((item, position) => position === place ? value : item)) : unknownValue);
    }
  }

  instanceOf(value: ClassValue): InstanceValue {
    return { kind: 'instance', class: value, cells: this.newCells() };
  }

  call(callee: Value, given: Arguments, node: Node, call?: CallExpression): Value {
    this.spend();
    if (call !== undefined) this.reached.add(call);
    switch (callee.kind) {
      case 'external': return callBuiltin(this, callee.name, given, call) ?? this.host.call(callee.name, given, this.site(node, call));
      case 'externalMethod': return callBuiltinMethod(this, callee, given) ?? this.host.callMethod(callee, given, this.site(node, call)) ?? unknownValue;
      case 'function': return this.callFunction(callee, given, undefined, undefined, call);
      case 'method': return this.callMethod(callee.self, callee.function, given, call);
      case 'class': return this.construct(callee, given, node, call);
      case 'instance': return this.callInstance(callee, given, node, call);
      case 'host': return this.host.callValue(callee, given, this.site(node, call));
      case 'partial': return this.call(callee.callee, {
        // The sources are those of the partial's own call, not of this one.
        positional: [...callee.arguments.positional.map(argument => ({ ...argument, source: undefined })), ...given.positional],
        keywords: [
          ...callee.arguments.keywords.filter(old => !given.keywords.some(next => next.name === old.name)).map(argument => ({ ...argument, source: undefined })),
          ...given.keywords,
        ],
        unknownPositional: callee.arguments.unknownPositional || given.unknownPositional,
        unknownKeywords: callee.arguments.unknownKeywords || given.unknownKeywords,
      }, node, call);
      case 'unknown': {
        const { member } = callee;
        if (member === undefined) return unknownValue;
        return this.host.callMethod({ kind: 'externalMethod', self: member.self, name: member.name }, given, this.site(node, call)) ?? unknownValue;
      }
      default: return unknownValue;
    }
  }

  private instanceAttribute(object: InstanceValue, name: string): Value {
    const own = object.cells.get(name);
    if (own !== undefined) return own;
    const order = resolutionOrder(object.class);
    const found = findInClass(order, name);
    if (found !== undefined) return bound(this, found.value, object, found.owner);
    if (name === '__class__') return object.class;
    const inherited = this.host.attribute(object, name);
    if (inherited !== undefined) return inherited;
    if (importedBases(object.class).length > 0) {
      return { kind: 'externalMethod', self: object, name };
    }
    return named(`self.${name}`, `missing ${name}`);
  }

  private superAttribute(self: Value, after: ClassValue, name: string): Value {
    if (self.kind !== 'instance') return unknownValue;
    const order = resolutionOrder(self.class);
    const place = order.findIndex(base => typeof base !== 'string' && base.cells === after.cells);
    const found = findInClass(order.slice(place + 1), name);
    return found === undefined ? { kind: 'externalMethod', self, name: `super.${name}` } : bound(this, found.value, self, found.owner);
  }

  private callMethod(self: Value, callee: FunctionValue, given: Arguments, call: CallExpression | undefined): Value {
    const owner = this.ownerOf(self, callee);
    return this.callFunction(callee, { ...given, positional: [{ value: self, source: undefined }, ...given.positional] }, self, owner, call);
  }

  private ownerOf(self: Value, callee: FunctionValue): ClassValue | undefined {
    const start = self.kind === 'instance' ? self.class : self.kind === 'class' ? self : undefined;
    if (start === undefined) return undefined;
    for (const base of resolutionOrder(start)) if (typeof base !== 'string' && base.node === callee.owner) return base;
    return start;
  }

  private callFunction(callee: FunctionValue, given: Arguments, self: Value | undefined, owner: ClassValue | undefined, call: CallExpression | undefined): Value {
    const again = this.running.filter(node => node === callee.node).length;
    if (this.running.length >= limits.callDepth || again >= limits.recursion) {
      this.cutOff = true;
      return unknownValue;
    }
    const scope = callScope(this, callee, self, owner);
    const outerPath = this.path;
    if (call !== undefined) this.path = [...outerPath, call];
    bindParameters(this, callee, given, scope);
    this.running.push(callee.node);
    if (this.mode === 'real') this.entered.add(callee.node);
    if (this.mode !== 'rehearsal') this.lastScope.set(callee.node, scope);
    const { node } = callee;
    let value: Value;
    if (node.kind === 'lambda') value = this.evaluate(node.body, scope);
    else {
      value = this.executor.runFunction(node.body, scope);
      // What a generator gives is not what it returns.
      if (node.generator || callee.opaque === true) value = unknownValue;
    }
    this.running.pop();
    this.path = outerPath;
    return value;
  }

  private construct(callee: ClassValue, given: Arguments, node: Node, call: CallExpression | undefined): Value {
    const instance = this.instanceOf(callee);
    const bases = importedBases(callee);
    if (this.mode !== 'rehearsal') {
      const known = this.instances.get(callee.cells) ?? [];
      this.instances.set(callee.cells, [...known, instance]);
    }
    if (this.mode === 'real') this.entered.add(callee.node);
    const found = findInClass(resolutionOrder(callee), '__init__');
    if (found?.value.kind === 'function') this.callMethod(instance, found.value, given, call);
    else if (callee.record) fillRecord(instance, given);
    else if (bases.length > 0) {
      this.host.callMethod({ kind: 'externalMethod', self: instance, name: 'super.__init__' }, given, this.site(node, call));
    }
    return instance;
  }

  private callInstance(instance: InstanceValue, given: Arguments, node: Node, call: CallExpression | undefined): Value {
    this.host.beforeCall?.(instance, given, this.site(node, call));
    const order = resolutionOrder(instance.class);
    const name = findInClass(order, '__call__') !== undefined ? '__call__' : this.host.callMethodName(importedBases(instance.class));
    const found = name === undefined ? undefined : findInClass(order, name);
    if (found?.value.kind === 'function') return this.callMethod(instance, found.value, given, call);
    return this.host.callMethod({ kind: 'externalMethod', self: instance, name: '__call__' }, given, this.site(node, call)) ?? unknownValue;
  }

  /** Functions and classes that nothing in the module calls, those that use others before them. */
  private runUnreached(): void {
    // Running one may define others: functions within functions.
    let found = this.takeDefined();
    while (found.length > 0) {
      const order = callersFirst(found);
      for (const value of order) {
        if (value.kind === 'class') {
          if (!this.isUsed(value)) this.standalone(() => { this.constructAlone(value); });
        } else if (!this.entered.has(value.node) && value.owner === undefined) {
          this.standalone(() => { this.callFunction(value, this.alone(value), undefined, undefined, undefined); });
        }
      }
      for (const value of order) if (value.kind === 'class') this.runMethods(value);
      found = this.takeDefined().filter(value => !this.entered.has(value.node));
    }
  }

  private takeDefined(): readonly (ClassValue | FunctionValue)[] {
    return [...this.classes.splice(0), ...this.functions.splice(0)];
  }

  /** Whether objects of the class, or of one that extends it, have been made. */
  private isUsed(value: ClassValue): boolean {
    const init = value.cells.get('__init__');
    return this.instances.has(value.cells) || (init?.kind === 'function' && init.owner === value.node && this.entered.has(init.node));
  }

  private alone(value: FunctionValue): Arguments {
    return standaloneArguments(value, describe);
  }

  private constructAlone(value: ClassValue): void {
    const init = findInClass(resolutionOrder(value), '__init__')?.value;
    this.construct(value, init?.kind === 'function' ? this.alone(init) : noArguments, value.node, undefined);
  }

  /** Runs the methods that nothing called, on each object that was made; the one that calling the object runs comes first. */
  private runMethods(value: ClassValue): void {
    const objects = this.instances.get(value.cells) ?? [];
    const first = this.host.callMethodName(importedBases(value));
    const methods = [...value.cells.keys()].flatMap(name => {
      const member = value.cells.get(name);
      return member?.kind === 'function' ? [{ name, member }] : [];
    }).sort((a, b) => Number(b.name === first) - Number(a.name === first));
    for (const { member } of methods) {
      if (this.entered.has(member.node) || member.owner !== value.node) continue;
      const selves: Value[] = member.binding === 'static' ? [noneValue] : member.binding === 'class' ? [value] : objects.slice(0, limits.instancesPerClass);
      for (const self of selves) {
        this.standalone(() => {
          if (member.binding === 'static') this.callFunction(member, this.alone(member), undefined, undefined, undefined);
          else this.callMethod(self, member, this.alone(member), undefined);
        });
      }
    }
  }

  private standalone(run: () => void): void {
    if (this.totalSteps >= limits.totalSteps) {
      this.cutOff = true;
      return;
    }
    this.bounded(limits.functionSteps, run);
  }

  /**
   * Runs something within a number of steps. Where they do not suffice all that it did is taken back: what is
   * half done would be wrong, not only unknown. Layers met until then stay recorded.
   */
  private bounded(steps: number, run: () => void): void {
    this.steps = 0;
    this.stepLimit = steps;
    this.path = [];
    this.running = [];
    this.depth = 0;
    this.mode = 'real';
    this.speculations = 0;
    const mark = this.trail.mark();
    this.host.started?.();
    try {
      this.executor.isolated(run);
    } catch (error) {
      if (!(error instanceof OutOfSteps)) throw error;
      this.executor.reset();
      this.trail.rollback(mark);
      this.cutOff = true;
    }
    this.totalSteps += this.steps;
  }
}

/** The bound on the work was reached. Never leaves the interpreter. */
class OutOfSteps extends Error {}
