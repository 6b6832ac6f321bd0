import type { SyntaxNode } from '@lezer/common';
import { children, maximumDepth, operatorNamed, place, textOf, type Conversion } from './conversion';
import { convertArguments, convertParameters } from './convertArguments';
import { convertComprehension, convertDictionary, expressionList, listItems } from './convertCollections';
import { convertContinued, formatParts } from './convertStrings';
import { combine, notFirst } from './precedence';
import { stringValue } from './strings';
import type { Expression, Node } from './syntax';

export function convertExpression(node: SyntaxNode, conversion: Conversion): Expression {
  if (conversion.depth > maximumDepth) return { kind: 'other', parts: [], ...place(node, conversion) };
  conversion.depth++;
  try {
    return convert(node, conversion);
  } finally {
    conversion.depth--;
  }
}

function convert(node: SyntaxNode, conversion: Conversion): Expression {
  const at = place(node, conversion);
  switch (node.name) {
    case 'VariableName': return { kind: 'name', name: textOf(node, conversion), ...at };
    case 'Number': return convertNumber(textOf(node, conversion), at);
    case 'String': return { kind: 'string', value: stringValue(textOf(node, conversion)), ...at };
    case 'FormatString': return { kind: 'formatted', parts: formatParts(node, conversion), ...at };
    case 'ContinuedString': return convertContinued(node, conversion, at);
    case 'Boolean': return { kind: 'constant', value: textOf(node, conversion) === 'True', ...at };
    case 'None': return { kind: 'constant', value: null, ...at };
    case 'Ellipsis': return { kind: 'constant', value: 'ellipsis', ...at };
    case 'ParenthesizedExpression': return convertParenthesized(node, conversion, at);
    case 'TupleExpression': return { kind: 'sequence', form: 'tuple', items: listItems(children(node), conversion), ...at };
    case 'ArrayExpression': return { kind: 'sequence', form: 'list', items: listItems(children(node), conversion), ...at };
    case 'SetExpression': return { kind: 'sequence', form: 'set', items: listItems(children(node), conversion), ...at };
    case 'DictionaryExpression': return convertDictionary(node, conversion, at);
    case 'ArrayComprehensionExpression': return convertComprehension(children(node), 'list', conversion, at);
    case 'SetComprehensionExpression': return convertComprehension(children(node), 'set', conversion, at);
    case 'ComprehensionExpression': return convertComprehension(children(node), 'generator', conversion, at);
    case 'DictionaryComprehensionExpression': return convertComprehension(children(node), 'dictionary', conversion, at);
    case 'MemberExpression': return convertMember(node, conversion, at);
    case 'CallExpression': return convertCall(node, conversion, at);
    case 'UnaryExpression': return convertUnary(node, conversion, at);
    case 'BinaryExpression': return convertBinary(node, conversion, at);
    case 'ConditionalExpression': return convertConditional(node, conversion, at);
    case 'LambdaExpression': return convertLambda(node, conversion, at);
    case 'NamedExpression': return convertNamed(node, conversion, at);
    case 'AwaitExpression': return other(node, conversion, at, true);
    default: return other(node, conversion, at, false);
  }
}

/** Unread syntax. With `transparent`, the last expression in it is its value (`await x`). */
function other(node: SyntaxNode, conversion: Conversion, at: Node, transparent: boolean): Expression {
  const parts = children(node)
    .filter(child => !child.type.isError || child.firstChild !== null)
    .filter(child => /^[A-Z]/.test(child.name) || child.type.isError)
    .map(child => convertExpression(child, conversion));
  const last = parts.at(-1);
  return transparent && last !== undefined ? last : { kind: 'other', parts, ...at };
}

function convertNumber(text: string, at: Node): Expression {
  const plain = text.replaceAll('_', '').toLowerCase();
  const integer = /^(?:0x[\da-f]+|0o[0-7]+|0b[01]+|\d+)$/.test(plain);
  if (integer) return { kind: 'number', value: Number(/^0\d+$/.test(plain) ? plain.replace(/^0+(?=\d)/, '') : plain), float: false, ...at };
  const value = Number(plain);
  return Number.isNaN(value) ? { kind: 'other', parts: [], ...at } : { kind: 'number', value, float: true, ...at };
}

function convertParenthesized(node: SyntaxNode, conversion: Conversion, at: Node): Expression {
  const inside = children(node).filter(child => child.name !== '(' && child.name !== ')' && !child.type.isError);
  const [first] = inside;
  if (first === undefined) return { kind: 'sequence', form: 'tuple', items: [], ...at };
  if (inside.some(child => child.name === 'for')) return convertComprehension(inside, 'generator', conversion, at);
  const inner = convertExpression(first, conversion);
  return inner.kind === 'boolean' ? { ...inner, parenthesized: true } : inner;
}

function convertMember(node: SyntaxNode, conversion: Conversion, at: Node): Expression {
  const parts = children(node);
  const [objectNode, separator] = parts;
  if (objectNode === undefined || separator === undefined) return other(node, conversion, at, false);
  if (separator.name === '.') {
    const property = parts[2];
    // The grammar has no `1.`: it reads a number, a dot and an error.
    if (objectNode.name === 'Number' && property?.name !== 'PropertyName') {
      return { kind: 'number', value: Number(textOf(objectNode, conversion).replaceAll('_', '')), float: true, ...at };
    }
    const object = convertExpression(objectNode, conversion);
    if (property?.name !== 'PropertyName') return { kind: 'other', parts: [object], ...at };
    return { kind: 'attribute', object, name: textOf(property, conversion), ...at };
  }
  const object = convertExpression(objectNode, conversion);
  const inside = parts.slice(2).filter(part => part.name !== ']');
  return { kind: 'subscript', object, index: convertIndex(inside, conversion, at), ...at };
}

