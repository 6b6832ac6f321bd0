/** Strings whole, so that brackets in them do not count; comments; brackets. */
const tokens = /[rbuf]{0,2}("""|''')(?:\\[\s\S]|(?!\1)[\s\S])*\1|"(?:\\[\s\S]|[^"\\\n])*"|'(?:\\[\s\S]|[^'\\\n])*'|#[^\n]*|[([{]|[)\]}]|["']/gi;

/**
 * How long the argument list is that stands at the beginning of a text: where `Conv2D(8, 3)` is applied at once,
 * `(x)` after it is no other statement but part of the same.
 * @param text what follows a call.
 * @returns 3 for `(x)`; 0 where no list begins there, or where it does not end.
 */
export function argumentListLength(text: string): number {
  if (!text.startsWith('(')) return 0;
  let depth = 0;
  for (const { 0: token, index } of text.matchAll(tokens)) {
    if (token === '"' || token === "'") return 0;   // a string without an end
    if ('([{'.includes(token)) depth++;
    else if (')]}'.includes(token) && --depth === 0) return index + 1;
  }
  return 0;
}
