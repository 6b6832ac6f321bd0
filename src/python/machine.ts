import type { CallExpression, Expression, Node, Parameter, Statement } from './syntax';
import type { Imports } from './imports';
import type { Scope } from './scope';
import type { Cells, Trail } from './trail';
import type { Arguments, ClassValue, ExternalMethodValue, FunctionValue, HostValue, InstanceValue, Value } from './values';

/**
 * What the interpreter leaves to its user: everything that is imported. `src/python` knows Python; what
 * `torch.nn.ConvTranspose2d` is, or what a layer does to a tensor, the host knows.
 */
export interface Host {
  /** Whether `module` is a library whose names a `from module import *` brings in. Then says which of them exist. */
  exports(module: string, name: string): boolean;
  /** The value of an imported name that is a plain constant. */
  constant(name: string): Value | undefined;
  /** Calls something imported. */
  call(name: string, given: Arguments, site: Site): Value;
  /** Calls a host value: a layer on a tensor. */
  callValue(value: HostValue, given: Arguments, site: Site): Value;
  /** Calls a method that a built-in or host value, or an imported base class, has. `undefined`: not one it knows. */
  callMethod(method: ExternalMethodValue, given: Arguments, site: Site): Value | undefined;
  /** An attribute of a host value, or one that an instance inherits from imported base classes. */
  attribute(value: HostValue | InstanceValue, name: string): Value | undefined;
  /** After `instance.name = value`. */
  assigned(instance: InstanceValue, name: string, value: Value): void;
  /** The name of the method that calling an instance of the class runs: `forward`. */
  callMethodName(bases: readonly string[]): string | undefined;
  /** `left operator right`, where at least one side is a host value. */
  binary(operator: string, left: Value, right: Value, site: Site): Value;
  subscript(value: HostValue, index: Value, site: Site): Value;
  /** The items of a host value, or of an instance that extends one, where it can be iterated over. */
  items(value: HostValue | InstanceValue): readonly Value[] | undefined;
  /** Whether a module, by its first name, is a library rather than part of the workspace. */
  isLibrary(name: string): boolean;
  /** A new analysis begins. */
  restart(): void;
  /** What code has set for all that follows, in the host's own words. */
  setting: string;
  /** A new sheet to record on. */
  newPage(): object;
  /** The sheet on which to record what is met now. */
  page: object;
  /** A statement of the module, or a function that nobody calls, is about to be run. */
  started?(): void;
  /** An instance of a class of the source is about to be called. */
  beforeCall?(instance: InstanceValue, given: Arguments, site: Site): void;
  /**
   * A name was read or bound, an attribute read, a call or a returned expression evaluated, or a parameter
   * bound, where execution comes (mode `real`). Comes for every name: must be cheap.
   */
  evaluated?(node: Node, value: Value): void;
  /** A `with` block begins with this value. Gives what is to be done at its end. */
  enter?(value: Value): (() => void) | undefined;
  /** Whether a host value certainly has an attribute or method of that name. */
  has?(value: HostValue, name: string): boolean;
  /** The number that a host value stands for; any other as it is. */
  number?(value: HostValue): Value;
  /** What is said of a variable of this name that gets a value of which nothing is known. */
  variable?(name: string, machine: Machine): Value | undefined;
  /** What a parameter of a function of the source is, when `value` is passed for it. `scope` is the call's. */
  parameter?(callee: FunctionValue, parameter: Parameter, value: Value, scope: Scope, machine: Machine): Value;
  /** Whether a value is of a type of a library. */
  isInstance?(value: Value, type: string): boolean | undefined;
  /** Whether a name of a library is the same class or function as another; `undefined` stands for None. */
  isSame?(name: string, other: string | undefined): boolean | undefined;
  /** Whether a class of a library extends another, or is it, where that is certain. */
  isSubclass?(name: string, base: string): boolean | undefined;
  /** Whether objects of a class of a library certainly have no attribute of that name of their own accord. */
  lacks?(type: string, name: string): boolean;
  /** Whether an object counts as true, where that is certain. */
  truth?(value: HostValue | InstanceValue): boolean | undefined;
  /** What is known of a value that is one of two different ones; `undefined`: nothing. */
  join?(left: Value, right: Value, machine: Machine): Value | undefined;
}

/** Where a call happens. */
export interface Site {
  readonly node: Node;
  /** The call expression, where there is one (operators have none). */
  readonly call: CallExpression | undefined;
  /** Calls of the source's own functions that lead here, outermost first. */
  readonly path: readonly CallExpression[];
  /**
   * `real`: execution comes here. `speculative`: code that the known values exclude.
   * `rehearsal`: will be run again with better knowledge; record nothing.
   */
  readonly mode: Mode;
  readonly machine: Machine;
}

export type Mode = 'real' | 'speculative' | 'rehearsal';

/** How a statement ended on the path being followed. `dead`: every path has left. */
export type Completion = 'normal' | 'return' | 'break' | 'continue' | 'raise' | 'dead';

/** The parts of the interpreter, as they see each other. */
export interface Machine {
  readonly host: Host;
  readonly trail: Trail;
  readonly imports: Imports;
  mode: Mode;
  evaluate(expression: Expression, scope: Scope): Value;
  /** Truth, where it is known. */
  truth(value: Value): boolean | undefined;
  execute(statements: readonly Statement[], scope: Scope): Completion;
  assign(target: Expression, value: Value, scope: Scope): void;
  call(callee: Value, given: Arguments, node: Node, call?: CallExpression): Value;
  attribute(object: Value, name: string): Value;
  setAttribute(object: Value, name: string, value: Value): void;
  /** `left operator right`, for any values. */
  binary(operator: string, left: Value, right: Value): Value;
  compare(operator: string, left: Value, right: Value): Value;
  items(value: Value): readonly Value[] | undefined;
  newCells(): Cells;
  list(items: readonly Value[] | undefined): Value;
  dictionary(entries: ReadonlyMap<string, Value> | undefined): Value;
  instanceOf(value: ClassValue): InstanceValue;
  /**
   * Runs something whose effects are then taken back; what it records counts as excluded by the known values.
   * Not where it stands in another file: it is done so that no layer in the text is missed.
   */
  speculate(node: Node, run: () => void): void;
  /** Runs alternatives of which one happens, and joins what they leave behind. Completion of the joined path. */
  alternatives(runs: readonly (() => Completion)[]): Completion;
  /** What is known of a value that is one of two. */
  join(left: Value, right: Value): Value;
  /** Runs something within a number of steps of its own. False where they do not suffice: then it is taken back. */
  within(steps: number, run: () => void): boolean;
  /** Counts work, in steps; breaks off what is run when the bound is reached. */
  spend(steps?: number): void;
  site(node: Node, call?: CallExpression): Site;
  /** Calls a method of the source by which Python does something: `__getitem__`; `undefined` where there is none. */
  special(object: Value, name: string, argument: Value | undefined): Value | undefined;
  /** `object[index]` for what Python itself has. */
  subscript(object: Value, index: Value): Value;
  setItem(object: Value, index: Value, value: Value): void;
  /** Notes a function or class, so that it is run even if nobody calls it. */
  defined(value: FunctionValue): void;
  definedClass(value: ClassValue): void;
  /** A number never given before, for the identity of a symbol. */
  fresh(): number;
}
