import type { SourceRange } from '../python/source';
import type { Edit, Rule, Violation } from './rule';
import type { Suppression } from './suppressions';

/**
 * A suppression comment that suppresses nothing. The driver runs it last: what a comment suppresses is
 * known only when all other rules have run, so its own `check` finds nothing.
 */
export const unusedSuppression: Rule = {
  code: 'TC901',
  name: 'unused-suppression',
  severity: 'information',
  summary: 'A suppression comment that suppresses nothing.',
  check: () => [],
};

/** @param usage which codes each suppression has suppressed. */
export function* unusedSuppressions(
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
        yield violation(suppression, `${what}.`, remove(suppression));
      }
      continue;
    }
    const idle = codes.filter(code => !used.has(code));
    if (idle.length === 0) continue;
    const kept = codes.filter(code => used.has(code));
    const reasons = idle.map(code => known.has(code) ? `${code} is not reported here` : `there is no rule ${code}`);
    const edit = kept.length === 0
      ? remove(suppression)
      : { range: suppression.range, text: `# tconv: ${suppression.scope === 'file' ? 'ignore-file' : 'ignore'}[${kept.join(', ')}]` };
    yield violation(suppression, `This comment suppresses nothing: ${reasons.join(', ')}.`, edit);
  }
}

function violation(suppression: Suppression, message: string, edit: Edit): Violation {
  return { range: suppression.range, message, fixes: [{ title: 'Remove the unused suppression', edits: [edit], preferred: true }] };
}

/** Leaves a comment that stands before it, and takes a comment sign for text that follows it. */
function remove(suppression: Suppression): Edit {
  const { range, comment } = suppression;
  const before = comment.text.slice(0, range.from - comment.range.from);
  const after = comment.text.slice(range.to - comment.range.from);
  const alone = before.trim() === '' && after.trim() === '';
  if (alone) return { range: comment.range, text: '' };
  const needsSign = after.trim() !== '' && !after.trimStart().startsWith('#');
  const trimmed: SourceRange = after.trim() === ''
    ? { ...range, from: range.from - (before.length - before.trimEnd().length), to: comment.range.to }
    : { ...range, to: range.to + (after.length - after.trimStart().length) };
  return { range: trimmed, text: needsSign ? '# ' : '' };
}
