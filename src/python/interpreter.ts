import { comparison, binary as plainBinary, dictionaryKey, truth } from './arithmetic';
import { assignTarget } from './assignment';
import { callBuiltinMethod } from './builtinMethods';
import { callBuiltin } from './builtins';
import { fillRecord, findInClass, importedBases, resolutionOrder } from './classes';
import { sizeOf, spendOn } from './costs';
import { dictionaryOf, withAttributes } from './dictionaries';
import { evaluateExpression } from './evaluate';
import { Executor, type Point } from './execute';
import { bindParameters, bound, callScope } from './functions';
import { Imports, type FindModule } from './imports';
import { itemOf } from './items';
import { joinValues } from './joinValues';
import { limits } from './limits';
import type { Completion, Host, Machine, Mode, Site } from './machine';
import { asDictionary, namespaceItem, namespaceOf } from './namespaces';
import { newScope, type Scope } from './scope';
import type { CallExpression, Expression, Node, Statement } from './syntax';
import { Cells, ModuleCells, Trail } from './trail';
import { Unit } from './unit';
import {
  asItems, boolean, longestSequence, named, noArguments, noneValue, tuple, unknownValue,
  type Arguments, type ClassValue, type ExternalValue, type FunctionValue, type InstanceValue, type Value,
} from './values';
import { describe } from './describe';
import { isAttributeDictionary, isEnumeration, membersOf, setSome } from './types';

/** How far a piece of work has come. */
interface Progress {
  /** The piece of work. */
  readonly unit: Unit;
  steps: number;
  readonly stepLimit: number;
  evaluations: number;
  /** Calls that lead to the present place. */
  path: readonly CallExpression[];
  /** Functions that are being run, outermost first. */
  readonly running: { readonly node: object; readonly point: Point }[];
  depth: number;
  speculations: number;
}

/**
 * Runs Python abstractly: on values that may be symbols or unknown, both ways where a condition is not
 * known. It executes nothing: what is imported is asked of the host. `program.ts` says what is run, and when.
 */
export class Interpreter implements Machine {
  readonly trail = new Trail();
  readonly imports: Imports;
  mode: Mode = 'real';

  private readonly executor = new Executor(this);
  private at: Progress;
  private counter = 0;

  constructor(readonly host: Host, find: FindModule) {
    this.imports = new Imports(host, find, () => this.at.unit);
    this.at = startOf(new Unit(this, new ModuleCells(this.trail), host.page, ''));
  }

  /** Does a piece of work, whatever else is under way. */
  work(unit: Unit, run: () => void): void {
    const { at: outer, mode, host: { page } } = this;
    this.at = startOf(unit);
    this.mode = 'real';
    this.host.page = unit.page;
    try {
      unit.finish(this.trail.apart(unit, run));
    } finally {
      unit.steps = this.at.steps;
      this.at = outer;
      this.mode = mode;
      this.host.page = page;
    }
  }

  /**
   * Runs a part of the present work within a number of steps. Where they do not suffice all that it did is
   * taken back: what is half done would be wrong, not only unknown. Layers met until then stay recorded.
   */
  attempt(steps: number, run: () => void): void {
    const mark = this.trail.mark();
    this.at = { ...startOf(this.at.unit), steps: this.at.steps, stepLimit: this.at.steps + steps };
    try {
      this.executor.isolated(run, true);
    } catch (error) {
      if (!(error instanceof OutOfSteps)) throw error;
      this.trail.rollback(mark);
      this.mode = 'real';
      this.at.unit.cutOff = true;
    }
  }

  /** As {@link attempt}, for a part that can be done without: its calls are those of what it is a part of. */
  within(steps: number, run: () => void): boolean {
    const { at, mode } = this;
    const mark = this.trail.mark();
    const inner: Progress = { ...at, running: [...at.running], stepLimit: Math.min(at.stepLimit, at.steps + steps) };
    this.at = inner;
    try {
      this.executor.isolated(run);
      return true;
    } catch (error) {
      // Where the bound further out is reached, that counts.
      if (!(error instanceof OutOfSteps) || inner.steps > at.stepLimit) throw error;
      this.trail.rollback(mark);
      this.mode = mode;
      return false;
    } finally {
      this.at = at;
      at.steps = inner.steps;
      at.evaluations = inner.evaluations;
    }
  }

