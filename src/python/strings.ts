const simpleEscapes: Readonly<Record<string, string>> = {
  '\\': '\\', "'": "'", '"': '"', a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v', '\n': '', '\r\n': '',
};

/** The value of a string literal as written: prefixes, quotes and escapes resolved. */
export function stringValue(literal: string): string {
  const match = /^([a-zA-Z]*)("""|'''|"|')/.exec(literal);
  if (match === null) return literal;
  const [opening, prefix = '', quote = ''] = match;
  const end = literal.endsWith(quote) && literal.length >= opening.length + quote.length ? literal.length - quote.length : literal.length;
  const body = literal.slice(opening.length, end);
  if (/r/i.test(prefix)) return body;
  return body.replace(/\\(\r\n|[0-7]{1,3}|x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|[^])/g, (whole: string, code: string) => {
    const simple = simpleEscapes[code];
    if (simple !== undefined) return simple;
    if (/^[0-7]/.test(code)) return String.fromCodePoint(parseInt(code, 8));
    const point = /^[xuU]/.test(code) && code.length > 1 ? parseInt(code.slice(1), 16) : NaN;
    return point <= 0x10FFFF ? String.fromCodePoint(point) : whole;
  });
}
