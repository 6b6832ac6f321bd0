import { bounds } from '../algebra/bounds';
import { floorDivide } from '../algebra/division';
import { type Int, add, asConstant, constant, multiply, subtract, unknown } from '../algebra/integer';
import { positivePart } from '../algebra/maximum';
import { format } from '../algebra/format';
import type { ArgumentValue } from './argument';

/** An argument of the form "one integer, or one for each axis", before a framework judges it. */
export type SizesArgument =
  /** One size an axis; an axis that is not known is unknown. */
  | { readonly kind: 'sizes'; readonly values: readonly Int[] }
  | { readonly kind: 'wrongLength'; readonly items: readonly ArgumentValue[] }
  /** Not a number where one is needed; `index` says where in a sequence. */
  | { readonly kind: 'wrongType'; readonly found: ArgumentValue; readonly index: number | undefined };

export interface SizesForm {
  /** Number of axes. */
  readonly rank: number;
  /** A sequence of one entry counts for all axes. */
  readonly broadcastsOne?: boolean;
  /** Python's True and False count as 1 and 0. */
  readonly takesBooleans?: boolean;
  /** In a sequence, `2.0` counts as 2. */
  readonly takesWholeFloats?: boolean;
}

/** Reads "an integer or one for each axis". What may be anything is unknown; what is certainly wrong is told apart. */
export function readSizes(value: ArgumentValue, form: SizesForm): SizesArgument {
  if (value.kind !== 'sequence') {
    const size = readSize(value, form);
    return size === undefined ? { kind: 'wrongType', found: value, index: undefined } : { kind: 'sizes', values: repeat(size, form.rank) };
  }
  const values: Int[] = [];
  for (const [index, item] of value.items.entries()) {
    const whole = form.takesWholeFloats === true && item.kind === 'float' && Number.isSafeInteger(item.value);
    const size = whole ? constant(item.value) : readSize(item, form);
    if (size === undefined) return { kind: 'wrongType', found: item, index };
    values.push(size);
  }
  const [only] = values;
  if (values.length === 1 && only !== undefined && form.broadcastsOne === true) return { kind: 'sizes', values: repeat(only, form.rank) };
  return values.length === form.rank ? { kind: 'sizes', values } : { kind: 'wrongLength', items: value.items };
}

/** One integer; `undefined` where the value is certainly none. */
export function readSize(value: ArgumentValue, form: Pick<SizesForm, 'takesBooleans'> = {}): Int | undefined {
  if (value.kind === 'integer') return value.value;
  if (value.kind === 'boolean' && form.takesBooleans === true) return constant(Number(value.value));
  if (value.kind === 'unknown') return value.symbol ?? unknown;
  // A tensor of one element, or an object with __index__, may do as an integer.
  return value.kind === 'tensor' || value.kind === 'other' ? unknown : undefined;
}

export function repeat<T>(value: T, times: number): readonly T[] {
  return Array.from({ length: times }, () => value);
}

/** The first axis whose size is certainly below `minimum`. */
export function firstBelow(values: readonly Int[], minimum: number): number | undefined {
  const axis = values.findIndex(value => bounds(value).upper < minimum);
  return axis < 0 ? undefined : axis;
}

/** Whether `left >= right` for all values of their symbols. */
export function certainlyAtLeast(left: Int, right: Int): boolean {
  return bounds(subtract(left, right)).lower >= 0;
}

/** Taps from the first to the last, `dilation·(kernelSize - 1) + 1`. */
export function effectiveKernel(kernelSize: Int, dilation: Int): Int {
  return add(multiply(dilation, subtract(kernelSize, 1)), 1);
}

/** `floor(max(value, 0) / 2)`. */
export function halfOfPositive(value: Int): Int {
  return floorDivide(positivePart(value), 2);
}

/** A size as an operand in a formula: the parameter's name where it is not known, in brackets where it is a sum. */
export function operand(value: Int, name: string): string {
  if (!value.known) return name;
  const text = format(value, { times: '·' });
  return /^(?:[\p{L}\p{N}_.·]+|\(.*\))$/u.test(text) && !text.includes(') ') ? text : `(${text})`;
}

/** Python's truth of a value; `undefined` where it is not known. */
export function truth(value: ArgumentValue): boolean | undefined {
  switch (value.kind) {
    case 'boolean': return value.value;
    case 'none': return false;
    case 'float': return value.value !== 0;
    case 'string': return value.value !== '';
    case 'sequence': return value.items.length > 0;
    case 'integer': {
      const number = asConstant(value.value);
      return number === undefined ? undefined : number !== 0;
    }
    default: return undefined;
  }
}
