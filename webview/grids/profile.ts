import type { Axis } from '../../src/geometry/axis';
import { edges } from '../../src/geometry/overlap';
import { shrink } from './cells';
import type { StackLayer } from '../state/overlap';
import { transposedConvolution } from '../worker/kernel';

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

/** The largest input, up to the one wanted, with which no output of the row is wider than can be shown. */
export function visibleSize(row: readonly Axis[], wanted: number): number {
  for (let size = wanted; size > 1; size--) {
    let length = size;
    if (row.every(axis => { length = shrink(axis, length).outputSize; return length >= 1 && length <= widest; })) return size;
  }
  return 1;
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
 * The profiles after each layer of a row along an axis: every output collects what its inputs have collected. With
 * equal weights everywhere this is the row's answer to a flat input, up to scale. It ends where a layer has no output.
 * @param row the axis in each layer, for any input size
 */
export function rowProfiles(row: readonly Axis[], inputSize: number): readonly Profile[] {
  const profiles: Profile[] = [];
  let before: Profile = { left: 0, right: 0, values: new Float64Array(inputSize).fill(1) };
  for (const each of row) {
    const axis = shrink(each, before.values.length);
    if (axis.outputSize < 1) break;
    const geometry = { batch: 1, inputChannels: 1, outputChannels: 1, groups: 1, flip: false, axes: [axis] };
    before = {
      ...edgesAfter(axis, before),
      values: transposedConvolution(geometry, before.values, new Float64Array(axis.kernelSize).fill(1)),
    };
    profiles.push(before);
  }
  return profiles;
}

/** Largest over smallest value after each layer of a row, on an input large enough to have an interior. */
export function rowRatios(row: readonly Axis[]): readonly (number | undefined)[] {
  const short = rowProfiles(row, 24).map(interiorRatio);
  return short.length === row.length && short.every(ratio => ratio !== undefined) ? short : rowProfiles(row, 96).map(interiorRatio);
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
