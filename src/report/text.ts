import type { Analysis } from '../analysis';
import type { Finding, Severity } from '../rules/rule';
import { excerpt, printable } from './excerpt';
import { Locator, place, type LineColumnRange, type Reporter } from './report';

export interface TextOptions {
  readonly colours: boolean;
}

/**
 * For people at a terminal:
 *
 * ```text
 * models/unet.py:12:41: warning TC101 uneven-overlap: …
 *     12 |     self.up = nn.ConvTranspose2d(64, 32, kernel_size=3, stride=2)
 *        |                                          ^^^^^^^^^^^^^
 *        = fix: …
 * ```
 */
export class TextReporter implements Reporter {
  private readonly counts: Record<Severity, number> = { error: 0, warning: 0, information: 0, hint: 0 };
  private files = 0;
  private layers = 0;
  private unreadable = 0;

  constructor(private readonly options: TextOptions) {}

  file(path: string, analysis: Analysis): string {
    this.files++;
    this.layers += analysis.layers.length;
    const locator = new Locator(analysis);
    return analysis.findings.map(finding => this.finding(path, finding, locator)).join('');
  }

  error(path: string, message: string): string {
    this.unreadable++;
    return `${this.paint('bold', printable(path))}: ${this.paint('error', 'cannot be read')}: ${printable(message)}\n\n`;
  }

  end(): string {
    const findings = Object.values(this.counts).reduce((sum, count) => sum + count, 0);
    const scope = `${quantity(this.layers, 'transposed convolution')} in ${quantity(this.files, 'file')}`;
    const unread = this.unreadable === 0 ? '' : `; ${quantity(this.unreadable, 'file')} not checked`;
    if (findings === 0) return `Checked ${scope}: nothing found${unread}.\n`;
    const severities = (Object.keys(this.counts) as Severity[]).filter(severity => this.counts[severity] > 0)
      .map(severity => this.paint(severity, quantity(this.counts[severity], nouns[severity])));
    return `Checked ${scope}: ${severities.join(', ')}${unread}.\n`;
  }

  private finding(path: string, finding: Finding, locator: Locator): string {
    this.counts[finding.severity]++;
    const range = locator.range(finding.range);
    const title = `${this.paint(finding.severity, `${finding.severity} ${finding.rule}`)} ${finding.name}`;
    const gutter = ' '.repeat(Math.max(6, String(range.start.line).length + 2));
    const notes = [
      ...finding.related.map(related => `note: ${placeOf(path, related.range, locator)}: ${related.message}`),
      ...finding.fixes.map(fix => `fix: ${fix.title}`),
    ].map(note => `${gutter} = ${printable(note)}\n`);
    return [
      `${this.paint('bold', place(printable(path), range))}: ${title}: ${printable(finding.message)}\n`,
      this.source(finding, range, locator, gutter),
      ...notes, '\n',
    ].join('');
  }

  private source(finding: Finding, range: LineColumnRange, locator: Locator, gutter: string): string {
    const { start, end } = range;
    const line = locator.line(finding.range, start.line);
    const { code, marks } = excerpt(line, start.column - 1, end.line === start.line ? end.column - 1 : line.length);
    const number = String(start.line).padStart(gutter.length);
    return `${this.paint('faint', `${number} |`)} ${code}\n`
      + `${this.paint('faint', `${gutter} |`)} ${this.paint(finding.severity, marks)}\n`;
  }

  private paint(style: keyof typeof styles, text: string): string {
    return this.options.colours ? `\u001b[${styles[style]}m${text}\u001b[0m` : text;
  }
}

const styles = { error: '1;31', warning: '1;33', information: '36', hint: '36', bold: '1', faint: '2' } as const;

const nouns: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', information: 'note', hint: 'hint' };

/** A place in the document, or in another file. */
function placeOf(path: string, range: Finding['range'], locator: Locator): string {
  return place(range.file ?? path, locator.range(range));
}

function quantity(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
