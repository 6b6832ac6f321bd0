import { asConstant } from '../algebra/integer';
import { format } from '../algebra/format';
import { asItems, type Value } from './values';

/** The value as Python would write it, for people; `undefined` where there is no short way. */
export function describe(value: Value): string | undefined {
  switch (value.kind) {
    case 'integer': return format(value.value);
    case 'float': return Number.isInteger(value.value) ? value.value.toFixed(1) : String(value.value);
    case 'boolean': return value.value ? 'True' : 'False';
    case 'none': return 'None';
    case 'string': return value.value.length > 40 ? undefined : `'${value.value}'`;
    case 'external': return value.name.split('.').at(-1);
    case 'unknown': return value.name;
    case 'tuple': case 'list': {
      const items = asItems(value)?.map(describe);
      if (items === undefined || items.length > 8 || items.includes(undefined)) return undefined;
      const text = items.join(', ');
      return value.kind === 'list' ? `[${text}]` : items.length === 1 ? `(${text},)` : `(${text})`;
    }
    default: return undefined;
  }
}

/** What `str()` gives, for the values of which that is certain. */
export function plainText(value: Value): string | undefined {
  if (value.kind === 'string') return value.value;
  if (value.kind === 'boolean') return value.value ? 'True' : 'False';
  if (value.kind === 'none') return 'None';
  const number = value.kind === 'integer' ? asConstant(value.value) : undefined;
  return number === undefined ? undefined : String(number);
}
