import { type Int, type IntLike, asConstant, equal, toInt } from '../algebra/integer';
import { format, formatFloat } from '../algebra/format';
import type { ArgumentValue } from './argument';

export const none: ArgumentValue = { kind: 'none' };
export const unknownValue: ArgumentValue = { kind: 'unknown' };

export function integer(value: IntLike): ArgumentValue {
  return { kind: 'integer', value: toInt(value) };
}

export function boolean(value: boolean): ArgumentValue {
  return { kind: 'boolean', value };
}

export function string(value: string): ArgumentValue {
  return { kind: 'string', value };
}

/** A tuple of integers, one for each axis. */
export function sizes(values: readonly IntLike[]): ArgumentValue {
  return { kind: 'sequence', form: 'tuple', items: values.map(integer) };
}

/** The value as Python prints it: `(2, 'same', None)`. What is not known is `?`. */
export function pythonText(value: ArgumentValue): string {
  switch (value.kind) {
    case 'integer': return format(value.value);
    case 'float': return formatFloat(value.value);
    case 'boolean': return value.value ? 'True' : 'False';
    case 'none': return 'None';
    case 'string': return `'${value.value}'`;
    case 'sequence': return sequenceText(value.form, value.items.map(pythonText));
    case 'tensor': return value.shape === undefined ? 'a tensor' : `a tensor of shape ${sizesText(value.shape)}`;
    case 'other': return value.description;
    case 'unknown': return value.symbol === undefined ? '?' : format(value.symbol);
  }
}

/** As Python's `str`: a string without its quotes. */
export function plainText(value: ArgumentValue): string {
  return value.kind === 'string' ? value.value : pythonText(value);
}

/** `[2, 8, H, W]`. */
export function listText(shape: readonly Int[]): string {
  return sequenceText('list', shape.map(size => format(size)));
}

/** `(2, 8, H, W)`. */
export function sizesText(shape: readonly Int[]): string {
  return sequenceText('tuple', shape.map(size => format(size)));
}

function sequenceText(form: 'tuple' | 'list', items: readonly string[]): string {
  if (form === 'list') return `[${items.join(', ')}]`;
  return items.length === 1 ? `(${items.join()},)` : `(${items.join(', ')})`;
}

/** Python's name for the type of the value, as type errors print it. */
export function typeName(value: ArgumentValue): string | undefined {
  switch (value.kind) {
    case 'integer': return 'int';
    case 'float': return 'float';
    case 'boolean': return 'bool';
    case 'none': return 'NoneType';
    case 'string': return 'str';
    case 'sequence': return value.form;
    case 'tensor': return 'Tensor';
    default: return undefined;
  }
}

/**
 * The sizes in the shortest form that means them: one integer when all axes agree and the user wrote no
 * sequence, else a sequence in the user's form.
 */
export function likeWritten(values: readonly IntLike[], written: ArgumentValue): ArgumentValue {
  const [first] = values;
  if (written.kind === 'sequence') return { kind: 'sequence', form: written.form, items: values.map(integer) };
  return first !== undefined && values.every(value => equal(value, first)) ? integer(first) : sizes(values);
}

/** All of them as numbers, or `undefined`. */
export function constants(values: readonly Int[]): readonly number[] | undefined {
  const numbers = values.map(asConstant);
  return numbers.every(number => number !== undefined) ? numbers : undefined;
}
