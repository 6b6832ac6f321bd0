import { asConstant } from '../algebra/integer';
import type { ArgumentValue } from '../frameworks/argument';

/**
 * A value as Python source, in the form of what it replaces: sizes that agree on all axes become an integer
 * or fill a tuple, whichever stood there; spacing, brackets and quotes are kept.
 *
 * @param written the literal that it replaces, if there is one.
 * @returns `undefined` where some of the value is not known.
 */
export function literalText(value: ArgumentValue, written?: string): string | undefined {
  const sizes = sizesOf(value);
  if (sizes !== undefined) return written === undefined ? plainSizes(sizes) : sizesLike(sizes, written, value);
  switch (value.kind) {
    case 'float': return Number.isFinite(value.value) ? floatText(value.value) : undefined;
    case 'boolean': return value.value ? 'True' : 'False';
    case 'none': return 'None';
    case 'string': return stringText(value.value, written);
    case 'sequence': {
      const items = value.items.map(item => literalText(item));
      return items.every(item => item !== undefined) ? bracketed(items, value.form) : undefined;
    }
    default: return undefined;
  }
}

/** One size, or one for each axis; `undefined` where the value is no such thing. */
function sizesOf(value: ArgumentValue): readonly number[] | undefined {
  const items = value.kind === 'sequence' ? value.items : [value];
  const sizes = items.map(item => item.kind === 'integer' ? asConstant(item.value) : undefined);
  return sizes.length > 0 && sizes.every(size => size !== undefined) ? sizes : undefined;
}

function plainSizes(sizes: readonly number[]): string {
  return agree(sizes) ? String(sizes[0]) : bracketed(sizes.map(String), 'tuple');
}

function sizesLike(sizes: readonly number[], written: string, value: ArgumentValue): string {
  const brackets = /^([[(])([^]*)[\])]$/.exec(written);
  const numbers = [...written.matchAll(/\d+/g)];
  // Only numbers, signs and commas: each number can be replaced where it stands.
  const isSequence = brackets !== null && /^[\s\d,]*$/.test(brackets[2] ?? '') && written.includes(',') || /^\[\s*\d+\s*\]$/.test(written);
  if (!isSequence) return plainSizes(sizes);
  const wanted = sizes.length === numbers.length ? sizes : agree(sizes) ? numbers.map(() => sizes[0] ?? 0) : undefined;
  if (wanted === undefined) return bracketed(sizes.map(String), value.kind === 'sequence' && brackets?.[1] === '[' ? 'list' : 'tuple');
  let index = 0;
  return written.replace(/\d+/g, number => {
    const size = wanted[index++];
    return size === undefined || Number(number) === size ? number : String(size);
  });
}

function agree(sizes: readonly number[]): boolean {
  return sizes.every(size => size === sizes[0]);
}

function bracketed(items: readonly string[], form: 'tuple' | 'list'): string {
  if (form === 'list') return `[${items.join(', ')}]`;
  return items.length === 1 ? `(${items.join('')},)` : `(${items.join(', ')})`;
}

function floatText(value: number): string {
  const text = String(value);
  return /[.e]/.test(text) ? text : `${text}.0`;
}

/** In the quotes of what it replaces. */
function stringText(value: string, written: string | undefined): string {
  const quote = written?.startsWith('"') ? '"' : '\'';
  const escaped = value.replace(/[\\'"\r\n]/g, character => character === '\n' ? '\\n' : character === '\r' ? '\\r' : character === quote || character === '\\' ? `\\${character}` : character);
  return quote + escaped + quote;
}
