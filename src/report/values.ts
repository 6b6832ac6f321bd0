import { format } from '../algebra/format';
import { asConstant, type Int } from '../algebra/integer';
import type { ArgumentValue } from '../frameworks/argument';

/** A value in JSON. */
export type Json = number | string | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** A known size is a number, a symbolic one a string (`8*ngf`), an unknown one null. */
export function integerToJson(value: Int): number | string | null {
  return value.known ? asConstant(value) ?? format(value) : null;
}

/** Python's `None` is null as well as what is unknown; {@link isUnknown} tells them apart. */
export function argumentToJson(value: ArgumentValue): Json {
  switch (value.kind) {
    case 'integer': return integerToJson(value.value);
    case 'float': return Number.isFinite(value.value) ? value.value : String(value.value);
    case 'boolean': case 'string': return value.value;
    case 'sequence': return value.items.map(argumentToJson);
    case 'tensor': return value.shape?.map(integerToJson) ?? null;
    case 'other': return value.description;
    case 'none': case 'unknown': return null;
  }
}

/** Whether the value, or a part of it, is not known. */
export function isUnknown(value: ArgumentValue): boolean {
  switch (value.kind) {
    case 'unknown': return true;
    case 'integer': return !value.value.known;
    case 'sequence': return value.items.some(isUnknown);
    default: return false;
  }
}
