import { unknownElement } from './comprehension';
import { spendOn } from './costs';
import { defineClass, defineFunction, holdsCall, importModules, importNames } from './definitions';
import { arithmetic, evaluated } from './evaluate';
import { expectsError } from './expectedErrors';
import { join } from './join';
import { limits } from './limits';
import type { Completion, Machine } from './machine';
import { onlyAsk } from './questions';
import { bindingScope, type Scope } from './scope';
import type {
  AugmentedStatement, ClassStatement, ForStatement, IfStatement, MatchStatement, Statement, TryStatement, WhileStatement, WithStatement,
} from './syntax';
import type { Delta } from './trail';
import { asItems, assuming, tuple, unknownValue, type Value } from './values';

/** A path that left a loop or function early: what it had changed by then. */
interface Exit {
  readonly completion: 'return' | 'break' | 'continue';
  readonly delta: Delta;
  readonly value: Value;
}

/** Where early exits wait to be joined: a function, a loop or one turn of it. */
interface Frame {
  readonly catches: ReadonlySet<Completion>;
  readonly mark: number;
  readonly exits: Exit[];
}

/** See {@link Executor.point}. */
export interface Point {
  readonly open: number;
  readonly frames: number;
}

const forOtherVersions = new Set(['AttributeError', 'ImportError', 'ModuleNotFoundError', 'NameError']);

/** Runs statements; owns what happens to paths that leave early. */
export class Executor {
  private readonly frames: Frame[] = [];
  private returned: Value = unknownValue;
  /** Set while a class body runs, so that its functions know it. */
  private classNode: ClassStatement | undefined;
  private readonly join = (a: Value | undefined, b: Value | undefined): Value | undefined =>
    a === undefined || b === undefined ? join(a, b) : this.machine.join(a, b);

  constructor(private readonly machine: Machine) {}

  /** Alternatives and loops of unknown length that are being run: what happens in them need not happen. */
  private open = 0;

  /** A point in the run, to ask later whether it is certain that execution comes from it to where it then is. */
  point(): Point {
    return { open: this.open, frames: this.frames.length };
  }

  /** Whether nothing between the point and here depends on what is not known. */
  certainSince(point: Point): boolean {
    return this.open === point.open && this.frames.length >= point.frames && !this.frames.slice(point.frames).some(frame => frame.exits.length > 0);
  }

  /** Runs a function's body and joins all its ways out. */
  runFunction(body: readonly Statement[], scope: Scope): Value {
    const { trail } = this.machine;
    const frame: Frame = { catches: new Set(['return']), mark: trail.mark(), exits: [] };
    const outerClass = this.classNode;
    const outerReturned = this.returned;
    this.classNode = undefined;
    this.returned = { kind: 'none' };
    this.frames.push(frame);
    const completion = this.run(body, scope);
    this.frames.pop();
    const outcomes: { delta: Delta; value: Value }[] = frame.exits.map(exit => ({ delta: exit.delta, value: exit.value }));
    if (completion === 'normal' || completion === 'return') {
      outcomes.push({ delta: frame.exits.length > 0 ? this.delta(frame.mark) : new Map(), value: completion === 'return' ? this.returned : { kind: 'none' } });
    }
    if (frame.exits.length > 0) trail.merge(frame.mark, outcomes.map(outcome => outcome.delta), this.join);
    this.classNode = outerClass;
    this.returned = outerReturned;
    const [first, ...others] = outcomes;
    return first === undefined ? unknownValue : others.reduce<Value>((value, other) => this.machine.join(value, other.value), first.value);
  }

  run(statements: readonly Statement[], scope: Scope): Completion {
    for (const statement of statements) {
      this.machine.spend();
      const completion = this.statement(statement, scope);
      if (completion !== 'normal') return completion;
    }
    return 'normal';
  }

  /** Runs alternatives of which one happens. Those that leave early wait in their frame; the rest are joined. */
  alternatives(runs: readonly (() => Completion)[]): Completion {
    const { trail } = this.machine;
    const mark = trail.mark();
    const live: Delta[] = [];
    let left: Completion = 'raise';
    this.open++;
    for (const run of runs) {
      const completion = run();
      if (completion === 'normal') live.push(this.delta(mark));
      else {
        if (completion !== 'raise') left = 'dead';
        this.leave(completion);
      }
      trail.rollback(mark);
    }
    this.open--;
    if (live.length === 0) return left;
    trail.merge(mark, live, this.join);
    return 'normal';
  }

