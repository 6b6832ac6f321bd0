import { compare } from '../../algebra/bounds';
import { floorDivide, isMultipleOf } from '../../algebra/division';
import { format } from '../../algebra/format';
import { unknown, type Int } from '../../algebra/integer';
import type { Shape } from '../../frameworks/argument';
import type { Site } from '../../python/machine';
import type { Arguments, Value } from '../../python/values';
import type { NetworkContext } from '../context';
import { hostValue, tensor, type LayerObject, type Tensor } from '../values';

/** Makes the object for a layer of `torch.nn` from its constructor's arguments. */
export type LayerMaker = (name: string, given: Arguments, site: Site, context: NetworkContext) => Value;

/** What a layer does to the shape of its input. */
export interface Behaviour {
  /** The input that the layer implies when nothing else is known of it. */
  readonly implied?: { readonly rank: number; readonly channels: Int };
  output(shape: Shape, site: Site, input: Tensor): Shape | undefined;
  attribute?: LayerObject['attribute'];
}

/** A layer by what it does to the shape of its input. */
export function layer(name: string, context: NetworkContext, behaviour: Behaviour): Value {
  return hostValue({
    type: 'layer',
    name,
    ...behaviour.attribute === undefined ? {} : { attribute: behaviour.attribute },
    call(given, site) {
      const value = given.positional[0]?.value ?? given.keywords[0]?.value;
      const input = behaviour.implied === undefined
        ? context.implied.known(value)
        : context.implied.tensor(value, { ...behaviour.implied, channelsFirst: true });
      if (input?.shape === undefined) return tensor(undefined);
      return tensor(behaviour.output(input.shape, site, input), input.origin);
    },
  });
}

/** The quotient where the division is certain to leave nothing. */
export function dividedOr(value: Int, divisor: Int): Int {
  return isMultipleOf(value, divisor) === true ? floorDivide(value, divisor) : unknown;
}

/** A size in a framework's words. */
export function text(value: Int | undefined): string {
  return value === undefined ? '?' : format(value);
}

/** Notes an input that the layer rejects; says whether there can be an output at all. */
export function checkChannels(
  found: Int | undefined, expected: Int, input: Tensor, site: Site, context: NetworkContext, parameter: string, quote: string,
): boolean {
  // A shape that another layer implied is a guess: that the two differ is not certain to happen.
  if (found === undefined || input.implied === true || compare(found, expected) !== 'different') return true;
  if (context.choosing === 0) context.page.notes.note(site, {
    kind: 'channel-mismatch',
    certain: true,
    message: `The input has ${format(found)} channels here, but ${parameter} is ${format(expected)}.`,
    quote: `RuntimeError: ${quote}`,
    related: input.origin?.last === undefined ? [] : [{ subject: input.origin.last, message: `the ${format(found)} channels come from this layer` }],
  });
  return false;
}
