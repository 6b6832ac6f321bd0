import { bounds } from '../../algebra/bounds';
import { isMultipleOf } from '../../algebra/division';
import { add, constant, multiply, subtract, unknown, type Int } from '../../algebra/integer';
import { integer } from '../../python/values';
import { LibraryCall } from '../call';
import { convolvedSize, fitting } from '../shapes/window';
import { hostValue } from '../values';
import { convolutionAttributes } from './layerAttributes';
import { checkChannels, dividedOr, layer, text, type LayerMaker } from './layerMaker';

const paddingModes = new Set(['zeros', 'reflect', 'replicate', 'circular']);

/** `torch.nn.Conv1d`, `2d`, `3d`. */
export const convolution = (rank: number, lazy: boolean): LayerMaker => (name, given, site, context) => {
  const names = [...lazy ? [] : ['in_channels'], 'out_channels', 'kernel_size', 'stride', 'padding', 'dilation', 'groups', 'bias', 'padding_mode'];
  const call = new LibraryCall(given, site, names);
  const inputChannels = lazy ? unknown : call.integer('in_channels');
  const outputChannels = call.integer('out_channels');
  const kernelSize = call.sizes('kernel_size', rank);
  const stride = call.sizes('stride', rank, 1);
  const dilation = call.sizes('dilation', rank, 1);
  const mode = call.text('padding');
  const padding = mode === undefined ? call.sizes('padding', rank, 0) : undefined;
  const groups = call.integer('groups', 1);
  const rejected = isMultipleOf(inputChannels, groups) === false || isMultipleOf(outputChannels, groups) === false
    || (mode === 'same' && stride.some(size => bounds(size).lower > 1)) || !paddingModes.has(call.text('padding_mode', 'zeros') ?? 'zeros');
  return layer(name, context, {
    implied: { rank, channels: inputChannels },
    attribute: convolutionAttributes(name, given, site),
    output(shape, at, input) {
      if (rejected || (shape.length !== rank + 2 && shape.length !== rank + 1)) return undefined;
      const channelAxis = shape.length - rank - 1;
      const fits = checkChannels(shape[channelAxis], inputChannels, input, at, context, 'in_channels',
        `Given groups=${text(groups)}, weight of size [${[outputChannels, dividedOr(inputChannels, groups), ...kernelSize].map(text).join(', ')}], expected input[${shape.map(text).join(', ')}] to have ${text(inputChannels)} channels, but got ${text(shape[channelAxis])} channels instead`);
      if (!fits) return undefined;
      const spatial = shape.slice(-rank).map((size, axis) => {
        if (mode === 'same') return size;
        const one = { kernelSize: kernelSize[axis] ?? unknown, stride: stride[axis] ?? unknown, dilation: dilation[axis] ?? unknown };
        return convolvedSize(size, { ...one, padding: mode === 'valid' ? constant(0) : multiply(2, padding?.[axis] ?? unknown) });
      });
      const fit = fitting(spatial);
      return fit && [...shape.slice(0, channelAxis), outputChannels, ...fit];
    },
  });
};

/** `torch.nn.MaxPool1d`, `AvgPool2d` and the like. */
export const pooling = (rank: number, max: boolean): LayerMaker => (name, given, site, context) => {
  const names = max ? ['kernel_size', 'stride', 'padding', 'dilation', 'return_indices', 'ceil_mode'] : ['kernel_size', 'stride', 'padding', 'ceil_mode'];
  const call = new LibraryCall(given, site, names);
  const kernelSize = call.sizes('kernel_size', rank);
  const stride = call.sizes('stride', rank, kernelSize);
  const padding = call.sizes('padding', rank, 0);
  const dilation = max ? call.sizes('dilation', rank, 1) : kernelSize.map(() => constant(1));
  const ceil = call.flag('ceil_mode', false);
  const indices = max ? call.flag('return_indices', false) : false;
  // Padding of more than half a window would make windows of padding alone.
  const tooMuch = padding.some((pad, axis) => {
    const reach = add(multiply(dilation[axis] ?? unknown, subtract(kernelSize[axis] ?? unknown, 1)), 1);
    return bounds(subtract(multiply(2, pad), reach)).lower > 0;
  });
  const made = layer(name, context, {
    output(shape) {
      if (tooMuch || shape.length < rank + 1) return undefined;
      const spatial = shape.slice(-rank).map((size, axis) => pooledSize(size, {
        kernelSize: kernelSize[axis] ?? unknown, stride: stride[axis] ?? unknown, padding: padding[axis] ?? unknown, dilation: dilation[axis] ?? unknown,
      }, ceil));
      const fit = fitting(spatial);
      return fit && [...shape.slice(0, -rank), ...fit];
    },
  });
  if (indices === false || made.kind !== 'host') return made;
  // With indices there are two results; how many there are is not known when the flag is not.
  return hostValue({
    type: 'layer', name,
    call(inner, at) {
      const pooled = at.machine.call(made, inner, at.node);
      return indices === true ? { kind: 'tuple', items: [pooled, pooled] } : { kind: 'unknown' };
    },
  });
};

interface PoolingWindow { readonly kernelSize: Int; readonly stride: Int; readonly padding: Int; readonly dilation: Int }

function pooledSize(size: Int, window: PoolingWindow, ceil: boolean | undefined): Int {
  if (ceil === false) return convolvedSize(size, { ...window, padding: multiply(2, window.padding) });
  if (ceil === undefined) return unknown;
  const rounded = convolvedSize(add(size, subtract(window.stride, 1)), { ...window, padding: multiply(2, window.padding) });
  // The last window must start inside the input or its left padding.
  const start = bounds(subtract(multiply(subtract(rounded, 1), window.stride), add(size, window.padding)));
  if (start.upper < 0) return rounded;
  return start.lower >= 0 ? subtract(rounded, 1) : unknown;
}

/** `LPPool2d(norm_type, kernel_size, stride=None, ceil_mode=False)`. */
export const normPooling = (rank: number): LayerMaker => (name, given, site, context) =>
  pooling(rank, false)(name, { ...given, positional: given.positional.slice(1).flatMap((value, index) => index === 2 ? [{ value: integer(0), source: undefined }, value] : [value]) }, site, context);

/** `AdaptiveAvgPool2d(output_size)`. */
export const adaptive = (rank: number): LayerMaker => (name, given, site, context) => {
  const call = new LibraryCall(given, site, ['output_size']);
  const value = call.value('output_size');
  const items = value === undefined ? undefined : site.machine.items(value);
  const target = items === undefined ? call.sizes('output_size', rank) : undefined;
  return layer(name, context, {
    output: shape => shape.length < rank + 1 || (items !== undefined && items.length !== rank) ? undefined : [...shape.slice(0, -rank), ...shape.slice(-rank).map((size, axis) => {
      const item = items?.[axis];
      if (item?.kind === 'none') return size;
      return item !== undefined ? new LibraryCall({ positional: [{ value: item, source: undefined }], keywords: [], unknownPositional: false, unknownKeywords: false }, site, ['size']).integer('size') : target?.[axis] ?? unknown;
    })],
  });
};
