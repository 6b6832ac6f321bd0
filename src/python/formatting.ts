import { plainText } from './describe';
import { longestSequence, string, unknownValue, type Value } from './values';

/** `'up%d' % i`, for plain fields. */
export function percentFormat(template: string, value: Value): Value {
  const texts = (value.kind === 'tuple' ? value.items : [value]).map(plainText);
  if (tooLong(template, texts)) return unknownValue;
  let next = 0;
  let known = true;
  const filled = template.replace(/%(.?)/gs, (_, conversion: string) => {
    if (conversion === '%') return '%';
    const piece = /^[sdi]$/.test(conversion) ? texts[next++] : undefined;
    if (piece === undefined) known = false;
    return piece ?? '';
  });
  return known && next === texts.length ? string(filled) : unknownValue;
}

/** Each `%s` takes one of the texts, each `{0}` may take the longest. */
function tooLong(template: string, texts: readonly (string | undefined)[], fields = 1): boolean {
  return template.length + fields * texts.reduce((sum, text) => sum + (text?.length ?? 0), 0) > longestSequence;
}

/** `'up{}'.format(i)`, for plain fields. */
export function braceFormat(text: string, values: readonly Value[]): Value {
  if (/\{\{|\{[^\d{}]|\{\d+[^\d}]/.test(text)) return unknownValue;
  const texts = values.map(plainText);
  if (tooLong(text, texts, text.split('{').length)) return unknownValue;
  let next = 0;
  let known = true;
  const filled = text.replace(/\{(\d*)\}/g, (_, index: string) => {
    const piece = texts[index === '' ? next++ : Number(index)];
    if (piece === undefined) known = false;
    return piece ?? '';
  });
  return known ? string(filled) : unknownValue;
}