function convertIndex(nodes: readonly SyntaxNode[], conversion: Conversion, at: Node): Expression {
  const groups: SyntaxNode[][] = [[]];
  for (const node of nodes) {
    if (node.name === ',') groups.push([]);
    else groups.at(-1)?.push(node);
  }
  if (groups.length > 1 && groups.at(-1)?.length === 0) groups.pop();
  const trailingComma = nodes.some(node => node.name === ',');
  const items = groups.map(group => convertIndexPart(group, conversion, at));
  const [only] = items;
  if (!trailingComma && only !== undefined) return only;
  return { kind: 'sequence', form: 'tuple', items, ...at };
}

function convertIndexPart(nodes: readonly SyntaxNode[], conversion: Conversion, at: Node): Expression {
  if (!nodes.some(node => node.name === ':')) {
    return expressionList(nodes, conversion) ?? { kind: 'other', parts: [], ...at };
  }
  const bounds: (Expression | undefined)[] = [undefined, undefined, undefined];
  let place = 0;
  for (const node of nodes) {
    if (node.name === ':') place++;
    else if (!node.type.isError && place < 3) bounds[place] = convertExpression(node, conversion);
  }
  return { kind: 'slice', lower: bounds[0], upper: bounds[1], step: bounds[2], ...at };
}

function convertCall(node: SyntaxNode, conversion: Conversion, at: Node): Expression {
  const [calleeNode, list] = children(node);
  if (calleeNode === undefined) return other(node, conversion, at, false);
  const callee = convertExpression(calleeNode, conversion);
  if (list?.name !== 'ArgList') return { kind: 'other', parts: [callee], ...at };
  const close = list.lastChild?.name === ')' ? list.lastChild.from - conversion.chunk.start : undefined;
  return { kind: 'call', callee, arguments: convertArguments(list, conversion), close, ...at };
}

function convertUnary(node: SyntaxNode, conversion: Conversion, at: Node): Expression {
  const [operatorNode, operandNode] = children(node);
  if (operatorNode === undefined || operandNode === undefined) return other(node, conversion, at, false);
  const operand = convertExpression(operandNode, conversion);
  const operator = textOf(operatorNode, conversion);
  if (operator === 'not') return operandNode.name === 'BinaryExpression' ? notFirst(operand, at) : { kind: 'unary', operator, operand, ...at };
  if (operator !== '-' && operator !== '+' && operator !== '~') return { kind: 'other', parts: [operand], ...at };
  return { kind: 'unary', operator, operand, ...at };
}

function convertBinary(node: SyntaxNode, conversion: Conversion, at: Node): Expression {
  // Long sums are left-deep: unrolled here, so that their length costs no recursion.
  const links: { operator: string; right: SyntaxNode | undefined; at: Node }[] = [];
  let leftmost: SyntaxNode = node;
  while (leftmost.name === 'BinaryExpression') {
    const parts = children(leftmost);
    const [first] = parts;
    const last = parts.at(-1);
    if (first === undefined || last === undefined || parts.length < 2) break;
    const operators = parts.slice(1, last.type.isError || parts.length === 2 ? undefined : -1).filter(part => !part.type.isError);
    links.push({
      operator: operatorNamed(operators.map(part => textOf(part, conversion)).join(' '), conversion),
      right: last === first || last.type.isError || operators.includes(last) ? undefined : last,
      at: place(leftmost, conversion),
    });
    leftmost = first;
  }
  if (links.length === 0) return other(node, conversion, at, false);
  let left = convertExpression(leftmost, conversion);
  let leftBare = leftmost.name !== 'ParenthesizedExpression';
  for (const link of links.reverse()) {
    const right: Expression = link.right === undefined ? { kind: 'other', parts: [], ...link.at } : convertExpression(link.right, conversion);
    left = combine(left, leftBare, link.operator, right, link.at);
    leftBare = true;
  }
  return left;
}

function convertConditional(node: SyntaxNode, conversion: Conversion, at: Node): Expression {
  const parts = children(node).filter(part => !part.type.isError);
  const [then, , test, , otherwise] = parts;
  if (then === undefined || test === undefined || otherwise === undefined) return other(node, conversion, at, false);
  return {
    kind: 'conditional',
    test: convertExpression(test, conversion),
    then: convertExpression(then, conversion),
    otherwise: convertExpression(otherwise, conversion),
    ...at,
  };
}

function convertLambda(node: SyntaxNode, conversion: Conversion, at: Node): Expression {
  const list = node.getChild('ParamList');
  const body = node.lastChild;
  if (body === null || body.name === ':' || body.type.isError) return { kind: 'other', parts: [], ...at };
  return {
    kind: 'lambda',
    parameters: list === null ? [] : convertParameters(list, conversion),
    body: convertExpression(body, conversion),
    ...at,
  };
}

function convertNamed(node: SyntaxNode, conversion: Conversion, at: Node): Expression {
  const [target, , value] = children(node);
  if (target === undefined || value === undefined) return other(node, conversion, at, false);
  return { kind: 'named', target: convertExpression(target, conversion), value: convertExpression(value, conversion), ...at };
}
