import { floorDivide } from '../../algebra/division';
import { add, constant, multiply, subtract, symbol, unknown, type Int } from '../../algebra/integer';
import type { Shape } from '../../frameworks/argument';
import { parseCell } from '../../python/parse';
import type { Expression } from '../../python/syntax';
import type { Value } from '../../python/values';

/**
 * A shape as somebody wrote it, in a comment or an annotation, size by size: an expression; `any` where the
 * size is left open (`None`, `_`, `-1`); `rest` for any number of sizes (`...`, `*batch`).
 */
export type WrittenShape = readonly (Expression | 'any' | 'rest')[];

/** A written shape with its names looked up. */
export interface DeclaredShape {
  /** Sizes; where {@link open} is set, those before the gap. */
  readonly sizes: Shape;
  /** The sizes after a `...`, from which on any number may be missing between. `undefined`: there is no gap. */
  readonly open: Shape | undefined;
}

/** `(N, 100, 1, 1)`, with or without parentheses. `undefined` for anything else. */
export function parseShape(text: string): WrittenShape | undefined {
  const expression = parseExpression(text);
  return expression === undefined ? undefined : shapeOfExpression(expression);
}

/** The shape that a tuple or list of sizes says. */
export function shapeOfExpression(expression: Expression): WrittenShape | undefined {
  if (expression.kind !== 'sequence' || expression.form === 'set') return undefined;
  return checked(expression.items.map(item => {
    if (item.kind === 'constant') return item.value === null ? 'any' : item.value === 'ellipsis' ? 'rest' : undefined;
    if (item.kind === 'starred') return 'rest';
    if (item.kind === 'name' && item.name === '_') return 'any';
    if (item.kind === 'unary' && item.operator === '-' && item.operand.kind === 'number' && item.operand.value === 1) return 'any';
    return isSize(item) ? item : undefined;
  }));
}

/**
 * The sizes in a string of jaxtyping, parted by spaces: `b 3 h w`, `*batch channels 2*h w-1`, `... 64`.
 * @see https://docs.kidger.site/jaxtyping/api/array/
 */
export function parseDimensions(text: string): WrittenShape | undefined {
  return checked(text.trim().split(/\s+/).filter(token => token !== '').map(token => {
    if (token === '...' || token.startsWith('*')) return 'rest';
    // `name=4` says what the 4 is; `?name` may differ between leaves; `#name` may be 1 instead.
    const plain = token.replace(/^[\p{L}_][\p{L}\p{N}_]*=/u, '');
    if (/^[?]?_/.test(plain) || plain.startsWith('#')) return 'any';
    const size = parseExpression(plain.replace(/^\?/, ''));
    return size !== undefined && isSize(size) ? size : 'any';
  }));
}

/** More than one gap leaves nothing to say. */
function checked(sizes: readonly (Expression | 'any' | 'rest' | undefined)[]): WrittenShape | undefined {
  const known = sizes.filter(size => size !== undefined);
  return known.length < sizes.length || known.length > 16 || known.filter(size => size === 'rest').length > 1 ? undefined : known;
}

/**
 * The sizes behind the names. @param lookUp what a name or attribute is known to be where the shape holds;
 * what is no integer becomes a symbol of its name, the same one wherever it is written.
 */
export function resolveShape(written: WrittenShape, lookUp: (name: Expression) => Value | undefined): DeclaredShape {
  const size = (item: Expression | 'any' | 'rest'): Int => typeof item === 'string' ? unknown : sizeOf(item, lookUp);
  const gap = written.indexOf('rest');
  if (gap < 0) return { sizes: written.map(size), open: undefined };
  return { sizes: written.slice(0, gap).map(size), open: written.slice(gap + 1).map(size) };
}

/** The expression that is all of the text. */
export function parseExpression(text: string): Expression | undefined {
  if (text.length > 400) return undefined;
  // Named as another file, so that nothing takes its nodes for nodes of the source.
  const { statements } = parseCell(text, text, 0, undefined, 'comment');
  const [only] = statements;
  return statements.length === 1 && only?.kind === 'expression' ? only.value : undefined;
}

function isSize(expression: Expression, depth = 8): boolean {
  if (depth === 0) return false;
  switch (expression.kind) {
    case 'number': return !expression.float;
    case 'name': return true;
    case 'attribute': return isSize(expression.object, depth - 1);
    case 'binary': return ['+', '-', '*', '//'].includes(expression.operator) && isSize(expression.left, depth - 1) && isSize(expression.right, depth - 1);
    default: return false;
  }
}

function sizeOf(expression: Expression, lookUp: (name: Expression) => Value | undefined): Int {
  switch (expression.kind) {
    case 'number': return constant(expression.value);
    case 'binary': {
      const [left, right] = [sizeOf(expression.left, lookUp), sizeOf(expression.right, lookUp)];
      switch (expression.operator) {
        case '+': return add(left, right);
        case '-': return subtract(left, right);
        case '*': return multiply(left, right);
        default: return floorDivide(left, right);
      }
    }
    default: {
      const value = lookUp(expression);
      if (value?.kind === 'integer') return value.value;
      const name = nameOf(expression);
      return name === undefined ? unknown : symbol(name, { key: declaredPrefix + name, minimum: 1 });
    }
  }
}

/** What the keys of symbols begin with that somebody wrote as a size. */
export const declaredPrefix = 'declared ';

function nameOf(expression: Expression): string | undefined {
  if (expression.kind === 'name') return expression.name;
  const object = expression.kind === 'attribute' ? nameOf(expression.object) : undefined;
  return object === undefined || expression.kind !== 'attribute' ? undefined : `${object}.${expression.name}`;
}
