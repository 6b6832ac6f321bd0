import type { Reading, ReadingOptions } from './api';
import type { ArgumentValue } from './argument';
import { constant, unknown } from '../algebra/integer';
import { findApi } from './index';
import { boolean, integer, none, string } from './value';

/** A plain value of an argument, JSON for an `ArgumentValue`: an array is a tuple. */
export type PlainArgument = number | string | boolean | null | PlainTensor | readonly PlainArgument[];

/** A tensor of which the shape is known; `null` for a size that is not. */
export interface PlainTensor {
  readonly shape: readonly (number | null)[];
}

/**
 * Reads a call written as plain JSON by parameter name, as the playground's controls hold it.
 * @returns `undefined` when there is no API of that name.
 */
export function readPlain(apiName: string, values: Readonly<Record<string, PlainArgument>>, options: ReadingOptions): Reading | undefined {
  const given = Object.entries(values).map(([keyword, value], source) => ({ keyword, source, value: fromPlain(value) }));
  return findApi(apiName)?.read({ given, unknownPositional: false, unknownKeywords: false }, options);
}

export function fromPlain(value: PlainArgument): ArgumentValue {
  if (value === null) return none;
  switch (typeof value) {
    case 'number': return Number.isSafeInteger(value) ? integer(value) : { kind: 'float', value };
    case 'string': return string(value);
    case 'boolean': return boolean(value);
    default: break;
  }
  if ('shape' in value) return { kind: 'tensor', shape: value.shape.map(size => size === null ? unknown : constant(size)) };
  return { kind: 'sequence', form: 'tuple', items: value.map(fromPlain) };
}
