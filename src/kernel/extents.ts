import { type Axis } from '../geometry/axis';
import { type ThreeAxes, threeAxes } from './axisPlan';
import { type ConvolutionGeometry } from './convolutionGeometry';

/** A geometry brought to three axes, with the products that strategies need. */
export interface Extents {
  readonly batch: number;
  readonly groups: number;
  readonly axes: ThreeAxes;
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

export function extentsOf(geometry: ConvolutionGeometry): Extents {
  const { batch, groups, inputChannels, outputChannels } = geometry;
  const axes = threeAxes(geometry.axes);
  const product = (size: (axis: Axis) => number): number => size(axes[0]) * size(axes[1]) * size(axes[2]);
  return {
    batch, groups, axes, inputChannels, outputChannels,
    groupInputs: inputChannels / groups,
    groupOutputs: outputChannels / groups,
    inputPlane: product(axis => axis.inputSize),
    outputPlane: product(axis => axis.outputSize),
    taps: product(axis => axis.kernelSize),
  };
}
