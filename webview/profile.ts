import type { Axis } from '../src/geometry/axis';
import { contributions, edges } from '../src/geometry/overlap';
import { transposedConvolution } from '../src/kernel/transposedConvolution';
import { shrink } from './cells';
import type { StackLayer } from './state/overlap';

/** How much each output of an axis collects, after one layer or several. */
export interface Profile {
  /** Contributions, relative to nothing: products of counts where layers are stacked. */
  readonly values: Float64Array;
  /** Outputs at the ends that get less because the input ends. */
  readonly left: number;
  readonly right: number;
}

/** Wider than this shows nothing more. */
export const widest = 1024;

/** The axis on an input small enough for its output, and that of the stack after it, to be shown. */
export function visibleAxis(axis: Axis, stack: readonly StackLayer[]): Axis {
  const growth = stack.reduce((product, layer) => product * layer.stride, 1);
  let size = axis.inputSize;
  while (size > 1 && shrink(axis, size).outputSize * growth > widest) size = Math.min(size - 1, Math.floor(size * widest / (shrink(axis, size).outputSize * growth)));
  size = Math.max(1, size);
  return shrink(axis, size).outputSize < 1 ? axis : shrink(axis, size);
}

/** The profile of a layer's axis. */
export function profileOf(axis: Axis): Profile {
  return { ...edgesAfter(axis, { left: 0, right: 0 }), values: Float64Array.from(contributions(axis)) };
}

/** A layer of a stack along an axis of the given size: as `same` padding has it, output = stride × input. */
export function stackAxis(layer: StackLayer, inputSize: number): Axis {
  const { kernelSize, stride } = layer;
  return {
    inputSize, kernelSize, stride, dilation: 1,
    cropLeft: Math.floor(Math.max(kernelSize - stride, 0) / 2), outputSize: inputSize * stride,
  };
}

/**
 * The profiles after each layer: every output collects what its inputs have collected. With equal weights everywhere
 * this is the layer's answer to a flat input, up to scale.
 */
export function stackedProfiles(axis: Axis, stack: readonly StackLayer[]): readonly Profile[] {
  const profiles = [profileOf(axis)];
  for (const layer of stack) {
    const before = profiles[profiles.length - 1];
    if (before === undefined) break;
    const next = stackAxis(layer, before.values.length);
    const geometry = { batch: 1, inputChannels: 1, outputChannels: 1, groups: 1, flip: false, axes: [next] };
    const { left, right } = edgesAfter(next, { left: before.left, right: before.right });
    profiles.push({
      left, right,
      values: transposedConvolution(geometry, before.values, new Float64Array(layer.kernelSize).fill(1)),
    });
  }
  return profiles;
}

export interface EdgeSizes {
  readonly left: number;
  readonly right: number;
}

/** The outputs at both ends that are weaker: by the layer's own edges, or because they get a share of the input's. */
export function edgesAfter(axis: Axis, input: EdgeSizes): EdgeSizes {
  const { stride, dilation, kernelSize, cropLeft, inputSize, outputSize } = axis;
  const own = edges(axis);
  const reached = input.left === 0 ? 0 : (input.left - 1) * stride + dilation * (kernelSize - 1) + 1 - cropLeft;
  const first = input.right === 0 ? outputSize : (inputSize - input.right) * stride - cropLeft;
  return {
    left: Math.min(outputSize, Math.max(own.left, own.emptyLeft, reached)),
    right: Math.min(outputSize, Math.max(own.right, own.emptyRight, outputSize - first)),
  };
}

/** Largest over smallest value away from the edges; infinite with holes. `undefined` where the edges meet. */
export function interiorRatio(profile: Profile): number | undefined {
  const interior = profile.values.subarray(profile.left, profile.values.length - profile.right);
  if (interior.length === 0) return undefined;
  const least = interior.reduce((least, value) => Math.min(least, value), Infinity);
  const most = interior.reduce((most, value) => Math.max(most, value), 0);
  return least === 0 ? Infinity : most / least;
}
