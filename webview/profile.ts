import type { Axis } from '../src/geometry/axis';
import { contributions, edges } from '../src/geometry/overlap';
import { transposedConvolution } from '../src/kernel/transposedConvolution';
import { shrink } from './cells';
import type { StackLayer } from './state';

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
  const { left, right, emptyLeft, emptyRight } = edges(axis);
  return {
    values: Float64Array.from(contributions(axis)),
    left: Math.min(axis.outputSize, Math.max(left, emptyLeft)), right: Math.min(axis.outputSize, Math.max(right, emptyRight)),
  };
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
    const own = edges(next);
    profiles.push({
      values: transposedConvolution(geometry, before.values, new Float64Array(layer.kernelSize).fill(1)),
      left: Math.min(next.outputSize, Math.max(own.left, reachOfEdge(next, before.left))),
      right: Math.min(next.outputSize, Math.max(own.right, next.outputSize - firstReached(next, before))),
    });
  }
  return profiles;
}

/** Outputs from the start that an input of the left edge reaches. */
function reachOfEdge({ stride, kernelSize, cropLeft }: Axis, edge: number): number {
  return edge === 0 ? 0 : (edge - 1) * stride + kernelSize - cropLeft;
}

/** The first output that an input of the right edge reaches. */
function firstReached({ stride, cropLeft, outputSize }: Axis, before: Profile): number {
  return before.right === 0 ? outputSize : Math.max(0, (before.values.length - before.right) * stride - cropLeft);
}

/** Largest over smallest value away from the edges; infinite with holes. `undefined` where the edges meet. */
export function interiorRatio(profile: Profile): number | undefined {
  const interior = profile.values.subarray(profile.left, profile.values.length - profile.right);
  if (interior.length === 0) return undefined;
  const least = interior.reduce((least, value) => Math.min(least, value), Infinity);
  const most = interior.reduce((most, value) => Math.max(most, value), 0);
  return least === 0 ? Infinity : most / least;
}
