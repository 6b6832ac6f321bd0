import { CallersFirst } from './callers';
import { findInClass, importedBases, resolutionOrder } from './classes';
import { describe } from './describe';
import type { KnownFiles } from './files';
import { standaloneArguments } from './functions';
import { Interpreter } from './interpreter';
import { limits } from './limits';
import type { Host } from './machine';
import type { ModulePart } from './moduleOrder';
import { Modules, type Module } from './modules';
import { newScope } from './scope';
import { namedCalls, type PlacedCall } from './sweep';
import type { CallExpression, Statement } from './syntax';
import { ModuleCells } from './trail';
import type { Unit } from './unit';
import { noArguments, noneValue, type Arguments, type ClassValue, type FunctionValue, type InstanceValue, type Value } from './values';
import { Work, type Done } from './work';

/** A module that is analysed again and again while it is edited: what is run, and in which order. */
export class Program {
  /** Whether some work was left out because a bound was reached. */
  cutOff = false;

  private readonly interpreter: Interpreter;
  private readonly modules: Modules;
  private readonly work: Work;
  private readonly callers: CallersFirst<ClassValue | FunctionValue>[] = [];
  private own: Module;
  private statements: readonly Statement[] = [];
  private steps = 0;
  private importSteps = 0;
  private sweepSteps = 0;

  constructor(private readonly host: Host) {
    this.interpreter = new Interpreter(host, (from, name, level) => this.modules.find(from, name, level));
    this.work = new Work(host, this.interpreter);
    this.modules = new Modules(
      this.interpreter.trail,
      (module, parts) => { this.beginImported(module, parts); },
      (module, statement) => { this.runImported(module, statement); },
    );
    this.own = this.moduleAt('');
  }

  /** What the last run did. */
  get done(): Done {
    return this.work;
  }

  /** Runs a module: its statements, then every function and class that they did not reach, then every call left over. */
  run(statements: readonly Statement[], path: string | undefined, files: KnownFiles): void {
    this.restart(path, files);
    this.work.begin(this.own, files.changed);
    this.list(statements);
    this.runAll(statements);
    if (this.work.broken) {
      this.restart(path, files);
      this.work.again(this.own);
      this.runAll(statements);
    }
  }

  private runAll(statements: readonly Statement[]): void {
    // A statement too large to follow is left out whole; those after it are still run.
    for (const statement of statements) {
      if (this.steps >= limits.moduleSteps) {
        this.cutOff = true;
        break;
      }
      this.steps += this.statement(statement, this.own);
    }
    this.runUnreached();
    this.work.settle();
    this.sweep(statements);
    this.work.end();
    this.cutOff ||= this.work.cutOff || this.modules.cutOff;
  }

  private restart(path: string | undefined, files: KnownFiles): void {
    if (path !== this.own.scope.path) {
      this.own = this.moduleAt(path);
      this.work.forget();
    }
    if (this.own.scope.cells.stale) this.work.forget();
    this.clear(this.own);
    this.modules.restart(files, this.own);
    this.host.restart();
    this.cutOff = false;
    this.steps = this.importSteps = this.sweepSteps = 0;
  }

  /** Tells which calls stand in the text. */
  private list(statements: readonly Statement[]): void {
    const [before, now] = [new Set(this.statements), new Set(statements)];
    for (const statement of this.statements) if (!now.has(statement)) this.work.unlist(namedCalls(statement));
    for (const statement of statements) if (!before.has(statement)) this.work.list(namedCalls(statement));
    this.statements = statements;
  }

  private moduleAt(path: string | undefined): Module {
    const cells = new ModuleCells(this.interpreter.trail);
    return { path: path ?? '', scope: { ...newScope('module', cells, undefined), cells, ...path === undefined ? {} : { path } } };
  }

  private clear({ scope }: Module): void {
    for (const name of [...scope.cells.keys()]) scope.cells.put(name, undefined);
    scope.cells.stale = false;
    scope.stars.splice(0);
  }

  private beginImported(module: Module, parts: readonly ModulePart[]): void {
    // What has not been parsed has not been run.
    if (module.scope.cells.stale) for (const part of parts) if (part.isRead) for (const statement of part.statements) this.work.drop(statement);
    this.clear(module);
  }

  private runImported(module: Module, statement: Statement): void {
    if (this.importSteps >= limits.importSteps) this.cutOff = true;
    else this.importSteps += this.statement(statement, module);
  }

  private statement(statement: Statement, module: Module): number {
    return this.work.do(statement, module, () => {
      if (module === this.own) this.host.started?.();
      this.interpreter.attempt(module === this.own ? limits.statementSteps : limits.importStatementSteps, () => { this.interpreter.execute([statement], module.scope); });
    }).steps;
  }

