import { asConstant } from '../algebra/integer';
import { format, formatFloat } from '../algebra/format';
import { asItems, type Value } from './values';

/** The value as Python would write it, for people; `undefined` where there is no short way. */
export function describe(value: Value): string | undefined {
  switch (value.kind) {
    case 'integer': return format(value.value);
    case 'float': return formatFloat(value.value);
    case 'boolean': return value.value ? 'True' : 'False';
    case 'none': return 'None';
    case 'string': return value.value.length > 40 ? undefined : `'${value.value}'`;
    case 'external': return value.name.split('.').at(-1);
    case 'unknown': return value.name;
    case 'tuple': case 'list': {
      const items = asItems(value);
      const text = items && describeItems(items);
      if (items === undefined || text === undefined) return undefined;
      return value.kind === 'list' ? `[${text}]` : items.length === 1 ? `(${text},)` : `(${text})`;
    }
    default: return undefined;
  }
}

/** Stops as soon as it is too long: lists may hold one another many times over. */
function describeItems(items: readonly Value[]): string | undefined {
  if (items.length > 8) return undefined;
  let text = '';
  for (const item of items) {
    const one = describe(item);
    if (one === undefined || text.length > longest) return undefined;
    text += `${text === '' ? '' : ', '}${one}`;
  }
  return text;
}

const longest = 200;

/** What `str()` gives, for the values of which that is certain. */
export function plainText(value: Value): string | undefined {
  if (value.kind === 'string') return value.value;
  if (value.kind === 'boolean') return value.value ? 'True' : 'False';
  if (value.kind === 'none') return 'None';
  const number = value.kind === 'integer' ? asConstant(value.value) : undefined;
  return number === undefined ? undefined : String(number);
}
