import type { SourceRange } from '../python/source';
import { importedViolations } from './importedViolations';
import { layerViolations } from './layerViolations';
import { compareRanges } from './range';
import { rules as allRules } from './index';
import type { Finding, Fix, Related, Rule, RuleContext, Severity, SeveritySetting, Violation } from './rule';
import { LineSuppressions, readSuppressions, type Suppression } from './suppressions';
import { unusedSuppression, unusedSuppressions } from './unusedSuppression';

/**
 * Runs every rule over the layers of a document.
 *
 * @param severities per rule code; what is not named keeps the rule's default.
 * @returns the findings in source order, each once, suppressed ones left out.
 */
export function checkLayers(
  context: RuleContext,
  severities: Readonly<Record<string, SeveritySetting>> = {},
): readonly Finding[] {
  const suppressions = readSuppressions(context.comments ?? []);
  const filter = new SuppressionFilter(suppressions, context);
  const findings: Finding[] = [];
  const report = (rule: Rule, violation: Violation): void => {
    if (filter.suppresses(rule.code, violation)) return;
    const usual = severityOf(rule, severities);
    if (usual === undefined) return;
    findings.push(new ReportedFinding(rule, violation.severity ?? usual, violation));
  };
  // Rules that are off run as well: a suppression of what they would say is not unused.
  for (const layer of context.layers) layerViolations(context, layer, report);
  importedViolations(context, report);
  for (const rule of allRules) for (const violation of rule.check?.(context) ?? []) report(rule, violation);
  for (const violation of unusedSuppressions(context, suppressions, filter, allRules)) report(unusedSuppression, violation);
  return findings.sort(compareFindings).filter((finding, index) => !isSame(finding, findings[index - 1]));
}

/** Which suppressions hold for a finding, and which codes of them have been of use. */
export class SuppressionFilter {
  private readonly lines: LineSuppressions;
  private readonly whole: readonly Suppression[];
  private readonly isEmpty: boolean;
  private readonly used = new Map<Suppression, Set<string>>();

  constructor(suppressions: readonly Suppression[], context: RuleContext) {
    this.lines = new LineSuppressions(suppressions, range => context.text(range));
    this.whole = suppressions.filter(each => each.scope === 'file');
    this.isEmpty = suppressions.length === 0;
  }

  /** Whether a finding of the rule is suppressed. Remembers by what. */
  suppresses(code: string, violation: Violation): boolean {
    if (this.isEmpty || violation.range.file !== undefined) return false;
    const nearby = [...this.whole, ...this.lines.at(violation.range), ...(violation.call ? this.lines.at(violation.call) : [])];
    const matching = nearby.filter(each => each.codes?.includes(code)
      // Or every unused `# tconv: ignore` would suppress the report that it is unused.
      ?? code !== unusedSuppression.code);
    for (const suppression of matching) {
      this.used.set(suppression, (this.used.get(suppression) ?? new Set<string>()).add(code));
    }
    return matching.length > 0;
  }

  /** The codes that the suppression has suppressed. */
  usedCodes(suppression: Suppression): ReadonlySet<string> {
    return this.used.get(suppression) ?? new Set();
  }
}

function severityOf(rule: Rule, severities: Readonly<Record<string, SeveritySetting>>): Severity | undefined {
  const setting = Object.hasOwn(severities, rule.code) ? severities[rule.code] : undefined;
  const severity = setting ?? rule.severity;
  return severity === 'off' ? undefined : severity;
}

/** What a rule has found, under its name. Fixes and related places are worked out when somebody asks. */
class ReportedFinding implements Finding {
  readonly rule: string;
  readonly name: string;
  readonly range: SourceRange;
  readonly message: string;
  readonly call?: SourceRange;

  constructor({ code, name }: Rule, readonly severity: Severity, private readonly violation: Violation) {
    const { range, message, note = '', call } = violation;
    this.rule = code;
    this.name = name;
    this.range = range;
    this.message = message + note;
    if (call !== undefined) this.call = call;
  }

  get fixes(): readonly Fix[] {
    return this.violation.fixes ?? [];
  }

  get related(): readonly Related[] {
    return this.violation.related ?? [];
  }
}

function compareFindings(a: Finding, b: Finding): number {
  return compareRanges(a.range, b.range) || compareText(a.rule, b.rule) || compareText(a.message, b.message);
}

function isSame(a: Finding, b: Finding | undefined): boolean {
  return b !== undefined && a.range.file === b.range.file && compareFindings(a, b) === 0;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
