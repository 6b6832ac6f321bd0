import type { Axis } from '../geometry/axis';
import { type ConvolutionGeometry, inputShape, outputShape, valueCount, weightsShape } from './convolutionGeometry';

/** Depth, height and width. Any geometry is brought to three axes, so that there is one code for all ranks. */
export type ThreeAxes = readonly [Axis, Axis, Axis];

/** A geometry brought to three axes, with the products that strategies need. */
export interface Extents extends ConvolutionGeometry {
  readonly axes: ThreeAxes;
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
  const { groups, inputChannels, outputChannels, axes } = geometry;
  const positions = (shape: readonly number[]): number => valueCount(shape.slice(2));
  return {
    ...geometry,
    axes: [trivialAxis, trivialAxis, ...axes].slice(-3) as readonly Axis[] as ThreeAxes,
    groupInputs: inputChannels / groups,
    groupOutputs: outputChannels / groups,
    inputPlane: positions(inputShape(geometry)),
    outputPlane: positions(outputShape(geometry)),
    taps: positions(weightsShape(geometry)),
  };
}
