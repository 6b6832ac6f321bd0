const tabWidth = 4;
const maximumWidth = 110;

/** A line of source with marks under a part of it, both ready for a terminal. */
export interface Excerpt {
  readonly code: string;
  readonly marks: string;
}

/**
 * Shows columns `from` to `to` (0-based, UTF-16) of a line: tabs as spaces, wide characters as two columns,
 * control characters as `·`. A line that is too long loses its indentation; if that is not enough, it is
 * cut around the marks.
 */
export function excerpt(line: string, from: number, to: number): Excerpt {
  const start = Math.max(0, Math.min(from, line.length));
  const end = Math.max(start, Math.min(to, line.length));
  const before = expand(line.slice(0, start), 0);
  const marked = expand(line.slice(start, end), before.width);
  const after = expand(line.slice(end), before.width + marked.width);
  const full = { code: before.text + marked.text + after.text, marks: ' '.repeat(before.width) + '^'.repeat(Math.max(1, marked.width)) };
  if (before.width + marked.width + after.width <= maximumWidth) return { ...full, code: full.code.trimEnd() };
  const indentation = Math.min(start, line.length - line.trimStart().length);
  if (indentation > 0) return excerpt(line.slice(indentation), start - indentation, end - indentation);
  return cut(before, marked, after);
}

/** What can drive a terminal is shown as `·`: names and messages come from the text under analysis. */
export function printable(text: string): string {
  return text.replace(controls, '·');
}

/** C0 and C1 controls, and the marks that turn the direction of writing. */
const controls = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g; // eslint-disable-line no-control-regex

interface Expanded {
  readonly text: string;
  readonly width: number;
}

function expand(text: string, column: number): Expanded {
  let out = '';
  let at = column;
  for (const character of text) {
    if (character === '\t') {
      const spaces = tabWidth - at % tabWidth;
      out += ' '.repeat(spaces);
      at += spaces;
    } else {
      out += printable(character);
      at += widthOf(character);
    }
  }
  return { text: out, width: at - column };
}

/** Keeps the marked part and what fits around it. */
function cut(before: Expanded, marked: Expanded, after: Expanded): Excerpt {
  const shown = [...marked.text].slice(0, maximumWidth);
  const room = maximumWidth - shown.length;
  const left = lastCharacters(before.text, Math.min(before.width, Math.max(Math.floor(room / 2), room - after.width)));
  const right = [...after.text].slice(0, Math.max(0, room - left.length));
  const opening = left.length < [...before.text].length ? '…' : '';
  const closing = right.length < [...after.text].length || shown.length < [...marked.text].length ? '…' : '';
  const leftText = opening + left.join('');
  return {
    code: `${leftText}${shown.join('')}${right.join('')}${closing}`.trimEnd(),
    marks: ' '.repeat(expand(leftText, 0).width) + '^'.repeat(Math.max(1, expand(shown.join(''), 0).width)),
  };
}

function lastCharacters(text: string, count: number): readonly string[] {
  const characters = [...text];
  return characters.slice(Math.max(0, characters.length - count));
}

/** Columns that a terminal gives to a character. */
function widthOf(character: string): number {
  if (/\p{Mark}/u.test(character)) return 0;
  return /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u.test(character) ? 2 : 1;
}
