import { readFileSync } from 'node:fs';
import { type Int, asConstant, constant, symbol } from '../../../src/algebra/integer';
import type { Applied, Problem, Reading, ReadingOptions } from '../../../src/frameworks/api';
import type { ArgumentValue, GivenArguments } from '../../../src/frameworks/argument';
import { findApi } from '../../../src/frameworks/index';

/** Python values as the golden files write them: see test/oracle/README.md. */
export type GoldenValue =
  | number | string | boolean | null | readonly GoldenValue[]
  | { readonly tuple: readonly GoldenValue[] } | { readonly float: number }
  | { readonly tensor: readonly number[] } | { readonly other: string };

export interface GoldenCall {
  readonly api: string;
  readonly args: readonly GoldenValue[];
  readonly kwargs: Readonly<Record<string, GoldenValue>>;
}

export interface ShapeCase extends GoldenCall {
  /** `null` entries are sizes that the framework leaves open. */
  readonly input: readonly (number | null)[] | null;
  readonly call?: { readonly output_size?: GoldenValue };
  readonly output: readonly (number | null)[] | null;
  readonly error: { readonly when: 'construction' | 'call'; readonly type: string; readonly text: string } | null;
}

export interface GoldenTensor {
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

/** The cases of one golden file: its first line, which names versions, left out. */
export function goldenCases<Case>(file: string): readonly Case[] {
  const text = readFileSync(new URL(`../../oracle/golden/${file}.jsonl`, import.meta.url), 'utf8');
  return text.trimEnd().split('\n').slice(1).map(line => JSON.parse(line) as Case);
}

export function argumentValue(value: GoldenValue): ArgumentValue {
  if (value === null) return { kind: 'none' };
  if (typeof value === 'number') return { kind: 'integer', value: constant(value) };
  if (typeof value === 'string') return { kind: 'string', value };
  if (typeof value === 'boolean') return { kind: 'boolean', value };
  if ('tuple' in value) return { kind: 'sequence', form: 'tuple', items: value.tuple.map(argumentValue) };
  if ('float' in value) return { kind: 'float', value: value.float };
  if ('tensor' in value) return { kind: 'tensor', shape: value.tensor.map(constant) };
  if ('other' in value) return { kind: 'other', description: value.other };
  return { kind: 'sequence', form: 'list', items: value.map(argumentValue) };
}

export function readCall(call: GoldenCall, options: ReadingOptions): Reading {
  const api = findApi(call.api);
  if (api === undefined) throw new Error(`no API is called ${call.api}`);
  const given: GivenArguments = {
    given: [
      ...call.args.map(value => ({ value: argumentValue(value), keyword: undefined })),
      ...Object.entries(call.kwargs).map(([keyword, value]) => ({ value: argumentValue(value), keyword })),
    ].map((argument, source) => ({ ...argument, source })),
    unknownPositional: false, unknownKeywords: false,
  };
  return api.read(given, options);
}

/** What the engine says about a shape case. An open size becomes a symbol. */
export function applyCase(shapeCase: ShapeCase, options: ReadingOptions): Applied {
  const reading = readCall(shapeCase, options);
  const input = shapeCase.input?.map((size, axis) => size === null ? symbol(`n${axis}`, { minimum: 1 }) : constant(size)) ?? reading.input;
  const outputSize = shapeCase.call?.output_size;
  const applied = reading.apply(input, outputSize === undefined ? {} : { outputSize: argumentValue(outputSize) });
  return { output: applied.output, problems: [...reading.problems, ...applied.problems] };
}

/** TC302 is advice: what it is about may well run. */
export function isError(problem: Problem): boolean {
  return problem.kind !== 'argument-order';
}

/** Sizes as numbers; `null` where one is not a constant. */
export function sizes(shape: readonly Int[]): readonly (number | null)[] {
  return shape.map(size => asConstant(size) ?? null);
}
