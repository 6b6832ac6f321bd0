import type { Instance, Layer } from '../network/layer';
import { rangeKey } from './range';
import type { Fix, Related, Violation } from './rule';

/** More places than people can follow; the rest are left out of the related information. */
const mostRelated = 8;

/**
 * What a check finds in the instances of a layer, each finding once. When only some instances have it the
 * message says so, and there is no fix: it would change the others. The calls that lead to the instances are
 * related where they may be the cause: not where all have it and every argument is a literal.
 */
export function* overInstances(layer: Layer, check: (instance: Instance) => Iterable<Violation>): Iterable<Violation> {
  const groups = new Map<string, { readonly first: Violation; readonly instances: Instance[]; readonly related: Related[] }>();
  for (const instance of layer.instances) {
    const seen = new Set<string>();
    for (const violation of check(instance)) {
      const key = `${rangeKey(violation.range)} ${violation.message}`;
      if (seen.has(key)) continue;
      seen.add(key);
      const group = groups.get(key);
      const related = violation.related ?? [];
      if (group === undefined) groups.set(key, { first: violation, instances: [instance], related: [...related] });
      else {
        group.instances.push(instance);
        group.related.push(...related);
      }
    }
  }
  for (const { first, instances, related } of groups.values()) {
    const all = instances.length === layer.instances.length;
    const note = all ? undefined : ` (In ${instances.length} of ${layer.instances.length} uses of this call.)`;
    const fixes: readonly Fix[] = all ? first.fixes ?? [] : [];
    const causedHere = all && layer.arguments.every(argument => argument.literal || isChannels(argument.parameter));
    yield {
      ...first,
      call: layer.range,
      ...note === undefined ? {} : { note },
      fixes,
      related: [...distinct(related).slice(0, mostRelated), ...causedHere ? [] : callSites(layer, instances)],
    };
  }
}

function distinct(related: readonly Related[]): readonly Related[] {
  return [...new Map(related.map(each => [`${rangeKey(each.range)} ${each.message}`, each])).values()];
}

function isChannels(parameter: string | undefined): boolean {
  return parameter === 'in_channels' || parameter === 'out_channels' || parameter === 'filters';
}

/** The calls of the wrapper around the layer that give these instances. */
function callSites(layer: Layer, instances: readonly Instance[]): readonly Related[] {
  const sites = new Map<string, Related>();
  for (const instance of instances) {
    const site = instance.path.at(-1);
    if (site !== undefined) sites.set(rangeKey(site), { range: site, message: `${layer.reading.api.label} is reached from this call` });
  }
  return [...sites.values()].slice(0, mostRelated);
}
