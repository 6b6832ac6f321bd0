import { combineOverlaps } from '../geometry/overlap';
import type { Reading } from '../frameworks/api';
import type { Instance, Layer } from '../network/layer';
import { ratioText } from './describe';
import { overInstances } from './instances';
import { overlapOfInstance } from './overlapOfInstance';
import type { Rule, Violation } from './rule';

/**
 * Uneven layers in a row multiply their patterns, the later the more visible (Odena, Dumoulin and Olah 2016).
 * Reported once, on the last of the row.
 */
export const stackedUnevenOverlap: Rule = {
  code: 'TC103',
  name: 'stacked-uneven-overlap',
  severity: 'information',
  summary: 'Successive layers with uneven overlap compound.',
  *check(context) {
    const rows = context.layers.map(layer => rowOf(layer));
    const followed = new Set(rows.flatMap(row => row.follows));
    for (const [index, layer] of context.layers.entries()) {
      const longest = rows[index]?.longest ?? 0;
      if (longest === 0 || followed.has(layer.call)) continue;
      yield* overInstances(layer, instance => unevenBefore(instance).length === longest ? violations(layer, instance) : []);
    }
  },
};

/** What comes before a layer. */
interface Row {
  /** The most uneven layers before an instance. */
  readonly longest: number;
  /** The calls of other layers after which this one, uneven, comes. */
  readonly follows: readonly object[];
}

const rows = new WeakMap<object, Row>();

function rowOf(layer: Layer): Row {
  let row = rows.get(layer.core);
  if (row === undefined) rows.set(layer.core, row = {
    longest: Math.max(0, ...layer.instances.map(instance => unevenBefore(instance).length)),
    follows: layer.instances.flatMap(({ before, reading }) => before.length > 0 && isUneven(reading) ? before.map(({ call }) => call) : [])
      .filter(call => call !== layer.call),
  });
  return row;
}

function* violations(own: Layer, instance: Instance): Iterable<Violation> {
  const before = unevenBefore(instance);
  if (!isUneven(instance.reading) || before.length === 0) return;
  const ratios = [...before.map(layer => layer.reading), instance.reading].map(ratioOf);
  const known = ratios.every(ratio => ratio !== undefined && Number.isFinite(ratio));
  const product = ratios.reduce<number>((total, ratio) => total * (ratio ?? 1), 1);
  const others = new Set(before.map(layer => layer.call));
  yield {
    range: own.callee,
    message: `Uneven overlap compounds: ${before.length === 1 ? 'an uneven layer comes' : `${before.length} uneven layers come`} before this one${known ? ` (ratio ${ratioText(product)} together)` : ''}. The last layers show most.`,
    related: before.filter(layer => others.delete(layer.call)).map(layer => ({ range: layer.range, message: layer.call === own.call ? 'this layer itself, in an earlier turn' : 'uneven layer before it' })),
  };
}

function unevenBefore(instance: Instance): Instance['before'] {
  return instance.before.filter(layer => isUneven(layer.reading));
}

const known = new WeakMap<Reading, boolean>();

function isUneven(reading: Reading): boolean {
  let uneven = known.get(reading);
  if (uneven === undefined) known.set(reading, uneven = hasUnevenAxis(reading));
  return uneven;
}

function hasUnevenAxis(reading: Reading): boolean {
  const axes = overlapOfInstance({ reading, problems: reading.problems });
  return axes.some(axis => axis.even === false);
}

function ratioOf(reading: Reading): number | undefined {
  const axes = overlapOfInstance({ reading, problems: reading.problems });
  const patterns = axes.flatMap(axis => axis.pattern ?? []);
  return patterns.length < axes.length ? undefined : combineOverlaps(patterns).ratio;
}
