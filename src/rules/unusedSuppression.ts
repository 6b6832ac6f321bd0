import type { SourceRange } from '../python/source';
import { noted } from './noted';
import type { Edit, Rule, RuleContext, Violation } from './rule';
import type { Suppression } from './suppressions';

/**
 * A suppression comment that suppresses nothing. The driver runs it last: what a comment suppresses is
 * known only when all other rules have run. Its own `check` finds comments that give no input a shape.
 */
export const unusedSuppression: Rule = {
  code: 'TC901',
  name: 'unused-suppression',
  severity: 'information',
  summary: 'A comment for this tool that has no effect: it suppresses nothing, or is not understood.',
  check: context => noted('unread-comment', context),
};

/** @param usage which codes each suppression has suppressed. */
export function* unusedSuppressions(
  context: RuleContext,
  suppressions: readonly Suppression[],
  usage: { usedCodes(suppression: Suppression): ReadonlySet<string> },
  rules: readonly Rule[],
): Iterable<Violation> {
  const known = new Set(rules.map(rule => rule.code));
  for (const suppression of suppressions) {
    const used = usage.usedCodes(suppression);
    const codes = suppression.codes;
    // What silences this rule itself is there on purpose.
    if (codes?.includes(unusedSuppression.code)) continue;
    if (codes === undefined || codes.length === 0) {
      if (used.size === 0) {
        const what = codes === undefined ? 'This comment suppresses nothing' : 'This comment names no rule';
        yield violation(suppression, `${what}.`, remove(context, suppression));
      }
      continue;
    }
    const idle = codes.filter(code => !used.has(code));
    if (idle.length === 0) continue;
    const kept = codes.filter(code => used.has(code));
    const reasons = idle.map(code => known.has(code) ? `${code} is not reported here` : `there is no rule ${code}`);
    const edit = kept.length === 0
      ? remove(context, suppression)
      : { range: suppression.range, text: `# tconv: ${suppression.scope === 'file' ? 'ignore-file' : 'ignore'}[${kept.join(', ')}]` };
    yield violation(suppression, `This comment suppresses nothing: ${reasons.join(', ')}.`, edit);
  }
}

function violation(suppression: Suppression, message: string, edit: Edit): Violation {
  return { range: suppression.range, message, fixes: [{ title: 'Remove the unused suppression', edits: [edit], preferred: true }] };
}

/** Leaves a comment that stands before it, and takes a comment sign for text that follows it. */
function remove(context: RuleContext, { range, comment }: Suppression): Edit {
  const after = comment.text.slice(range.to - comment.range.from);
  if (after.trim() !== '') {
    const text = after.trimStart();
    return { range: { ...range, to: comment.range.to - text.length }, text: text.startsWith('#') ? '' : '# ' };
  }
  // The space before it goes too.
  const before = context.text({ ...range, from: Math.max(0, range.from - 80), to: range.from });
  const space: SourceRange = { ...range, from: range.from - (/[ \t]*$/.exec(before)?.[0].length ?? 0), to: comment.range.to };
  return { range: space, text: '' };
}
