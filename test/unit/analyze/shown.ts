import { format } from '../../../src/algebra/format';
import type { Analysis } from '../../../src/analysis';
import type { Shape } from '../../../src/frameworks/argument';
import { pythonText } from '../../../src/frameworks/value';

/** Everything that people see of an analysis. */
export function shown({ layers, imported, findings, flow }: Analysis): unknown {
  const sizes = (shape: Shape | undefined): unknown => shape?.map(size => format(size));
  return {
    layers: [...layers, ...imported].map(({ range, callee, end, arguments: written, cutOff, instances }) => ({
      range, callee, end, written, cutOff,
      instances: instances.map(({ reading, input, output, parameters, multiplyAdds, before, ...rest }) => ({
        ...rest,
        reading: Object.entries(reading.arguments).map(([name, value]) => `${name}=${pythonText(value)}`),
        input: sizes(input), output: sizes(output), parameters: format(parameters), multiplyAdds: format(multiplyAdds),
        before: before.map(each => each.range),
      })),
    })),
    findings: findings.map(({ rule, severity, range, call, message, fixes, related }) => ({ rule, severity, range, call, message, fixes, related })),
    tensors: flow.tensors.map(({ range, kind, uses }) => ({ range, kind, uses: uses.map(use => sizes(use.shape)) })),
    returned: flow.returned.map(({ range, uses }) => ({ range, uses: uses.map(use => sizes(use.shape)) })),
    flowing: flow.layers.map(({ range, name, uses }) => ({ range, name, uses: uses.map(use => sizes(use.output)) })),
  };
}
