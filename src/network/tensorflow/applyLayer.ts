import type { Site } from '../../python/machine';
import type { Arguments, Value } from '../../python/values';
import type { NetworkContext } from '../context';
import { kerasLayers } from '../keras/layers';
import { tensor } from '../values';

/** A layer of Keras made from some arguments and applied to the first of others. */
export function applyLayer(name: string, made: Arguments, given: Arguments, site: Site, context: NetworkContext): Value {
  const maker = kerasLayers.get(`keras.layers.${name}`);
  const input = given.positional[0]?.value ?? given.keywords.find(argument => argument.name === 'inputs' || argument.name === 'input')?.value;
  if (maker === undefined || input === undefined) return tensor(undefined);
  return site.machine.call(maker(`keras.layers.${name}`, made, site, context), { positional: [{ value: input, source: undefined }], keywords: [], unknownPositional: false, unknownKeywords: false }, site.node);
}
