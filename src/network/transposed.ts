import { unknown } from '../algebra/integer';
import type { Shape } from '../frameworks/argument';
import type { HostValue } from '../python/values';
import type { NetworkContext } from './context';
import type { Recorded } from './recorder';
import { hostValue, tensor, toArgument, type LayerObject, type Provenance, type Tensor } from './values';

/** The object that a layer's constructor makes: applying it to a tensor is recorded with the layer. */
export function transposedLayer(recorded: Recorded, context: NetworkContext, inputShape: Shape | undefined, attribute?: LayerObject['attribute']): HostValue {
  const { reading } = recorded;
  return hostValue({
    type: 'layer',
    name: reading.api.name,
    inputShape,
    ...attribute === undefined ? {} : { attribute },
    call(given, site) {
      const value = given.positional[0]?.value ?? given.keywords[0]?.value;
      const found = reading.rank === undefined || reading.layout === undefined
        ? context.implied.known(value)
        : context.implied.tensor(value, { rank: reading.rank, channels: reading.inputChannels ?? unknown, channelsFirst: reading.layout === 'channelsFirst' });
      const input = context.declared.ofApplied(recorded.call, found, site) ?? found;
      // PyTorch's layers take an output size along with the input.
      const outputSize = given.keywords.find(argument => argument.name === 'output_size')?.value
        ?? (reading.api.framework === 'pytorch' ? given.positional[1]?.value : undefined);
      const applied = reading.apply(input?.shape, outputSize === undefined ? {} : { outputSize: toArgument(outputSize) });
      // A shape that another layer implied is a guess: what does not fit it is not certain to fail.
      const certain = input?.implied === true ? { ...applied, problems: [] } : applied;
      // One of several that may be meant, and not this one, if it takes no such input.
      if (context.choosing > 0 && applied.problems.length > 0) return tensor(undefined, passed(input?.origin, recorded));
      const applies = site.mode === 'real' || (site.mode === 'speculative' && recorded.mode === 'speculative');
      if (applies) context.page.recorder.apply(recorded, { input: input?.shape, origin: input?.origin, applied: certain, outputSizeGiven: outputSize !== undefined });
      // After an error nothing comes; what would follow from it is no error of its own.
      return tensor(certain.problems.length > 0 ? undefined : applied.output, passed(input?.origin, recorded));
    },
  });
}

/** The tensor that the functional form gives. */
export function transposedResult(recorded: Recorded, input: Tensor | undefined, context: NetworkContext): HostValue {
  const { reading } = recorded;
  const applied = reading.apply(reading.input);
  context.page.recorder.apply(recorded, { input: reading.input, origin: input?.origin, applied, outputSizeGiven: false });
  return tensor(applied.output, passed(input?.origin, recorded));
}

/** More layers in a row than a model has; a loop without end is cut here. */
const longestRow = 64;

function passed(before: Provenance | undefined, { call, reading }: Recorded): Provenance | undefined {
  if (call === undefined) return before;
  return { source: before?.source, layers: [...before?.layers ?? [], { call, reading }].slice(-longestRow) };
}
