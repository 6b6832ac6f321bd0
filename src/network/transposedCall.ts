import type { Api, Reading, ReadingOptions } from '../frameworks/api';
import type { Site } from '../python/machine';
import { assumptionsOf, unknownValue, type Arguments, type GivenValue, type Value } from '../python/values';
import type { NetworkContext } from './context';
import { inputShapeOf } from './keras/input';
import { observedFunction, observedTransposed } from './observedLayer';
import { convolutionAttributes } from './pytorch/layerAttributes';
import type { Recorded } from './recorder';
import { scopedArguments } from './tensorflow/argumentScope';
import { transposedLayer, transposedResult } from './transposed';
import { asTensor, hostValue, tensor, toGiven, type Tensor } from './values';

/** A call of a transposed convolution: reads it, records it, and gives the layer that it makes, or the tensor. */
export function transposedCall(api: Api, given: Arguments, site: Site, options: ReadingOptions, context: NetworkContext): Value {
  const first = context.implied.known(given.positional[0]?.value);
  const declared = context.declared.ofApplied(site.call, api.form === 'layer' ? undefined : first, site);
  const scoped = scopedArguments(api, given, options, context);
  const resolved = resolveImplied(scoped, context, api.form === 'layer' ? undefined : declared);
  const imageDataFormat = context.channelsFirst ? 'channels_first' : options.imageDataFormat;
  const reading = readTransposed(api, resolved, { ...options, ...imageDataFormat === undefined ? {} : { imageDataFormat } });
  const assumed = [...new Set([...given.positional, ...given.keywords].flatMap(argument => assumptionsOf(argument.value)))];
  const recorded: Recorded = {
    reading, call: site.call, assumed, path: site.path, mode: site.mode,
    declared: api.form === 'layer' && declared !== undefined ? { input: declared.shape, origin: declared.origin, applied: reading.apply(declared.shape), outputSizeGiven: false } : undefined,
  };
  if (site.call !== undefined) context.page.recorder.record(site.call, recorded);
  if (api.form === 'layer') return observedTransposed(transposedLayer(recorded, context, inputShapeOf(given, site), convolutionAttributes(api.name, given, site)), reading, site, context);
  const result = transposedResult(recorded, asTensor(resolved.positional[0]?.value), context);
  observedFunction(result, reading, site, context);
  return result;
}

/**
 * What the framework makes of the arguments. `channels=None` of a function that nobody calls only says that
 * its caller gives a value: where the framework takes no None, that is unknown.
 */
function readTransposed(api: Api, given: Arguments, options: ReadingOptions): Reading {
  const reading = api.read(toGiven(given), options);
  const blamed = new Set(reading.problems.map(problem => problem.source));
  const isOpen = ({ value, source }: GivenValue): boolean => source !== undefined && blamed.has(source) && value.kind === 'none' && assumptionsOf(value).length > 0;
  if (![...given.positional, ...given.keywords].some(isOpen)) return reading;
  const opened = <T extends GivenValue>(argument: T): T => isOpen(argument) ? { ...argument, value: unknownValue } : argument;
  return api.read(toGiven({ ...given, positional: given.positional.map(opened), keywords: given.keywords.map(opened) }), options);
}

/** Arguments that other layers have implied to be tensors stand for those; `first` is what a comment says of the first. */
function resolveImplied(given: Arguments, context: NetworkContext, first: Tensor | undefined): Arguments {
  return {
    ...given,
    positional: given.positional.map((argument, index) => {
      if (index === 0 && first !== undefined) return { ...argument, value: hostValue(first) };
      const known = argument.value.kind === 'unknown' || asTensor(argument.value)?.like !== undefined ? context.implied.known(argument.value) : undefined;
      return known === undefined ? argument : { ...argument, value: tensor(known.shape, known.origin) };
    }),
  };
}
