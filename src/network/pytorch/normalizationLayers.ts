import { bounds, compare } from '../../algebra/bounds';
import { isMultipleOf } from '../../algebra/division';
import { unknown } from '../../algebra/integer';
import { LibraryCall } from '../call';
import { checkChannels, layer, text, type LayerMaker } from './layerMaker';

/** Layers that keep the shape and tell how many channels they take: `BatchNorm2d(64)`. */
export const normalizing = (rank: number): LayerMaker => (name, given, site, context) => {
  const channels = new LibraryCall(given, site, ['num_features']).integer('num_features');
  return layer(name, context, {
    ...rank === 1 ? {} : { implied: { rank, channels } },
    output(shape, at, input) {
      // In one dimension the last axis may be left out.
      if (shape.length !== rank + 2 && !(rank === 1 && shape.length === 2)) return undefined;
      const fits = checkChannels(shape[1], channels, input, at, context, 'num_features', `running_mean should contain ${text(shape[1])} elements not ${text(channels)}`);
      return fits ? shape : undefined;
    },
  });
};

/** `InstanceNorm2d(C)`: with a batch or without; channels count only where they are learned. */
export const instanceNormalizing = (rank: number): LayerMaker => (name, given, site, context) => {
  const call = new LibraryCall(given, site, ['num_features', 'eps', 'momentum', 'affine']);
  const channels = call.flag('affine', false) === true ? call.integer('num_features') : unknown;
  return layer(name, context, {
    output: shape => (shape.length !== rank + 1 && shape.length !== rank + 2) || compare(shape[shape.length - rank - 1] ?? unknown, channels) === 'different' ? undefined : shape,
  });
};

/** `GroupNorm(groups, channels)`. */
export const groupNormalizing: LayerMaker = (name, given, site, context) => {
  const call = new LibraryCall(given, site, ['num_groups', 'num_channels']);
  const channels = call.integer('num_channels');
  const rejected = isMultipleOf(channels, call.integer('num_groups')) === false;
  return layer(name, context, {
    output(shape, at, input) {
      const fits = checkChannels(shape[1], channels, input, at, context, 'num_channels', `Expected weight to be a vector of size equal to the number of channels in input, but got weight of shape [${text(channels)}] and input of shape [${shape.map(text).join(', ')}]`);
      return rejected || !fits ? undefined : shape;
    },
  });
};

/** `LayerNorm(sizes)` of the last axes. */
export const layerNormalizing: LayerMaker = (name, given, site, context) => {
  const call = new LibraryCall(given, site, ['normalized_shape']);
  const sizes = call.list('normalized_shape') ?? [call.integer('normalized_shape')];
  return layer(name, context, {
    output: shape => sizes.length > shape.length || sizes.some((size, axis) => compare(size, shape[shape.length - sizes.length + axis] ?? unknown) === 'different') ? undefined : shape,
  });
};

/** `PReLU(n)`: one number for all channels, or one for each. */
export const parametricActivation: LayerMaker = (name, given, site, context) => {
  const count = new LibraryCall(given, site, ['num_parameters']).integer('num_parameters', 1);
  return layer(name, context, { output: shape => bounds(count).lower > 1 && compare(count, shape[1] ?? unknown) === 'different' ? undefined : shape });
};
