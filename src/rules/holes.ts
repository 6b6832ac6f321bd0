import { greatestCommonDivisor } from '../algebra/coefficients';
import { asConstant } from '../algebra/integer';
import type { Instance, Layer } from '../network/layer';
import { axisNames, listed, parametersText } from './describe';
import { overInstances } from './instances';
import { overlapFixes } from './overlapFixes';
import { overlapOfInstance, type AxisOverlap } from './overlapOfInstance';
import { kernelPlace, writtenPlace } from './place';
import type { Rule, RuleContext, Violation } from './rule';

/** Some interior outputs get no contribution at all: the kernel is smaller than the stride, or stride and dilation share a divisor. */
export const holes: Rule = {
  code: 'TC102',
  name: 'holes',
  severity: 'warning',
  summary: 'Some interior outputs get no contribution at all, only the bias.',
  checkLayer: (context, layer) => overInstances(layer, instance => violations(context, layer, instance)),
};

function* violations(context: RuleContext, layer: Layer, instance: Instance): Iterable<Violation> {
  const axes = overlapOfInstance(instance);
  const withHoles = axes.filter(axis => axis.holes === true);
  const [worst] = withHoles;
  if (worst === undefined) return;
  const dilation = sharedDivisor(worst) > 1 ? writtenPlace(layer, 'dilation', 'dilation_rate', 'dilations') : undefined;
  yield {
    range: dilation ?? kernelPlace(layer),
    message: `Holes: with ${parametersText(instance.reading)}, ${share(axes)} interior outputs get no contribution at all, only the bias${reason(axes, withHoles)}.`,
    fixes: overlapFixes(context, layer, instance),
  };
}

/** `3 of 4`, of the outputs in one period of all axes. */
function share(axes: readonly AxisOverlap[]): string {
  let all = 1;
  let reached = 1;
  for (const axis of axes) {
    const [K, s, d] = [asConstant(axis.kernelSize), asConstant(axis.stride), asConstant(axis.dilation)];
    if (K === undefined || s === undefined || d === undefined) return 'some';
    all *= s;
    reached *= Math.min(K, s / greatestCommonDivisor(s, d));
  }
  return Number.isSafeInteger(all) ? `${all - reached} of ${all}` : 'most';
}

function reason(axes: readonly AxisOverlap[], withHoles: readonly AxisOverlap[]): string {
  const [first] = withHoles;
  if (first === undefined) return '';
  const names = axisNames(axes.length);
  const where = axes.length === withHoles.length ? '' : ` on ${listed(withHoles.map(axis => names[axes.indexOf(axis)] ?? '?'), 'and')}`;
  const divisor = sharedDivisor(first);
  return divisor > 1 ? `: stride and dilation share the divisor ${divisor}${where}` : `: the kernel is smaller than the stride${where}`;
}

function sharedDivisor({ stride, dilation }: AxisOverlap): number {
  const [s, d] = [asConstant(stride), asConstant(dilation)];
  return s === undefined || d === undefined ? 1 : greatestCommonDivisor(s, d);
}