  /** The steps that the present work has taken. */
  get spent(): number {
    return this.at.steps;
  }

  evaluate(expression: Expression, scope: Scope): Value {
    const { at } = this;
    if (at.depth > limits.evaluationDepth) {
      at.unit.cutOff = true;
      return unknownValue;
    }
    if (++at.evaluations % limits.evaluationsPerStep === 0) this.spend();
    at.depth++;
    const value = evaluateExpression(this, expression, scope);
    at.depth--;
    return value;
  }

  execute(statements: readonly Statement[], scope: Scope): Completion {
    return this.executor.run(statements, scope);
  }

  truth(value: Value): boolean | undefined {
    if (value.kind === 'external') return this.host.isSame?.(value.name, undefined) === false ? true : undefined;
    return truth(value) ?? (value.kind === 'instance' || value.kind === 'host' ? this.host.truth?.(value) : undefined);
  }

  binary(operator: string, left: Value, right: Value): Value {
    return plainBinary(operator, left, right);
  }

  compare(operator: string, left: Value, right: Value): Value {
    spendOn(this, sizeOf(left) + sizeOf(right));
    if (right.kind === 'namespace' && /\bin$/.test(operator) && namespaceItem(this, right, left) !== undefined) return boolean(operator === 'in');
    const result = comparison(operator, left, right);
    return result.kind === 'unknown' && (left.kind === 'external' || right.kind === 'external') ? this.compareImported(operator, left, right) : result;
  }

  private compareImported(operator: string, left: Value, right: Value): Value {
    const [first, other] = left.kind === 'external' ? [left, right] : [right, left];
    if (first.kind !== 'external' || (other.kind !== 'external' && other.kind !== 'none')) return unknownValue;
    const same = this.host.isSame?.(first.name, other.kind === 'none' ? undefined : other.name);
    if (same === undefined) return unknownValue;
    switch (operator) {
      case '==': case 'is': return boolean(same);
      case '!=': case '<>': case 'is not': return boolean(!same);
      default: return unknownValue;
    }
  }

  /** Calls a method that a class of the source defines; `undefined` when it does not. */
  special(object: Value, name: string, argument: Value | undefined): Value | undefined {
    const found = object.kind === 'instance' ? findInClass(resolutionOrder(object.class), name)?.value : undefined;
    if (found?.kind !== 'function') return undefined;
    return this.callMethod(object, found, argument === undefined ? noArguments : positional(argument), undefined);
  }

  subscript(object: Value, index: Value): Value {
    if (index.kind === 'slice') spendOn(this, sizeOf(object));
    return itemOf(this, object, index);
  }

  assign(target: Expression, value: Value, scope: Scope): void {
    assignTarget(this, target, value, scope);
  }

  spend(steps = 1): void {
    const { at } = this;
    at.steps += steps;
    if (at.steps > at.stepLimit) throw new OutOfSteps();
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
    if (value.kind === 'class') return isEnumeration(value) ? membersOf(value) : undefined;
    if (value.kind === 'host' || value.kind === 'instance') return this.host.items(value);
    if (value.kind === 'string') return value.value.length > longestSequence ? undefined : [...value.value].map(text => ({ kind: 'string', value: text }));
    if (value.kind === 'namespace') return this.items(asDictionary(this, value));
    if (value.kind === 'dictionary') {
      const keys = callBuiltinMethod(this, { kind: 'externalMethod', self: value, name: 'keys' }, noArguments);
      return keys === undefined ? undefined : asItems(keys);
    }
    return asItems(value);
  }

  site(node: Node, call?: CallExpression): Site {
    return { node, call, path: this.at.path, mode: this.mode, machine: this };
  }

  speculate({ chunk }: Node, run: () => void): void {
    // Nested exclusions multiply; the innermost are read by the sweep for unreached calls instead.
    const { at, mode } = this;
    if (at.speculations >= 3 || mode === 'rehearsal' || chunk.file !== undefined) return;
    const mark = this.trail.mark();
    this.mode = 'speculative';
    at.speculations++;
    this.executor.isolated(run);
    at.speculations--;
    this.mode = mode;
    this.trail.rollback(mark);
  }

  alternatives(runs: readonly (() => Completion)[]): Completion {
    return this.executor.alternatives(runs);
  }