  /** Runs something none of whose early exits reaches the frames outside. `elsewhere`: it stands in no class body. */
  isolated(run: () => void, elsewhere = false): void {
    const { classNode, returned, open } = this;
    const outside = this.frames.splice(0);
    const sink: Frame = { catches: new Set<Completion>(['return', 'break', 'continue']), mark: this.machine.trail.mark(), exits: [] };
    this.frames.push(sink);
    if (elsewhere) this.classNode = undefined;
    try {
      run();
    } finally {
      this.frames.splice(0);
      this.frames.push(...outside);
      this.classNode = classNode;
      this.returned = returned;
      this.open = open;
    }
  }

  /** Keeps the present state as one way out of the frame that the completion leads to. */
  private leave(completion: Completion): void {
    if (completion !== 'return' && completion !== 'break' && completion !== 'continue') return;
    const frame = [...this.frames].reverse().find(candidate => candidate.catches.has(completion));
    frame?.exits.push({ completion, delta: this.delta(frame.mark), value: this.returned });
  }

  /** What has changed since the mark. Each way out of a long loop has all that went before it. */
  private delta(mark: number): Delta {
    const { machine } = this;
    spendOn(machine, machine.trail.writtenSince(mark));
    return machine.trail.delta(mark);
  }

  private statement(statement: Statement, scope: Scope): Completion {
    const { machine } = this;
    switch (statement.kind) {
      case 'expression': machine.evaluate(statement.value, scope); return 'normal';
      case 'assign': {
        if (holdsCall(statement.annotation)) machine.evaluate(statement.annotation, scope);
        if (statement.value === undefined) return 'normal';
        const value = machine.evaluate(statement.value, scope);
        for (const target of statement.targets) machine.assign(target, value, scope);
        return 'normal';
      }
      case 'augmented': this.augmented(statement, scope); return 'normal';
      case 'if': return this.branch(statement, scope);
      case 'for': return this.forLoop(statement, scope);
      case 'while': return this.whileLoop(statement, scope);
      case 'with': return this.withBlock(statement, scope);
      case 'try': return this.tryBlock(statement, scope);
      case 'match': return this.matchBlock(statement, scope);
      case 'function': defineFunction(machine, statement, scope, this.classNode); return 'normal';
      case 'class': defineClass(machine, statement, scope, body => { this.classBody(statement, body); }); return 'normal';
      case 'return':
        this.returned = statement.value === undefined ? { kind: 'none' } : evaluated(machine, statement.value, machine.evaluate(statement.value, scope));
        return scope.kind === 'function' ? 'return' : 'normal';
      case 'import': importModules(machine, statement, scope); return 'normal';
      case 'importFrom': importNames(machine, statement, scope); return 'normal';
      case 'scope': for (const name of statement.names) scope.outer.set(name, statement.form); return 'normal';
      case 'delete':
        for (const target of statement.targets) if (target.kind === 'name') bindingScope(scope, target.name).cells.set(target.name, undefined);
        return 'normal';
      case 'break': return this.frames.some(frame => frame.catches.has('break')) ? 'break' : 'normal';
      case 'continue': return this.frames.some(frame => frame.catches.has('continue')) ? 'continue' : 'normal';
      case 'raise': for (const part of statement.parts) machine.evaluate(part, scope); return scope.kind === 'function' ? 'raise' : 'normal';
      case 'assert': case 'other': case 'pass': for (const part of statement.parts) machine.evaluate(part, scope); return 'normal';
    }
  }

  private augmented(statement: AugmentedStatement, scope: Scope): void {
    const { machine } = this;
    const old = machine.evaluate(statement.target, scope);
    const value = machine.evaluate(statement.value, scope);
    if (old.kind === 'list' && statement.operator === '+') {
      // `list += items` changes the list that others see too.
      const [a, b] = [asItems(old), machine.items(value)];
      spendOn(machine, (a?.length ?? 0) + (b?.length ?? 0));
      old.cells.set('items', a === undefined || b === undefined ? unknownValue : tuple([...a, ...b]));
      return;
    }
    machine.assign(statement.target, arithmetic(machine, statement.operator, old, value, statement.target), scope);
  }

