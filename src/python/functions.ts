import { spendOn } from './costs';
import { evaluated } from './evaluate';
import type { Machine } from './machine';
import { newScope, type Scope } from './scope';
import { nodeNumber, type Parameter } from './syntax';
import {
  assuming, named, noArguments, tuple, unknownValue,
  type Arguments, type ClassValue, type FunctionValue, type GivenValue, type Value,
} from './values';

/** Binds arguments to a function's parameters as Python does; what cannot be bound is unknown. */
export function bindParameters(machine: Machine, callee: FunctionValue, given: Arguments, scope: Scope): void {
  spendOn(machine, callee.node.parameters.length);
  const positional = [...given.positional];
  const keywords = new Map(given.keywords.map(argument => [argument.name, argument.value]));
  for (const parameter of callee.node.parameters) {
    const passed = bindOne(machine, callee, parameter, positional, keywords, given);
    const value = parameter.star === '' ? machine.host.parameter?.(callee, parameter, passed, scope, machine) ?? passed : passed;
    scope.cells.set(parameter.name, evaluated(machine, parameter, value));
  }
}

function bindOne(
  machine: Machine, callee: FunctionValue, parameter: Parameter, positional: GivenValue[], keywords: Map<string, Value>, given: Arguments,
): Value {
  if (parameter.star === '*') return given.unknownPositional ? unknownValue : tuple(positional.splice(0).map(argument => argument.value));
  if (parameter.star === '**') {
    const rest = new Map([...keywords].map(([name, value]) => [`s:${name}`, value]));
    return machine.dictionary(given.unknownKeywords ? undefined : rest);
  }
  const first = parameter.keywordOnly ? undefined : positional.shift();
  if (first !== undefined) return first.value;
  const keyword = keywords.get(parameter.name);
  if (keyword !== undefined) {
    keywords.delete(parameter.name);
    return keyword;
  }
  const unsure = given.unknownKeywords || (given.unknownPositional && !parameter.keywordOnly);
  return unsure || callee.opaque === true ? unknownParameter(callee, parameter) : callee.defaults.get(parameter.name) ?? unknownParameter(callee, parameter);
}

/** A parameter of which nothing is given: a symbol of its name. */
export function unknownParameter(callee: FunctionValue, parameter: Parameter): Value {
  return named(parameter.name, `parameter ${nodeNumber(callee.node)} ${parameter.name}`);
}

/** Arguments for running a function that nobody calls: its defaults, marked as assumed; symbols for the rest. */
export function standaloneArguments(callee: FunctionValue, describe: (value: Value) => string | undefined): Arguments {
  const keywords = callee.node.parameters.flatMap(parameter => {
    const value = callee.opaque === true ? undefined : callee.defaults.get(parameter.name);
    if (value === undefined) return [];
    const text = describe(value);
    const assumed = text === undefined ? [] : [`${parameter.name}=${text} (default of parameter)`];
    return [{ name: parameter.name, value: assuming(value, { kind: 'none', assumed }), source: undefined }];
  });
  // What a `*args` or `**kwargs` of the function would hold is not known.
  return { positional: [], keywords, unknownPositional: true, unknownKeywords: true };
}

/** What a function found on a class becomes when read through an object. */
export function bound(machine: Machine, value: Value, self: Value, owner: ClassValue): Value {
  if (value.kind !== 'function') return value;
  switch (value.binding) {
    case 'static': return value;
    case 'class': return { kind: 'method', self: self.kind === 'instance' ? self.class : self, function: value };
    case 'property': return self.kind === 'instance' ? machine.call({ kind: 'method', self, function: value }, noArguments, owner.node) : unknownValue;
    case 'plain': return self.kind === 'class' ? value : { kind: 'method', self, function: value };
  }
}

/** The scope in which the body of a called function runs. */
export function callScope(machine: Machine, callee: FunctionValue, self: Value | undefined, owner: ClassValue | undefined): Scope {
  const scope = newScope('function', machine.newCells(), callee.scope);
  if (self !== undefined) scope.cells.set('  self', self);
  if (owner !== undefined) scope.cells.set('  class', owner);
  return scope;
}
