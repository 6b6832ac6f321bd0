import { limits } from './limits';
import type { Machine } from './machine';
import { bindingScope, newScope, type Scope } from './scope';
import type { ClassStatement, Expression, FunctionStatement, ImportFromStatement, ImportStatement } from './syntax';
import { partsOf } from './walk';
import { unknownValue, type ClassValue, type FunctionValue, type Value } from './values';

/** Binds a function's name. @param owner the class in whose body it stands. */
export function defineFunction(machine: Machine, statement: FunctionStatement, scope: Scope, owner: ClassStatement | undefined): void {
  const defaults = new Map<string, Value>();
  for (const parameter of statement.parameters) {
    if (holdsCall(parameter.annotation)) machine.evaluate(parameter.annotation, scope);
    if (parameter.default !== undefined) defaults.set(parameter.name, machine.evaluate(parameter.default, scope));
  }
  let binding: FunctionValue['binding'] = 'plain';
  let opaque = false;
  const decorators: Value[] = [];
  for (const decorator of [...statement.decorators].reverse()) {
    const value = machine.imports.resolve(machine.evaluate(decorator, scope));
    const name = value.kind === 'external' ? value.name : '';
    if (name === 'builtins.staticmethod') binding = 'static';
    else if (name === 'builtins.classmethod') binding = 'class';
    else if (name === 'builtins.property' || name.endsWith('cached_property')) binding = 'property';
    else if (value.kind === 'function') decorators.push(value);
    else if (!keepsMeaning(decorator, machine, scope)) opaque = true;
  }
  const plain: FunctionValue = { kind: 'function', node: statement, scope, defaults, binding, owner, ...opaque ? { opaque } : {} };
  machine.defined(plain);
  const { cells } = bindingScope(scope, statement.name);
  const property = statement.decorators.some(isSetter) ? cells.get(statement.name) : undefined;
  cells.set(statement.name, property?.kind === 'function' ? { ...property, setter: plain } : decorated(machine, plain, decorators));
}

/** `@name.setter` */
function isSetter(decorator: Expression): boolean {
  return decorator.kind === 'attribute' && decorator.name === 'setter';
}

/** The function as decorators of the source leave it, the innermost first; opaque where that is not known. */
function decorated(machine: Machine, plain: FunctionValue, decorators: readonly Value[]): FunctionValue {
  let made: Value = plain;
  const finished = machine.within(limits.decoratorSteps, () => {
    for (const decorator of decorators) {
      made = machine.call(decorator, { positional: [{ value: made, source: undefined }], keywords: [], unknownPositional: false, unknownKeywords: false }, plain.node);
    }
  });
  if (!finished || made.kind !== 'function') return { ...plain, opaque: true };
  return made.node === plain.node ? plain : { ...plain, decorated: made };
}

/** Binds a class's name. @param run runs its body in a scope. */
export function defineClass(machine: Machine, statement: ClassStatement, scope: Scope, run: (body: Scope) => void): void {
  const bases = statement.arguments.filter(argument => argument.keyword === undefined && argument.star === '').map(argument => machine.evaluate(argument.value, scope));
  for (const argument of statement.arguments) if (argument.keyword !== undefined || argument.star !== '') machine.evaluate(argument.value, scope);
  const decorators = statement.decorators.map(decorator => machine.evaluate(decorator, scope));
  const record = [...decorators, ...bases].some(value => (value.kind === 'external' && recordMakers.has(value.name)))
    || statement.decorators.some(decorator => decorator.kind === 'call' && isRecordMaker(machine.evaluate(decorator.callee, scope)))
    || bases.some(base => base.kind === 'class' && base.record);
  const body = newScope('class', machine.newCells(), scope);
  const plain: ClassValue = { kind: 'class', node: statement, bases, cells: body.cells, record };
  run(body);
  const opaque = bases.some(base => base.kind === 'class' && base.opaque === true)
    || statement.decorators.some((decorator, index) => !keepsMeaning(decorator, machine, scope) && !givesBack(machine, decorators[index] ?? unknownValue, plain));
  const value: ClassValue = opaque ? { ...plain, opaque } : plain;
  machine.definedClass(value);
  bindingScope(scope, statement.name).cells.set(statement.name, value);
}

/** Whether a decorator of the source, run on the class, gives it back: it may have entered it in a registry. */
function givesBack(machine: Machine, decorator: Value, value: ClassValue): boolean {
  if (decorator.kind !== 'function' && decorator.kind !== 'method' && decorator.kind !== 'instance') return false;
  let made = unknownValue as Value;
  const finished = machine.within(limits.classDecoratorSteps, () => {
    made = machine.call(decorator, { positional: [{ value, source: undefined }], keywords: [], unknownPositional: false, unknownKeywords: false }, value.node);
  });
  return finished && made.kind === 'class' && made.cells === value.cells;
}

/** `import a.b as c`. */
export function importModules(machine: Machine, statement: ImportStatement, scope: Scope): void {
  for (const { name, alias } of statement.modules) {
    const top = name.split('.')[0] ?? name;
    const bound = alias ?? top;
    bindingScope(scope, bound).cells.set(bound, machine.imports.imported(alias === undefined ? top : name, 0, undefined, scope));
  }
}

/** `from a import b as c`. */
export function importNames(machine: Machine, statement: ImportFromStatement, scope: Scope): void {
  for (const { name, alias } of statement.names) {
    if (name === '*') {
      machine.imports.importStar(statement.module, statement.level, scope);
      continue;
    }
    const bound = alias ?? name;
    bindingScope(scope, bound).cells.set(bound, machine.imports.imported(statement.module, statement.level, name, scope));
  }
}

/** Annotations are evaluated for the calls in them alone: each name in one may load another module. */
export function holdsCall(annotation: Expression | undefined): annotation is Expression {
  return annotation !== undefined && (annotation.kind === 'call' || partsOf(annotation).some(holdsCall));
}

const recordMakers = new Set([
  'dataclasses.dataclass', 'typing.NamedTuple', 'attr.s', 'attr.define', 'attrs.define', 'pydantic.BaseModel', 'pydantic.dataclasses.dataclass',
]);

function isRecordMaker(value: Value): boolean {
  return value.kind === 'external' && recordMakers.has(value.name);
}

/** Decorators of libraries that leave what a function computes as it is. */
function keepsMeaning(decorator: Expression, machine: Machine, scope: Scope): boolean {
  const target = decorator.kind === 'call' ? decorator.callee : decorator;
  const value = machine.evaluate(target, scope);
  if (isSetter(target)) return true;
  return value.kind === 'external' && /^(?:torch|tensorflow|keras|tf_keras|functools|typing|abc|contextlib|builtins|flax|jax|override)\b/.test(value.name);
}