  private branch(statement: IfStatement, scope: Scope): Completion {
    const { machine } = this;
    const known = machine.truth(machine.evaluate(statement.test, scope));
    if (known === undefined) {
      return this.alternatives([() => this.run(statement.body, scope), () => this.run(statement.otherwise, scope)]);
    }
    machine.speculate(statement, () => { this.run(known ? statement.otherwise : statement.body, scope); });
    return this.run(known ? statement.body : statement.otherwise, scope);
  }

  private forLoop(statement: ForStatement, scope: Scope): Completion {
    const { machine } = this;
    const iterable = machine.evaluate(statement.iterable, scope);
    const items = machine.items(iterable);
    if (items === undefined) {
      return this.unknownTurns(() => {
        machine.assign(statement.target, unknownElement(statement.target, iterable), scope);
        return this.run(statement.body, scope);
      }, statement.otherwise, scope);
    }
    if (items.length === 0) {
      machine.speculate(statement, () => {
        machine.assign(statement.target, unknownElement(statement.target, iterable), scope);
        this.run(statement.body, scope);
      });
    }
    return this.loop(statement.otherwise, scope, turn => {
      for (const item of items) {
        machine.spend();
        const completion = turn(() => {
          machine.assign(statement.target, assuming(item, iterable), scope);
          return this.run(statement.body, scope);
        });
        if (completion !== 'normal') return completion;
      }
      return 'normal';
    });
  }

  private whileLoop(statement: WhileStatement, scope: Scope): Completion {
    const { machine } = this;
    const rest = (otherwise: readonly Statement[]): Completion => this.unknownTurns(() => {
      machine.evaluate(statement.test, scope);
      return this.run(statement.body, scope);
    }, otherwise, scope);
    // `while True` ends by what happens inside.
    if (statement.test.kind === 'constant' || statement.test.kind === 'number') return rest(statement.otherwise);
    return this.loop(statement.otherwise, scope, turn => {
      for (let turns = 0; turns < limits.whileTurns; turns++) {
        const goesOn = machine.truth(machine.evaluate(statement.test, scope));
        if (goesOn === undefined) break;
        if (!goesOn) {
          if (turns === 0) machine.speculate(statement, () => { this.run(statement.body, scope); });
          return 'normal';
        }
        machine.spend();
        const completion = turn(() => this.run(statement.body, scope));
        if (completion !== 'normal') return completion;
      }
      return rest([]);
    });
  }

  /** Runs a loop's turns; `break` ends it, `continue` ends a turn, whether certain or only possible. */
  private loop(otherwise: readonly Statement[], scope: Scope, turns: (turn: (run: () => Completion) => Completion) => Completion): Completion {
    const { trail } = this.machine;
    const whole: Frame = { catches: new Set(['break']), mark: trail.mark(), exits: [] };
    this.frames.push(whole);
    let completion = turns(run => {
      const single: Frame = { catches: new Set(['continue']), mark: trail.mark(), exits: [] };
      this.frames.push(single);
      const ended = run();
      this.frames.pop();
      return this.settle(single, ended, 'continue');
    });
    this.frames.pop();
    const broke = completion === 'break';
    completion = this.settle(whole, completion, 'break');
    if (completion !== 'normal') return completion;
    return broke ? 'normal' : this.run(otherwise, scope);
  }

  /** Joins the early exits of a frame into the present state. */
  private settle(frame: Frame, completion: Completion, caught: 'break' | 'continue'): Completion {
    const here = completion === 'normal' || completion === caught;
    if (frame.exits.length === 0) return completion === caught ? 'normal' : completion;
    const outcomes = frame.exits.map(exit => exit.delta);
    if (here) outcomes.push(this.delta(frame.mark));
    else this.leave(completion);
    this.machine.trail.merge(frame.mark, outcomes, this.join);
    return 'normal';
  }

