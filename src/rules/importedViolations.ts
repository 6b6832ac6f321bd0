import type { Layer } from '../network/layer';
import { layerViolations } from './layerViolations';
import type { Rule, RuleContext, Violation } from './rule';

/**
 * What is wrong with a layer of an imported file because of how this document calls it: reported at the call.
 * What is wrong with the layer whoever calls it is reported in its own file.
 */
export function importedViolations(context: RuleContext, tell: (rule: Rule, violation: Violation) => void): void {
  for (const layer of context.imported ?? []) layerViolations(context, layer, (rule, violation) => {
    const sites = (violation.related ?? []).filter(({ range }) => range.file === undefined);
    for (const { range } of sites) tell(rule, {
      range,
      ...violation.severity === undefined ? {} : { severity: violation.severity },
      message: `${layer.reading.api.label} in ${fileName(layer)}, as it is called here: ${violation.message}`,
      related: [{ range: violation.range, message: 'the layer' }],
    });
  });
}

function fileName({ range }: Layer): string {
  return range.file?.split('/').at(-1) ?? '';
}
