import { binary, dictionaryKey, keyValue, negative } from './arithmetic';
import { isBuiltin } from './builtinNames';
import { comprehension } from './comprehension';
import { sizeOf, spendOn } from './costs';
import { plainText } from './describe';
import { percentFormat } from './formatting';
import { itemOf } from './items';
import type { Machine } from './machine';
import { asDictionary, callInScope, moduleValue } from './namespaces';
import { lookupOrder, moduleOf, type Scope } from './scope';
import type {
  Argument, AttributeExpression, BooleanExpression, CallExpression, ComparisonExpression,
  ConditionalExpression, DictionaryExpression, Expression, Node, SequenceExpression, SubscriptExpression, UnaryExpression,
} from './syntax';
import {
  asItems, assuming, boolean, integer, longestSequence, named, noneValue, shortString, string, tuple, unknownValue,
  type Arguments, type GivenValue, type Value,
} from './values';

/** The value of an expression. Evaluates every part of it, so that no call inside is missed. */
export function evaluateExpression(machine: Machine, expression: Expression, scope: Scope): Value {
  switch (expression.kind) {
    case 'name': return evaluated(machine, expression, lookUp(machine, expression.name, scope));
    case 'number': return expression.float ? { kind: 'float', value: expression.value } : integer(expression.value);
    case 'string': return string(expression.value);
    case 'formatted': return formatted(machine, expression.parts, scope);
    case 'constant':
      return expression.value === null ? noneValue : expression.value === 'ellipsis' ? { kind: 'ellipsis' } : boolean(expression.value);
    case 'sequence': return sequence(machine, expression, scope);
    case 'dictionary': return dictionary(machine, expression, scope);
    case 'attribute': return evaluated(machine, expression, attribute(machine, expression, scope));
    case 'subscript': return subscript(machine, expression, scope);
    case 'slice': {
      const part = (bound: Expression | undefined): Value => bound === undefined ? noneValue : machine.evaluate(bound, scope);
      return { kind: 'slice', lower: part(expression.lower), upper: part(expression.upper), step: part(expression.step) };
    }
    case 'call': return evaluated(machine, expression, call(machine, expression, scope));
    case 'unary': return unary(machine, expression, scope);
    case 'binary': return arithmetic(machine, expression.operator, machine.evaluate(expression.left, scope), machine.evaluate(expression.right, scope), expression);
    case 'boolean': return logical(machine, expression, scope);
    case 'comparison': return compare(machine, expression, scope);
    case 'conditional': return conditional(machine, expression, scope);
    case 'lambda': {
      const defaults = new Map<string, Value>();
      for (const parameter of expression.parameters) {
        if (parameter.default !== undefined) defaults.set(parameter.name, machine.evaluate(parameter.default, scope));
      }
      return { kind: 'function', node: expression, scope, defaults, binding: 'plain', owner: undefined };
    }
    case 'comprehension': return comprehension(machine, expression, scope);
    case 'named': {
      const value = machine.evaluate(expression.value, scope);
      machine.assign(expression.target, value, scope);
      return value;
    }
    case 'starred': machine.evaluate(expression.value, scope); return unknownValue;
    case 'other':
      for (const part of expression.parts) machine.evaluate(part, scope);
      return unknownValue;
  }
}

/** Tells the host, where execution comes. */
export function evaluated(machine: Machine, node: Node, value: Value): Value {
  if (machine.mode === 'real') machine.host.evaluated?.(node, value);
  return value;
}

/** The value of a name: scopes from the inside out, then star imports, then built-ins. */
export function lookUp(machine: Machine, name: string, scope: Scope): Value {
  if (scope.outer.get(name) === 'global') {
    const value = moduleOf(scope).cells.get(name);
    return value === undefined ? named(name, `global ${name}`) : machine.imports.resolve(value);
  }
  for (const at of lookupOrder(scope)) {
    const value = at.cells.get(name);
    if (value !== undefined) return machine.imports.resolve(value);
  }
  for (const at of lookupOrder(scope)) {
    const value = at.stars.length === 0 && at.kind !== 'module' ? undefined : machine.imports.starred(at, name);
    if (value !== undefined) return value;
  }
  if (isBuiltin(name)) return { kind: 'external', name: `builtins.${name}` };
  return machine.host.variable?.(name, machine) ?? named(name, `global ${name}`);
}

function formatted(machine: Machine, parts: readonly (string | Expression)[], scope: Scope): Value {
  let text: string | undefined = '';
  for (const part of parts) {
    const piece = typeof part === 'string' ? part : plainText(machine.evaluate(part, scope));
    text = text === undefined || piece === undefined || text.length > longestSequence ? undefined : text + piece;
  }
  return text === undefined ? unknownValue : shortString(text);
}

