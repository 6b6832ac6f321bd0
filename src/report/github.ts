import type { Analysis } from '../analysis';
import type { Finding, Severity } from '../rules/rule';
import { Locator, type Reporter } from './report';

const commands: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', information: 'notice', hint: 'notice' };

/**
 * Workflow commands that GitHub Actions shows as annotations on the changed lines.
 * A notebook's lines are not those of its cells: there the cell and line go into the message.
 * Source: GitHub Docs, "Workflow commands for GitHub Actions".
 */
export class GithubReporter implements Reporter {
  file(path: string, analysis: Analysis): string {
    const locator = new Locator(analysis);
    return analysis.findings.map(finding => annotation(path, finding, locator)).join('');
  }

  error(path: string, message: string): string {
    return command('error', { file: path, title: 'cannot be read' }, message);
  }

  end(): string {
    return '';
  }
}

function annotation(path: string, finding: Finding, locator: Locator): string {
  const { cell, start, end } = locator.range(finding.range);
  const title = `${finding.rule} ${finding.name}`;
  if (cell !== undefined) {
    return command(commands[finding.severity], { file: path, title }, `Cell ${cell + 1}, line ${start.line}: ${finding.message}`);
  }
  // Columns are for one line only.
  const columns: Readonly<Record<string, number>> = start.line === end.line ? { col: start.column, endColumn: end.column } : {};
  return command(commands[finding.severity], { file: path, line: start.line, endLine: end.line, ...columns, title }, finding.message);
}

function command(name: string, properties: Readonly<Record<string, string | number>>, message: string): string {
  const list = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
  return `::${name} ${list.join(',')}::${escapeData(message)}\n`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
