/** Text as it is, on one line, whatever it contains: names and strings of the user's code end up in Markdown of ours. */
export function plainText(text: string): string {
  return oneLine(text).replace(/[\\`*_{}[\]()#+\-.!|~$^:@]/g, '\\$&').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Text as code. A longer fence keeps backticks in the text from ending it. */
export function code(text: string): string {
  const content = oneLine(text);
  const longest = Math.max(0, ...[...content.matchAll(/`+/g)].map(match => match[0].length));
  const fence = '`'.repeat(longest + 1);
  return longest > 0 ? `${fence} ${content} ${fence}` : `${fence}${content}${fence}`;
}

/** Lines as a block of code. */
export function codeBlock(lines: readonly string[]): string {
  return ['```text', ...lines.map(line => oneLine(line).replaceAll('```', "'''")), '```'].join('\n');
}

/** A table cell may not hold a bar, not even in code. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
