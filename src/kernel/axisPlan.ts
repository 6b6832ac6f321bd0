import { type Axis } from '../geometry/axis';

/** A tap seen from the outputs `p·stride + residue`, the only ones that it reaches: it brings each the input `p + shift`. */
export interface TapPhase {
  readonly residue: number;
  readonly shift: number;
}

/**
 * One entry for each tap. The outputs of one residue are an ordinary correlation of stride 1: this
 * splits a transposed convolution into `stride` of them.
 */
export function tapPhases(axis: Axis): readonly TapPhase[] {
  const { kernelSize, stride, dilation, cropLeft } = axis;
  return Array.from({ length: kernelSize }, (_, tap) => {
    const position = tap * dilation - cropLeft;
    const residue = modulo(position, stride);
    return { residue, shift: (residue - position) / stride };
  });
}

/** The remainder that is never negative. */
function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}

const trivialAxis: Axis = { inputSize: 1, kernelSize: 1, stride: 1, dilation: 1, cropLeft: 0, outputSize: 1 };

/** Depth, height and width. */
export type ThreeAxes = readonly [Axis, Axis, Axis];

/** Any geometry as one over three axes, so that there is one code for all ranks. */
export function threeAxes(axes: readonly Axis[]): ThreeAxes {
  const [z, y, x] = [trivialAxis, trivialAxis, ...axes].slice(-3);
  return [z ?? trivialAxis, y ?? trivialAxis, x ?? trivialAxis];
}