  join(left: Value, right: Value): Value {
    return joinValues(this, left, right);
  }

  defined(value: FunctionValue): void {
    // A method is run with its class.
    if (value.owner === undefined) this.definedHere(value);
  }

  definedClass(value: ClassValue): void {
    this.definedHere(value);
    this.at.unit.scopes.set(value.node, newScope('class', value.cells, undefined));
  }

  private definedHere(value: FunctionValue | ClassValue): void {
    // Definitions of other files are run where they are used.
    if (this.mode !== 'rehearsal' && value.node.chunk.file === undefined) this.at.unit.defined.push(value);
  }

  attribute(object: Value, name: string): Value {
    switch (object.kind) {
      case 'external': return ofAll(object, name) ?? this.imports.externalAttribute(object, name);
      case 'import': return this.attribute(this.imports.resolve(object), name);
      case 'module': return (name === '__dict__' ? namespaceOf(object) : undefined) ?? this.imports.moduleAttribute(object, name);
      case 'instance': return this.instanceAttribute(object, name);
      case 'class': {
        const found = findInClass(resolutionOrder(object), name);
        if (found !== undefined) return bound(this, found.value, object, found.owner);
        return ofAll(object, name) ?? unknownValue;
      }
      case 'super': return this.superAttribute(object.self, object.after, name);
      case 'host': return object.cells?.get(name) ?? this.host.attribute(object, name) ?? { kind: 'externalMethod', self: object, name };
      case 'unknown': {
        const member = { self: object, name };
        return object.name === undefined
          ? { kind: 'unknown', member }
          : { ...named(`${object.name}.${name}`, `${object.key ?? object.name}.${name}`), member };
      }
      case 'dictionary': return (object.attributes === true ? object.cells.get(`s:${name}`) : undefined) ?? { kind: 'externalMethod', self: object, name };
      // A member of an enumeration stands for its value.
      case 'string': return name === 'value' ? object : { kind: 'externalMethod', self: object, name };
      case 'integer': return name === 'value' ? object : unknownValue;
      case 'list': case 'tuple': case 'namespace': return { kind: 'externalMethod', self: object, name };
      case 'function': return ofAll(object, name) ?? unknownValue;
      case 'partial': return name === 'func' ? object.callee : unknownValue;
      default: return unknownValue;
    }
  }

  setAttribute(object: Value, name: string, value: Value, plain = false): void {
    if (object.kind === 'instance') {
      const method = plain ? undefined : this.overridden(object, '__setattr__');
      if (method !== undefined) {
        this.callMethod(object, method, positional({ kind: 'string', value: name }, value), undefined);
        return;
      }
      const setter = this.propertySetter(object, name);
      if (setter !== undefined) {
        this.callMethod(object, setter, positional(value), undefined);
        return;
      }
      const kept = value.kind === 'unknown' && value.name === undefined ? named(`self.${name}`, `attribute ${this.fresh()} ${name}`) : value;
      object.cells.set(name, kept);
      this.host.assigned(object, name, value);
    } else if (object.kind === 'class' || object.kind === 'host') object.cells?.set(name, value);
    else if (object.kind === 'dictionary' && object.attributes === true) object.cells.set(`s:${name}`, value);
    else if (object.kind === 'module') {
      object.module.scope.cells.peek(name);
      object.module.scope.cells.set(name, value);
    }
  }

