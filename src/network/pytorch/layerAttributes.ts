import type { Site } from '../../python/machine';
import { integer, tuple, type Arguments, type Value } from '../../python/values';
import { LibraryCall } from '../call';

const ofConvolution = ['in_channels', 'out_channels', 'kernel_size', 'stride', 'padding', 'dilation', 'groups'];
const ofTransposed = ['in_channels', 'out_channels', 'kernel_size', 'stride', 'padding', 'output_padding', 'groups', 'bias', 'dilation'];

/** What a convolution of PyTorch was made with, as its attributes: `conv.kernel_size` is one integer for each axis. `undefined`: another layer. */
export function convolutionAttributes(name: string, given: Arguments, site: Site): ((attribute: string) => Value | undefined) | undefined {
  const [, lazy, transposed, digit] = /^torch\.nn\.(Lazy)?Conv(Transpose)?([123])d$/.exec(name) ?? [];
  if (digit === undefined) return undefined;
  const call = new LibraryCall(given, site, (transposed === undefined ? ofConvolution : ofTransposed).slice(lazy === undefined ? 0 : 1));
  return attribute => {
    switch (attribute) {
      case 'in_channels': return lazy === undefined ? integer(call.integer(attribute)) : undefined;
      case 'out_channels': return integer(call.integer(attribute));
      case 'groups': return integer(call.integer(attribute, 1));
      case 'kernel_size': case 'stride': case 'padding': case 'dilation': case 'output_padding': {
        // `padding='same'`
        if (call.text(attribute) !== undefined) return call.value(attribute);
        const fallback = attribute === 'stride' || attribute === 'dilation' ? 1 : attribute === 'kernel_size' ? undefined : 0;
        return tuple(call.sizes(attribute, Number(digit), fallback).map(size => integer(size)));
      }
      default: return undefined;
    }
  };
}
