import type { Analysis } from '../../../src/analysis';
import { Flow } from '../../../src/network/flow';
import type { SourceRange } from '../../../src/python/source';
import type { Finding } from '../../../src/rules/rule';

/** An analysis with findings and no layers; each finding marks the first place where its text stands. */
export function analysisWith(
  cells: readonly (string | undefined)[],
  findings: readonly (Partial<Finding> & { readonly at: string; readonly relatedTo?: string; readonly replace?: string })[],
  kind: 'file' | 'notebook' = 'file',
): Analysis {
  const rangeOf = (text: string): SourceRange => {
    for (const [cell, content] of cells.entries()) {
      const from = content?.indexOf(text) ?? -1;
      if (from >= 0) return { from, to: from + text.length, cell };
    }
    throw new Error(`${text} is in no cell`);
  };
  return {
    source: { kind, cells }, layers: [], imported: [], asked: [], flow: Flow.none,
    findings: findings.map(({ at, relatedTo, replace, ...finding }) => ({
      rule: 'TC101', name: 'uneven-overlap', severity: 'warning', message: 'Uneven.', range: rangeOf(at),
      fixes: replace === undefined ? [] : [{ title: `Use ${replace}`, preferred: true, edits: [{ range: rangeOf(at), text: replace }] }],
      related: relatedTo === undefined ? [] : [{ range: rangeOf(relatedTo), message: 'The other.' }],
      ...finding,
    })),
  };
}
