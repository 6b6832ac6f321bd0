import { type Int, constant, symbol } from '../../../src/algebra/integer';
import type { Problem, Reading, ReadingOptions } from '../../../src/frameworks/api';
import type { ArgumentValue, GivenArguments } from '../../../src/frameworks/argument';
import { findApi } from '../../../src/frameworks/index';
import { type PlainArgument, fromPlain } from '../../../src/frameworks/plain';
import { pythonText } from '../../../src/frameworks/value';

/** An argument in a test: JSON, or a value that JSON cannot say. */
export type TestArgument = PlainArgument | ArgumentValue;
export type Keywords = Readonly<Record<string, TestArgument>>;

export const unknownArgument: ArgumentValue = { kind: 'unknown' };

export function call(positional: readonly TestArgument[], keywords: Keywords = {}, hidden: Partial<GivenArguments> = {}): GivenArguments {
  return {
    given: [
      ...positional.map(value => ({ value: toValue(value), keyword: undefined })),
      ...Object.entries(keywords).map(([keyword, value]) => ({ value: toValue(value), keyword })),
    ].map((argument, source) => ({ ...argument, source })),
    unknownPositional: false, unknownKeywords: false, ...hidden,
  };
}

export function read(api: string, positional: readonly TestArgument[], keywords: Keywords = {}, options: Partial<ReadingOptions> = {}): Reading {
  const found = findApi(api);
  if (found === undefined) throw new Error(`no API ${api}`);
  return found.read(call(positional, keywords), { kerasVersion: 3, ...options });
}

/** Every argument as text, for short comparisons. */
export function argumentTexts(reading: Reading): Record<string, string> {
  return Object.fromEntries(Object.entries(reading.arguments).map(([name, value]) => [name, pythonText(value)]));
}

/** `kind parameter`, for short comparisons. */
export function kinds(problems: readonly Problem[]): readonly string[] {
  return problems.map(problem => `${problem.kind} ${problem.parameter ?? '-'}`);
}

/** A shape from numbers and names of symbols. */
export function shape(...sizes: readonly (number | string)[]): readonly Int[] {
  return sizes.map(size => typeof size === 'number' ? constant(size) : symbol(size, { minimum: 1 }));
}

export function toValue(value: TestArgument): ArgumentValue {
  return typeof value === 'object' && value !== null && 'kind' in value ? value : fromPlain(value);
}