/** Items with `*spread` resolved; `undefined` when one of them cannot be. */
function spread(machine: Machine, items: readonly Expression[], scope: Scope): Value[] | undefined {
  const values: Value[] = [];
  let known = true;
  for (const item of items) {
    if (item.kind !== 'starred') { values.push(machine.evaluate(item, scope)); continue; }
    const inner = machine.items(machine.evaluate(item.value, scope));
    if (inner === undefined) known = false;
    else {
      spendOn(machine, inner.length);
      for (const value of inner) values.push(value);
    }
  }
  return known ? values : undefined;
}

function sequence(machine: Machine, expression: SequenceExpression, scope: Scope): Value {
  spendOn(machine, expression.items.length);
  const values = spread(machine, expression.items, scope);
  if (expression.form === 'list') return machine.list(values);
  return values === undefined ? unknownValue : tuple(values);
}

function dictionary(machine: Machine, expression: DictionaryExpression, scope: Scope): Value {
  spendOn(machine, expression.entries.length);
  const entries = new Map<string, Value>();
  let open = false;
  for (const entry of expression.entries) {
    const value = machine.evaluate(entry.value, scope);
    if (entry.key === undefined) {
      if (value.kind !== 'dictionary' || value.cells.get('open') !== undefined) open = true;
      spendOn(machine, sizeOf(value));
      if (value.kind === 'dictionary') for (const key of value.cells.keys()) {
        const inner = value.cells.get(key);
        if (inner !== undefined && key !== 'open') entries.set(key, inner);
      }
      continue;
    }
    const key = dictionaryKey(machine.evaluate(entry.key, scope));
    if (key === undefined) open = true;
    else entries.set(key, value);
  }
  const result = machine.dictionary(entries);
  if (open && result.kind === 'dictionary') result.cells.set('open', boolean(true));
  return result;
}

function attribute(machine: Machine, expression: AttributeExpression, scope: Scope): Value {
  return machine.attribute(machine.evaluate(expression.object, scope), expression.name);
}

function subscript(machine: Machine, expression: SubscriptExpression, scope: Scope): Value {
  const object = machine.evaluate(expression.object, scope);
  const index = machine.evaluate(expression.index, scope);
  if (object.kind === 'external' && object.name === 'sys.modules' && expression.index.kind === 'name' && expression.index.name === '__name__') return moduleValue(moduleOf(scope));
  if (object.kind === 'host') return machine.host.subscript(object, index, machine.site(expression));
  if (object.kind === 'instance') {
    const own = machine.special(object, '__getitem__', index);
    if (own !== undefined) return own;
  }
  return assuming(itemOf(machine, object, index), object, index);
}

function call(machine: Machine, expression: CallExpression, scope: Scope): Value {
  const callee = machine.evaluate(expression.callee, scope);
  if (callee.kind === 'external' && callee.name === 'builtins.super') return superValue(machine, expression, scope);
  const given = evaluateArguments(machine, expression.arguments, scope);
  const own = callee.kind === 'external' ? callInScope(machine, callee.name, given, scope) : undefined;
  return own ?? machine.call(callee, given, expression, expression);
}

export function evaluateArguments(machine: Machine, list: readonly Argument[], scope: Scope): Arguments {
  const positional: GivenValue[] = [];
  const keywords: (GivenValue & { name: string })[] = [];
  let unknownPositional = false;
  let unknownKeywords = false;
  for (const [source, argument] of list.entries()) {
    const given = machine.evaluate(argument.value, scope);
    const value = argument.star === '**' ? asDictionary(machine, given) : given;
    if (argument.star !== '') spendOn(machine, sizeOf(value));
    if (argument.star === '*') {
      const items = machine.items(value);
      if (items === undefined) unknownPositional = true;
      else for (const item of items) positional.push({ value: assuming(item, value), source: items.length === 1 ? source : undefined });
    } else if (argument.star === '**') {
      if (value.kind !== 'dictionary' || value.cells.get('open') !== undefined) unknownKeywords = true;
      if (value.kind === 'dictionary') for (const cell of value.cells.keys()) {
        const inner = value.cells.get(cell);
        const key = keyValue(cell);
        if (inner !== undefined && key.kind === 'string') keywords.push({ name: key.value, value: inner, source: undefined });
      }
    } else if (argument.keyword !== undefined) keywords.push({ name: argument.keyword, value, source });
    // What follows a *args of unknown length lands on an unknown parameter.
    else if (!unknownPositional) positional.push({ value, source });
  }
  return { positional, keywords, unknownPositional, unknownKeywords };
}