  /**
   * A loop of which the number of turns is not known. A rehearsal finds what the body changes; that is made
   * unknown, for any number of turns may have come before; then the body runs once for what it records.
   */
  private unknownTurns(body: () => Completion, otherwise: readonly Statement[], scope: Scope): Completion {
    const { machine } = this;
    const { trail } = machine;
    const mark = trail.mark();
    const mode = machine.mode;
    machine.mode = 'rehearsal';
    this.open++;
    const rehearsal: Frame = { catches: new Set<Completion>(['break', 'continue', 'return']), mark, exits: [] };
    this.frames.push(rehearsal);
    body();
    this.frames.pop();
    machine.mode = mode;
    const changes = [this.delta(mark), ...rehearsal.exits.map(exit => exit.delta)];
    trail.rollback(mark);
    const widen = (): void => {
      for (const delta of changes) for (const [cells, values] of delta) for (const [key, value] of values) {
        const before = cells.get(key);
        if (before === undefined || value === undefined || join(before, value) !== before) {
          if (before !== undefined || key === 'items' || key === 'open') cells.set(key, key === 'open' ? { kind: 'boolean', value: true } : unknownValue);
        }
      }
    };
    widen();
    const completion = this.loop([], scope, turn => turn(body));
    this.open--;
    widen();
    // Leaving the function from inside is one way out; the loop may also end, or not have run at all.
    if (completion !== 'normal') this.leave(completion);
    return this.run(otherwise, scope);
  }

  private withBlock(statement: WithStatement, scope: Scope): Completion {
    const { machine } = this;
    const { mode } = machine;
    const leaving: (() => void)[] = [];
    try {
      for (const item of statement.items) {
        const value = machine.evaluate(item.value, scope);
        const leave = machine.host.enter?.(value);
        if (leave !== undefined) leaving.push(leave);
        if (item.target !== undefined) machine.assign(item.target, value.kind === 'host' ? value : unknownValue, scope);
      }
      if (expectsError(statement)) machine.mode = 'rehearsal';
      return this.run(statement.body, scope);
    } finally {
      machine.mode = mode;
      for (const leave of leaving.reverse()) leave();
    }
  }

  private tryBlock(statement: TryStatement, scope: Scope): Completion {
    const { machine } = this;
    const handler = (index: number) => (): Completion => {
      const clause = statement.handlers[index];
      if (clause === undefined) return 'normal';
      if (clause.type !== undefined) machine.evaluate(clause.type, scope);
      if (clause.name !== undefined) bindingScope(scope, clause.name).cells.set(clause.name, unknownValue);
      return this.run(clause.body, scope);
    };
    // `try: import a … except ImportError: import b` prefers a: both name the same thing.
    // So does `except AttributeError`, which is there for other versions of a library.
    const bodyDecides = statement.body.every(inner => inner.kind === 'import' || inner.kind === 'importFrom')
      || (statement.handlers.length > 0 && statement.handlers.every(({ type }) => type?.kind === 'name' && forOtherVersions.has(type.name)));
    let completion = statement.final.length === 0 && onlyAsk(statement.body) ? this.answer(statement.body, scope) : undefined;
    if (completion !== undefined) return completion;
    if (bodyDecides) {
      completion = this.run(statement.body, scope);
      if (completion === 'normal') completion = this.run(statement.otherwise, scope);
      for (const index of statement.handlers.keys()) machine.speculate(statement, () => { handler(index)(); });
    } else {
      completion = this.alternatives([
        () => {
          const ended = this.run(statement.body, scope);
          return ended === 'normal' ? this.run(statement.otherwise, scope) : ended;
        },
        ...[...statement.handlers.keys()].map(handler),
      ]);
    }
    const final = this.run(statement.final, scope);
    return final === 'normal' ? completion : final;
  }

  /** A body that only asks what kind a value is fails nowhere, where the answer that it returns is known. */
  private answer(body: readonly Statement[], scope: Scope): Completion | undefined {
    const counts = this.frames.map(frame => frame.exits.length);
    const completion = this.run(body, scope);
    if ((completion === 'normal' || (completion === 'return' && this.returned.kind === 'boolean')) && this.frames.every((frame, index) => frame.exits.length === counts[index])) return completion;
    for (const [index, frame] of this.frames.entries()) frame.exits.splice(counts[index] ?? 0);
    return undefined;
  }

  private matchBlock(statement: MatchStatement, scope: Scope): Completion {
    this.machine.evaluate(statement.subject, scope);
    return this.alternatives([
      ...statement.clauses.map(clause => () => {
        for (const name of clause.names) bindingScope(scope, name).cells.set(name, unknownValue);
        return this.run(clause.body, scope);
      }),
      () => 'normal',
    ]);
  }

  private classBody(statement: ClassStatement, body: Scope): void {
    const outer = this.classNode;
    this.classNode = statement;
    this.run(statement.body, body);
    this.classNode = outer;
  }
}
