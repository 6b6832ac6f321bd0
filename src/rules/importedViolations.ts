import type { Layer } from '../network/layer';
import { layerViolations, type Found } from './layerViolations';
import type { RuleContext } from './rule';

/**
 * What is wrong with a layer of an imported file because of how this document calls it: reported at the call.
 * What is wrong with the layer whoever calls it is reported in its own file.
 */
export function* importedViolations(context: RuleContext): Iterable<Found> {
  for (const layer of context.imported ?? []) for (const { rule, violation } of layerViolations(context, layer)) {
    const sites = (violation.related ?? []).filter(({ range }) => range.file === undefined);
    for (const { range } of sites) yield {
      rule,
      violation: {
        range,
        ...violation.severity === undefined ? {} : { severity: violation.severity },
        message: `${layer.reading.api.label} in ${fileName(layer)}, as it is called here: ${violation.message}`,
        related: [{ range: violation.range, message: 'the layer' }],
      },
    };
  }
}

function fileName({ range }: Layer): string {
  return range.file?.split('/').at(-1) ?? '';
}