/** `super()` and `super(Class, self)`. */
function superValue(machine: Machine, expression: CallExpression, scope: Scope): Value {
  for (const argument of expression.arguments) machine.evaluate(argument.value, scope);
  for (let at: Scope | undefined = scope; at !== undefined; at = at.parent) {
    const self = at.cells.get('  self');
    const owner = at.cells.get('  class');
    if (self !== undefined && owner?.kind === 'class') return { kind: 'super', self, after: owner };
  }
  return unknownValue;
}

function unary(machine: Machine, expression: UnaryExpression, scope: Scope): Value {
  const operand = machine.evaluate(expression.operand, scope);
  switch (expression.operator) {
    case '+': return operand;
    case '-': return operand.kind === 'host' ? machine.host.binary('neg', operand, operand, machine.site(expression)) : negative(operand);
    case 'not': {
      const known = machine.truth(operand);
      return known === undefined ? unknownValue : assuming(boolean(!known), operand);
    }
    case '~': return unknownValue;
  }
}

/** `left operator right`, for any values. */
export function arithmetic(machine: Machine, operator: string, left: Value, right: Value, node: Expression): Value {
  if (left.kind === 'host' || right.kind === 'host') return machine.host.binary(operator, left, right, machine.site(node));
  const result = plainArithmetic(machine, operator, left, right);
  spendOn(machine, sizeOf(result));
  return result;
}

function plainArithmetic(machine: Machine, operator: string, left: Value, right: Value): Value {
  // Lists are made anew: the result is another list.
  if (operator === '+' && left.kind === 'list' && right.kind === 'list') {
    const [a, b] = [asItems(left), asItems(right)];
    return machine.list(a === undefined || b === undefined ? undefined : [...a, ...b]);
  }
  if (operator === '*' && (left.kind === 'list' || right.kind === 'list')) {
    const [list, count] = left.kind === 'list' ? [left, right] : [right, left];
    const repeated = binary('*', tuple(asItems(list) ?? []), count);
    return machine.list(asItems(list) !== undefined && repeated.kind === 'tuple' ? repeated.items : undefined);
  }
  if (operator === '%' && left.kind === 'string') return percentFormat(left.value, right);
  return binary(operator, left, right);
}

function logical(machine: Machine, expression: BooleanExpression, scope: Scope): Value {
  const left = machine.evaluate(expression.left, scope);
  const known = machine.truth(left);
  const decided = known !== undefined && known === (expression.operator === 'or');
  if (decided) {
    machine.speculate(expression, () => { machine.evaluate(expression.right, scope); });
    return left;
  }
  const right = machine.evaluate(expression.right, scope);
  if (known !== undefined) return assuming(right, left);
  const rightKnown = machine.truth(right);
  if (rightKnown !== undefined && rightKnown === (expression.operator === 'or') && right.kind === 'boolean') return boolean(rightKnown);
  return machine.join(left, right);
}

function compare(machine: Machine, expression: ComparisonExpression, scope: Scope): Value {
  const values = expression.operands.map(operand => machine.evaluate(operand, scope));
  let result: Value = boolean(true);
  for (const [index, operator] of expression.operators.entries()) {
    const [left = unknownValue, right = unknownValue] = [values[index], values[index + 1]];
    const ordered = operator === '<' || operator === '>' || operator === '<=' || operator === '>=';
    // A comparison of tensors is a tensor.
    if (ordered && expression.operators.length === 1 && (left.kind === 'host' || right.kind === 'host')) return machine.host.binary(operator, left, right, machine.site(expression));
    const one = machine.compare(operator, left, right);
    if (one.kind === 'boolean' && !one.value) return one;
    result = one.kind === 'boolean' && result.kind === 'boolean' ? assuming(one, result) : unknownValue;
  }
  return result;
}

function conditional(machine: Machine, expression: ConditionalExpression, scope: Scope): Value {
  const test = machine.evaluate(expression.test, scope);
  const known = machine.truth(test);
  if (known !== undefined) {
    machine.speculate(expression, () => { machine.evaluate(known ? expression.otherwise : expression.then, scope); });
    return assuming(machine.evaluate(known ? expression.then : expression.otherwise, scope), test);
  }
  const outcomes: Value[] = [];
  const evaluate = (branch: Expression) => (): 'normal' => {
    outcomes.push(machine.evaluate(branch, scope));
    return 'normal';
  };
  machine.alternatives([evaluate(expression.then), evaluate(expression.otherwise)]);
  return outcomes.reduce((left, right) => machine.join(left, right));
}
