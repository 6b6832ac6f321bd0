import type { Layer } from '../network/layer';
import { layerViolations } from './layerViolations';
import type { Rule, RuleContext, Violation } from './rule';

/**
 * What is wrong with a layer of an imported file because of how this document calls it: reported at the call.
 * What is wrong with the layer whoever calls it is reported in its own file, and there alone.
 */
export function importedViolations(context: RuleContext, tell: (rule: Rule, violation: Violation) => void): void {
  for (const layer of context.imported ?? []) layerViolations(context, layer, (rule, violation) => {
    const sites = (violation.related ?? []).filter(({ range }) => range.file === undefined);
    if (sites.length === 0 || isToldThere(context, rule, violation)) return;
    for (const { range } of sites) tell(rule, {
      range,
      ...violation.severity === undefined ? {} : { severity: violation.severity },
      message: `${layer.reading.api.label} in ${fileName(layer)}, as it is called here: ${violation.message}`,
      related: [{ range: violation.range, message: 'the layer' }],
    });
  });
}

/** What rules say of layers, for {@link RuleContext.toldIn}. */
export function violationsOf(context: RuleContext): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const layer of context.layers) layerViolations(context, layer, (rule, violation) => { keys.add(keyOfViolation(rule, violation)); });
  return keys;
}

function isToldThere(context: RuleContext, rule: Rule, violation: Violation): boolean {
  const { file } = violation.range;
  return file !== undefined && context.toldIn?.(file).has(keyOfViolation(rule, violation)) === true;
}

/** The same for a finding in the file itself and in one that imports it, of however many uses it is true. */
export function keyOfViolation({ code }: Rule, { range: { from, to }, message }: Violation): string {
  return `${code} ${from} ${to} ${message}`;
}

function fileName({ range }: Layer): string {
  return range.file?.split('/').at(-1) ?? '';
}
