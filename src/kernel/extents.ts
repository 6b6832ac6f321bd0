import type { Axis } from '../geometry/axis';
import { type ConvolutionGeometry } from './convolutionGeometry';

/** Depth, height and width. Any geometry is brought to three axes, so that there is one code for all ranks. */
export type ThreeAxes = readonly [Axis, Axis, Axis];

/** A geometry brought to three axes, with the products that strategies need. */
export interface Extents {
  readonly batch: number;
  readonly groups: number;
  readonly axes: ThreeAxes;
  readonly flip: boolean;
  readonly inputChannels: number;
  readonly outputChannels: number;
  /** Channels of one group. */
  readonly groupInputs: number;
  readonly groupOutputs: number;
  /** Positions of one channel. */
  readonly inputPlane: number;
  readonly outputPlane: number;
  readonly taps: number;
}

/** One input, one output, one tap. */
export const trivialAxis: Axis = { inputSize: 1, kernelSize: 1, stride: 1, dilation: 1, cropLeft: 0, outputSize: 1 };

export function extentsOf(geometry: ConvolutionGeometry): Extents {
  const { groups, inputChannels, outputChannels } = geometry;
  const axes = [trivialAxis, trivialAxis, ...geometry.axes].slice(-3) as readonly Axis[] as ThreeAxes;
  const product = (size: 'inputSize' | 'outputSize' | 'kernelSize'): number => axes[0][size] * axes[1][size] * axes[2][size];
  return {
    ...geometry, axes,
    groupInputs: inputChannels / groups,
    groupOutputs: outputChannels / groups,
    inputPlane: product('inputSize'),
    outputPlane: product('outputSize'),
    taps: product('kernelSize'),
  };
}
