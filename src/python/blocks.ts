/**
 * Where the blocks of a text begin, at `from` and behind it: a statement at the left margin, with all that
 * belongs to it. Each is parsed by itself, so that what is wrong in one, an indentation or a bracket that has
 * just been opened, changes nothing in the next.
 *
 * What follows from the beginning of a block depends on nothing before it.
 * @param from the beginning of the text, or of a block.
 */
export function* blockStarts(text: string, from = 0): Generator<number, void> {
  yield from;
  const open = { brackets: 0 };
  let decorated = text[from] === '@';
  for (const next of lineEnds(text, from, open)) if (beginsStatement(text, next, open.brackets)) {
    open.brackets = 0;
    if (!decorated) yield next;
    decorated = text[next] === '@';
  }
}

/** Where the lines of a text begin, at 0 and behind it; those within brackets and strings go on with the one before. */
export function* lineStarts(text: string): Generator<number, void> {
  yield 0;
  const open = { brackets: 0 };
  for (const next of lineEnds(text, 0, open)) if (open.brackets === 0) yield next;
}

/**
 * Behind each end of a line that stands in no string and is not continued.
 * @param open how many brackets are open there; who knows better may set it.
 */
function* lineEnds(text: string, from: number, open: { brackets: number }): Generator<number, void> {
  const marks = /'''|"""|["'#([{)\]}\\]|\r\n?|\n/g;
  marks.lastIndex = from;
  for (let mark = marks.exec(text); mark !== null; mark = marks.exec(text)) {
    const [found] = mark;
    const next = marks.lastIndex;
    if (found === '#') marks.lastIndex = endOf(/(?=[\r\n])/g, text, next);
    else if (found === '\\') marks.lastIndex = endOf(/\r\n|[^]/g, text, next);
    else if (found in stringEnds) marks.lastIndex = endOfString(text, next, found);
    else if ('([{'.includes(found)) open.brackets++;
    else if (')]}'.includes(found)) open.brackets = Math.max(0, open.brackets - 1);
    else yield next;
  }
}

/** Lines at the left margin that go on with the statement before, or with none: markers of conflicts are read as comments. */
const continuation = /[\s#)\]}\\]|(?:elif|else|except|finally)\b|(?:<{7}|={7}|>{7}|\|{7})(?:[ \t]|$)|$/my;
/** What cannot stand within brackets: one of them has not been closed yet. */
const certainStatement = /@\w|(?:(?:async[ \t]+)?def|class|import)[ \t]+\w|from[ \t]+[\w.]+[ \t]+import\b|(?:if|for|while|with|try)\b.*:[ \t]*(?:#.*)?$/my;

function beginsStatement(text: string, at: number, depth: number): boolean {
  const form = depth > 0 ? certainStatement : continuation;
  form.lastIndex = at;
  return form.test(text) === depth > 0;
}

const stringEnds: Readonly<Record<string, RegExp>> = {
  '"': /\\(?:\r\n|[^])|["\r\n]/g, "'": /\\(?:\r\n|[^])|['\r\n]/g,
  '"""': /\\[^]|"""/g, "'''": /\\[^]|'''/g,
};

/** Behind the string that a quote has opened. One in single quotes ends with its line, and then before the end of that. */
function endOfString(text: string, from: number, quote: string): number {
  const form = stringEnds[quote];
  if (form === undefined) return from;
  form.lastIndex = from;
  for (let mark = form.exec(text); mark !== null; mark = form.exec(text)) {
    if (mark[0] === quote) return form.lastIndex;
    if (!mark[0].startsWith('\\')) return mark.index;
  }
  return text.length;
}

/** Behind the next match; the end of the text where there is none. */
function endOf(form: RegExp, text: string, from: number): number {
  form.lastIndex = from;
  return form.test(text) ? form.lastIndex : text.length;
}
