import type { Analysis } from '../analysis';
import type { SourceRange } from '../python/source';
import type { Finding, Fix, Rule, Severity, SeveritySetting } from '../rules/rule';
import { Locator, type LineColumnRange, type Reporter } from './report';

const levels: Readonly<Record<SeveritySetting, string>> = {
  error: 'error', warning: 'warning', information: 'note', hint: 'note', off: 'none',
};

export interface SarifOptions {
  readonly version: string;
  readonly rules: readonly Rule[];
}

/**
 * One SARIF run, for code-scanning services. A notebook's result names its cell in the message and in
 * `properties.cell`, and has no region: SARIF regions are of the file, not of a cell.
 * Source: OASIS, Static Analysis Results Interchange Format 2.1.0.
 */
export class SarifReporter implements Reporter {
  private readonly results: unknown[] = [];
  private readonly notifications: unknown[] = [];

  constructor(private readonly options: SarifOptions) {}

  file(path: string, analysis: Analysis): string {
    const locator = new Locator(analysis);
    for (const finding of analysis.findings) this.results.push(this.result(path, finding, locator));
    return '';
  }

  error(path: string, message: string): string {
    this.notifications.push({
      level: 'error', message: { text: message }, locations: [{ physicalLocation: { artifactLocation: artifact(path) } }],
    });
    return '';
  }

  end(): string {
    const rules = this.options.rules.map(rule => ({
      id: rule.code, name: rule.name, shortDescription: { text: rule.summary },
      defaultConfiguration: { enabled: rule.severity !== 'off', level: levels[rule.severity] },
    }));
    const run = {
      tool: { driver: { name: 'tconv', version: this.options.version, rules } },
      columnKind: 'utf16CodeUnits',
      invocations: [{ executionSuccessful: this.notifications.length === 0, toolExecutionNotifications: this.notifications }],
      results: this.results,
    };
    return `${JSON.stringify({ $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] }, null, 2)}\n`;
  }

  private result(path: string, finding: Finding, locator: Locator): unknown {
    const range = locator.range(finding.range);
    const index = this.options.rules.findIndex(rule => rule.code === finding.rule);
    const cell = range.cell === undefined ? '' : `Cell ${range.cell + 1}, line ${range.start.line}: `;
    return {
      ruleId: finding.rule,
      ...(index < 0 ? {} : { ruleIndex: index }),
      level: levels[finding.severity satisfies Severity],
      message: { text: cell + finding.message },
      locations: [location(path, finding.range, locator)],
      ...(finding.related.length === 0 ? {} : {
        relatedLocations: finding.related.map((related, id) => ({
          id, ...location(path, related.range, locator), message: { text: related.message },
        })),
      }),
      ...(finding.fixes.length === 0 || range.cell !== undefined ? {} : {
        fixes: finding.fixes.map(fix => sarifFix(path, fix, locator)),
      }),
      ...(range.cell === undefined ? {} : { properties: { cell: range.cell } }),
    };
  }
}

function location(path: string, range: SourceRange, locator: Locator): object {
  const found = locator.range(range);
  return { physicalLocation: {
    artifactLocation: artifact(range.file ?? path),
    ...(found.cell === undefined ? { region: region(found) } : {}),
  } };
}

function sarifFix(path: string, fix: Fix, locator: Locator): object {
  const replacements = fix.edits.map(edit => ({
    deletedRegion: region(locator.range(edit.range)), insertedContent: { text: edit.text },
  }));
  return { description: { text: fix.title }, artifactChanges: [{ artifactLocation: artifact(path), replacements }] };
}

function region({ start, end }: LineColumnRange): object {
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
}

/** Relative paths stay relative; each part is percent-encoded. */
function artifact(path: string): object {
  const drive = /^[A-Za-z]:(?=\/)/.exec(path)?.[0] ?? '';
  const encoded = path.slice(drive.length).split('/').map(encodeURIComponent).join('/');
  if (drive !== '') return { uri: `file:///${drive}${encoded}` };
  return { uri: encoded.startsWith('/') ? `file://${encoded}` : encoded };
}
