import assert from 'node:assert/strict';
import { analyzeFile } from '../../src/analyze';
import type { Analysis, AnalysisOptions } from '../../src/analysis';
import type { Edit, Finding } from '../../src/rules/rule';
import { LineIndex } from '../../src/python/source';

/**
 * Analyses marked source: a comment line under a line of code marks with carets what is reported there.
 *
 *     nn.ConvTranspose2d(8, 8, 3, 2)
 *     #                        ^ warning TC101: Uneven overlap
 *
 * `#<` marks the first column, where a caret cannot stand; the text after the colon is the beginning of the
 * message and may be left out. What is reported must be what is marked, no more and no less.
 * Codes in `ignored` are left out, marked or not.
 */
export function check(marked: string, options: Partial<AnalysisOptions> & { readonly ignored?: readonly string[] } = {}): Analysis {
  const { code, expected } = readMarks(unindent(marked));
  const analysis = analyzeFile(code, options);
  const index = new LineIndex(code);
  const found = analysis.findings
    .filter(finding => options.ignored?.includes(finding.rule) !== true)
    .map(finding => toMark(finding, index));
  const matched = found.map(mark => {
    const wanted = expected.find(each => each.line === mark.line && each.column === mark.column && each.code === mark.code);
    return wanted !== undefined && mark.message.startsWith(wanted.message) ? { ...mark, message: wanted.message } : mark;
  });
  assert.deepEqual(matched.map(show).sort(), expected.map(show).sort(), code);
  return analysis;
}

/** Leading spaces that all lines share are taken off, and the empty first line. */
export function unindent(text: string): string {
  const lines = text.replace(/^\n/, '').split('\n');
  const indents = lines.filter(line => line.trim() !== '').map(line => line.length - line.trimStart().length);
  const shared = Math.min(...indents);
  return lines.map(line => line.slice(shared)).join('\n');
}

export function applyEdits(text: string, edits: readonly Edit[]): string {
  let result = text;
  for (const { range, text: insert } of [...edits].sort((a, b) => b.range.from - a.range.from)) {
    result = result.slice(0, range.from) + insert + result.slice(range.to);
  }
  return result;
}

interface Mark {
  readonly line: number;
  readonly column: number;
  readonly width: number;
  readonly severity: string;
  readonly code: string;
  readonly message: string;
}

const markLine = /^(?<indent>\s*)#(?<place>[ ]*\^+|<)[ ](?<severity>error|warning|information|hint)[ ](?<code>TC\d+)(?::[ ]?(?<message>.*))?$/;

/** Takes the marks out of the source. */
function readMarks(marked: string): { readonly code: string; readonly expected: readonly Mark[] } {
  const code: string[] = [];
  const expected: Mark[] = [];
  for (const text of marked.split('\n')) {
    const groups = markLine.exec(text)?.groups;
    if (groups === undefined) {
      code.push(text);
      continue;
    }
    const first = text.indexOf('^');
    const place = groups['place'] ?? '';
    expected.push({
      line: code.length - 1,
      column: place === '<' ? 0 : first,
      width: place === '<' ? 0 : text.lastIndexOf('^') - first + 1,
      severity: groups['severity'] ?? '',
      code: groups['code'] ?? '',
      message: groups['message'] ?? '',
    });
  }
  return { code: code.join('\n'), expected };
}

function toMark(finding: Finding, index: LineIndex): Mark {
  const start = index.position(finding.range.from);
  const end = index.position(finding.range.to);
  return {
    ...start, width: start.column === 0 ? 0 : start.line === end.line ? end.column - start.column : -1,
    severity: finding.severity, code: finding.rule, message: finding.message,
  };
}

function show({ line, column, width, severity, code, message }: Mark): string {
  return `${line + 1}:${column + 1} +${width} ${severity} ${code}: ${message}`;
}
