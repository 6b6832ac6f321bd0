import type { Site } from '../python/machine';
import type { Arguments, Value } from '../python/values';
import type { NetworkContext } from './context';
import { pytorchOperations, type Operation } from './pytorch/functions';
import { pytorchLayers } from './pytorch/layers';

/** Everything that shapes go through beside the transposed convolutions, by qualified name. */
export const operations: ReadonlyMap<string, Operation> = new Map([...pytorchOperations]);

/** The object for a layer of a library, if it is one that is read. */
export function makeLayer(name: string, given: Arguments, site: Site, context: NetworkContext): Value | undefined {
  return pytorchLayers.get(name)?.(name, given, site, context);
}