  setItem(object: Value, index: Value, value: Value): void {
    if (object.kind === 'list' || index.kind === 'unknown') spendOn(this, sizeOf(object));
    if (object.kind === 'dictionary') {
      const key = dictionaryKey(index);
      if (key === undefined) {
        // Any entry may have changed.
        for (const cell of [...object.cells.keys()]) object.cells.set(cell, unknownValue);
        object.cells.set('open', boolean(true));
      } else object.cells.set(key, value);
    } else if (object.kind === 'namespace') {
      if (index.kind === 'string') this.setAttribute(object.of, index.value, value);
      else if (object.of.kind === 'instance') setSome(object.of, value);
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
    if (given.positional.length + given.keywords.length > 8) spendOn(this, given.positional.length + given.keywords.length);
    if (call !== undefined) this.at.unit.reached.add(call);
    switch (callee.kind) {
      case 'import': return this.call(this.imports.resolve(callee), given, node, call);
      case 'external': return this.callOfObject(callee.name.replace(/^builtins\.object\b/, ''), given.positional.map(argument => argument.value)) ?? callBuiltin(this, callee.name, given, call) ?? this.costly(given, this.host.call(callee.name, given, this.site(node, call)));
      case 'externalMethod': return (callee.name.startsWith('super.__') ? this.callOfObject(callee.name.slice(5), [callee.self, ...given.positional.map(argument => argument.value)]) : undefined) ?? callBuiltinMethod(this, callee, given) ?? this.costly(given, this.host.callMethod(callee, given, this.site(node, call)) ?? unknownValue);
      case 'function': return this.callPlain(callee, given, call);
      case 'method': return this.callMethod(callee.self, callee.function, given, call);
      case 'class': return isEnumeration(callee) ? given.positional[0]?.value ?? unknownValue
        : isAttributeDictionary(callee) ? withAttributes(dictionaryOf(this, given.positional.map(argument => argument.value), given))
        : this.construct(callee, given, node, call);
      case 'instance': return this.callInstance(callee, given, node, call);
      case 'host': return this.costly(given, this.host.callValue(callee, given, this.site(node, call)));
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

  /** What a library gives costs more than a step: it may be a layer, or what one makes of a tensor. */
  private costly(given: Arguments, made: Value): Value {
    if (made.kind === 'host') this.spend(limits.librarySteps);
    spendOn(this, sizeOf(made) + given.positional.reduce((size, { value }) => size + 4 * sizeOf(value), 0));
    return made;
  }

  private propertySetter(object: InstanceValue, name: string): FunctionValue | undefined {
    const property = findInClass(resolutionOrder(object.class), name)?.value;
    return property?.kind === 'function' ? property.setter : undefined;
  }

  /** A special method of the source that is not being run. */
  private overridden(object: InstanceValue, name: string): FunctionValue | undefined {
    const method = findInClass(resolutionOrder(object.class), name)?.value;
    return method?.kind === 'function' && !this.at.running.some(({ node }) => node === method.node) ? method : undefined;
  }

  /** `object.__setattr__(self, name, value)`, `super().__getattribute__(name)`: what every object does of its own accord. */
  private callOfObject(name: string, [self, key, value]: readonly Value[]): Value | undefined {
    if (self?.kind !== 'instance' || key === undefined) return undefined;
    switch (name) {
      case '.__setattr__':
        if (key.kind === 'string' && value !== undefined) this.setAttribute(self, key.value, value, true);
        else setSome(self, value);
        return noneValue;
      case '.__getattribute__': return key.kind === 'string' ? this.instanceAttribute(self, key.value, true) : unknownValue;
      case '.__getattr__': return (key.kind === 'string' ? self.cells.get(key.value) : undefined) ?? unknownValue;
      default: return undefined;
    }
  }

  private instanceAttribute(object: InstanceValue, name: string, plain = false): Value {
    const own = object.cells.get(name);
    if (own !== undefined) return own;
    const order = resolutionOrder(object.class);
    const found = findInClass(order, name);
    if (found !== undefined) return bound(this, found.value, object, found.owner);
    if (name === '__class__') return object.class;
    if (name === '__dict__') return namespaceOf(object);
    const inherited = this.host.attribute(object, name);
    if (inherited !== undefined) return inherited;
    const method = plain ? undefined : this.overridden(object, '__getattribute__');
    if (method !== undefined) return this.callMethod(object, method, positional({ kind: 'string', value: name }), undefined);
    if (importedBases(object.class).length > 0) {
      return { kind: 'externalMethod', self: object, name };
    }
    const fallback = plain ? undefined : this.overridden(object, '__getattr__');
    if (fallback !== undefined) return this.callMethod(object, fallback, positional({ kind: 'string', value: name }), undefined);
    return named(`self.${name}`, `missing ${name}`);
  }

  private superAttribute(self: Value, after: ClassValue, name: string): Value {
    if (self.kind !== 'instance') return unknownValue;
    const order = resolutionOrder(self.class);
    const place = order.findIndex(base => typeof base !== 'string' && base.cells === after.cells);
    const found = findInClass(order.slice(place + 1), name);
    return found === undefined ? { kind: 'externalMethod', self, name: `super.${name}` } : bound(this, found.value, self, found.owner);
  }

  /** A function of a class that is called as such still has its object first: `Base.__init__(self, …)`. */
  private callPlain(callee: FunctionValue, given: Arguments, call: CallExpression | undefined): Value {
    const self = callee.owner === undefined || callee.binding === 'static' ? undefined : given.positional[0]?.value;
    const owner = self?.kind === 'instance' ? this.ownerOf(self, callee) : undefined;
    return this.callFunction(callee, given, owner === undefined ? undefined : self, owner, call);
  }

  callMethod(self: Value, callee: FunctionValue, given: Arguments, call: CallExpression | undefined): Value {
    const owner = this.ownerOf(self, callee);
    return this.callFunction(callee, { ...given, positional: [{ value: self, source: undefined }, ...given.positional] }, self, owner, call);
  }

  private ownerOf(self: Value, callee: FunctionValue): ClassValue | undefined {
    const start = self.kind === 'instance' ? self.class : self.kind === 'class' ? self : undefined;
    if (start === undefined) return undefined;
    for (const base of resolutionOrder(start)) if (typeof base !== 'string' && base.node === callee.owner) return base;
    return start;
  }

  callFunction(callee: FunctionValue, given: Arguments, self: Value | undefined, owner: ClassValue | undefined, call: CallExpression | undefined): Value {
    // Run alone, a function is run as it stands.
    if (callee.decorated !== undefined && !given.unknownKeywords) return this.callFunction(callee.decorated, given, self, owner, call);
    const { at } = this;
    const again = at.running.filter(({ node }) => node === callee.node);
    const last = again.at(-1);
    const certain = last === undefined || (this.mode !== 'speculative' && this.executor.certainSince(last.point));
    if (at.running.length >= limits.callDepth || (again.length >= limits.recursion && !certain)) {
      at.unit.cutOff = true;
      return unknownValue;
    }
    const scope = callScope(this, callee, self, owner);
    const outerPath = at.path;
    if (call !== undefined) at.path = [...outerPath, call];
    bindParameters(this, callee, given, scope);
    at.running.push({ node: callee.node, point: this.executor.point() });
    if (this.mode === 'real') at.unit.entered.add(callee.node);
    if (this.mode !== 'rehearsal') at.unit.scopes.set(callee.node, scope);
    const { node } = callee;
    let value: Value;
    if (node.kind === 'lambda') value = this.evaluate(node.body, scope);
    else {
      value = this.executor.runFunction(node.body, scope);
      // What a generator gives is not what it returns.
      if (node.generator || callee.opaque === true) value = unknownValue;
    }
    at.running.pop();
    at.path = outerPath;
    return value;
  }

  construct(callee: ClassValue, given: Arguments, node: Node, call: CallExpression | undefined): Value {
    const instance = this.instanceOf(callee);
    const bases = importedBases(callee);
    if (this.mode !== 'rehearsal') this.at.unit.instances.push(instance);
    if (this.mode === 'real') this.at.unit.entered.add(callee.node);
    const found = findInClass(resolutionOrder(callee), '__init__');
    if (found?.value.kind === 'function') this.callMethod(instance, found.value, given, call);
    else {
      if (callee.record || callee.opaque === true) fillRecord(this, instance, given, node);
      if (!callee.record && bases.length > 0) this.host.callMethod({ kind: 'externalMethod', self: instance, name: 'super.__init__' }, given, this.site(node, call));
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
}

/** What functions, classes and what is imported all have. */
function ofAll(value: FunctionValue | ClassValue | ExternalValue, name: string): Value | undefined {
  if (name === '__dict__') return namespaceOf(value);
  if (name !== '__name__' && name !== '__qualname__') return undefined;
  if (value.kind === 'external') return { kind: 'string', value: value.name.split('.').at(-1) ?? '' };
  return { kind: 'string', value: value.node.kind === 'lambda' ? '<lambda>' : value.node.name };
}

function startOf(unit: Unit): Progress {
  return { unit, steps: 0, stepLimit: 0, evaluations: 0, path: [], running: [], depth: 0, speculations: 0 };
}

/** The bound on the work was reached. Never leaves the interpreter. */
class OutOfSteps extends Error {}

function positional(...values: Value[]): Arguments {
  return { positional: values.map(value => ({ value, source: undefined })), keywords: [], unknownPositional: false, unknownKeywords: false };
}