  /** Functions and classes that nothing in the module calls, those that use others before them. */
  private runUnreached(): void {
    // Running one may define others: functions within functions.
    for (let round = 0; this.work.defined.length > 0; round++) {
      const callers = this.callers[round] ??= new CallersFirst();
      for (const value of callers.of(this.work.defined.splice(0))) {
        if (value.kind === 'function' && this.work.isEntered(value.node)) continue;
        if (this.steps >= limits.totalSteps) {
          this.cutOff = true;
          return;
        }
        this.steps += this.work.do(value, this.own, unit => {
          if (value.kind === 'class') this.runClass(value, unit);
          else this.attempt(() => { this.interpreter.callFunction(value, alone(value), undefined, undefined, undefined); });
        }).steps;
      }
    }
  }

  /** Makes an object of a class that has none, and runs the methods that nothing called on each that there is. */
  private runClass(value: ClassValue, unit: Unit): void {
    const { cells } = value;
    const mark = this.interpreter.trail.mark();
    const before = unit.dependsOnAll(() => this.work.instances(cells).slice(0, limits.instancesPerClass), [cells]);
    const init = cells.get('__init__');
    const ownInit = init?.kind === 'function' && init.owner === value.node ? [init.node] : [];
    // Whether objects of the class, or of one that extends it, have been made.
    const used = unit.dependsOn(() => this.work.instances(cells).length > 0 || ownInit.some(node => this.work.isEntered(node)), [cells, ...ownInit]);
    if (!used) this.attempt(() => { this.constructAlone(value); });
    const objects = [...before, ...unit.instances.filter(instance => instance.class.cells === cells)].slice(0, limits.instancesPerClass);
    const first = this.host.callMethodName(importedBases(value));
    const methods = [...cells.keys()].flatMap(name => {
      const member = cells.get(name);
      return member?.kind === 'function' ? [{ name, member }] : [];
    }).sort((a, b) => Number(b.name === first) - Number(a.name === first));
    for (const { member } of methods) {
      if (member.owner !== value.node || unit.dependsOn(() => this.work.isEntered(member.node), [member.node]) || unit.entered.has(member.node)) continue;
      if (this.interpreter.spent > limits.classSteps) {
        unit.cutOff = true;
        break;
      }
      this.runMethod(value, member, objects);
    }
    // That nobody uses it means that what others made stays as it is.
    this.interpreter.trail.restoreOthers(mark);
  }

  private runMethod(value: ClassValue, member: FunctionValue, objects: readonly InstanceValue[]): void {
    const { trail } = this.interpreter;
    const selves: readonly Value[] = member.binding === 'static' ? [noneValue] : member.binding === 'class' ? [value] : objects;
    for (const self of selves) {
      const mark = trail.mark();
      this.attempt(() => {
        if (member.binding === 'static') this.interpreter.callFunction(member, alone(member), undefined, undefined, undefined);
        else this.interpreter.callMethod(self, member, alone(member), undefined);
      });
      // That nobody calls it means that what others made stays as it is.
      trail.restoreOthers(mark);
    }
  }

  /** Runs something that nobody calls: the variables that it uses are its own. */
  private attempt(run: () => void, steps: number = limits.functionSteps): void {
    this.host.started?.();
    this.interpreter.attempt(steps, run);
  }

  private constructAlone(value: ClassValue): void {
    const init = findInClass(resolutionOrder(value), '__init__')?.value;
    this.interpreter.construct(value, init?.kind === 'function' ? alone(init) : noArguments, value.node, undefined);
  }

  /** Evaluates calls that execution did not come to, in the scope that their function last had. */
  private sweep(statements: readonly Statement[]): void {
    if (this.work.open.size === 0) return;
    const swept = new Set<CallExpression>();
    for (const statement of statements) for (const { call, owner } of namedCalls(statement)) {
      if (!this.work.open.has(call) || swept.has(call)) continue;
      const unit = this.evaluate(call, owner);
      this.sweepSteps += unit.steps;
      for (const each of unit.reached) swept.add(each);
    }
  }

  private evaluate(call: CallExpression, owner: PlacedCall['owner']): Unit {
    return this.work.do(call, this.own, unit => {
      const scope = unit.dependsOn(() => (owner === undefined ? undefined : this.work.scopeOf(owner)) ?? this.own.scope);
      const steps = unit.dependsOn(() => this.sweepSteps < limits.sweepSteps ? limits.sweptCallSteps : limits.lateSweptCallSteps);
      this.attempt(() => { this.interpreter.speculate(call, () => { this.interpreter.evaluate(call, scope); }); }, steps);
    }, true);
  }
}

function alone(value: FunctionValue): Arguments {
  return standaloneArguments(value, describe);
}
