import { combineOverlaps } from '../geometry/overlap';
import type { Instance, Layer } from '../network/layer';
import { axisNames, listed, parametersText, ratioText } from './describe';
import { overInstances } from './instances';
import { overlapFixes } from './overlapFixes';
import { overlapOfInstance, type AxisOverlap } from './overlapOfInstance';
import { kernelPlace } from './place';
import type { Rule, RuleContext, Violation } from './rule';

/**
 * Interior outputs get different numbers of contributions, which shows as a checkerboard pattern
 * (Odena, Dumoulin and Olah 2016). Counts per axis as in `geometry/overlap`; layers with holes are left to TC102.
 */
export const unevenOverlap: Rule = {
  code: 'TC101',
  name: 'uneven-overlap',
  severity: 'warning',
  summary: 'Interior outputs get different numbers of contributions, which shows as a checkerboard pattern.',
  checkLayer: (context, layer) => overInstances(layer, instance => violations(context, layer, instance)),
};

function* violations(context: RuleContext, layer: Layer, instance: Instance): Iterable<Violation> {
  const axes = overlapOfInstance(instance);
  if (axes.some(axis => axis.holes === true) || !axes.some(axis => axis.even === false)) return;
  yield {
    range: kernelPlace(layer),
    message: `Uneven overlap: with ${parametersText(instance.reading)}, ${effect(axes)}.`,
    fixes: overlapFixes(context, layer, instance),
  };
}

function effect(axes: readonly AxisOverlap[]): string {
  const patterns = axes.flatMap(axis => axis.pattern ?? []);
  const uneven = axes.filter(axis => axis.even === false);
  const names = axisNames(axes.length);
  const along = axes.length === 1 ? '' : uneven.length === axes.length
    ? ' along each axis'
    : ` along ${listed(uneven.map(axis => names[axes.indexOf(axis)] ?? '?'), 'and')}`;
  if (patterns.length < axes.length) return `interior outputs get different numbers of contributions${along}`;
  // All axes alike are told once.
  const counts = [...new Set(uneven.map(axis => countsText(axis)))];
  return `interior outputs get ${listed(counts, 'and')} contributions${along} (ratio ${ratioText(combineOverlaps(patterns).ratio)})`;
}

function countsText({ pattern }: AxisOverlap): string {
  const counts = [...new Set(pattern?.counts ?? [])].sort((a, b) => b - a);
  return counts.length === 0 ? 'different numbers of' : listed(counts.map(String), 'or');
}
