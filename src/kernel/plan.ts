import { type Axis } from '../geometry/axis';
import { type ThreeAxes, threeAxes } from './axisPlan';
import { type ConvolutionGeometry } from './convolutionGeometry';
import { type Engine, type Memory } from './engine';
import { gatherMultiply } from './strategies/gatherMultiply';
import { multiplyScatter } from './strategies/multiplyScatter';
import { phaseCorrelation, phaseCount } from './strategies/phaseCorrelation';
import { singleInput } from './strategies/singleInput';
import { weightSums } from './strategies/weightSums';

/**
 * What is computed from the three tensors of a geometry:
 * - `forward`: output side from input side and weights, the transposed convolution
 * - `adjoint`: input side from output side and weights, the convolution
 * - `weights`: weights from input side and output side, the gradient of both
 */
export type Direction = 'forward' | 'adjoint' | 'weights';

/** Everything worked out once for a geometry and an engine, so that running it is loops only. */
export interface Plan {
  readonly strategy: 'multiplyScatter' | 'singleInput' | 'gatherMultiply' | 'weightSums' | 'phaseCorrelation';
  /** Numbers of memory needed, and the table with which the memory begins. */
  readonly size: number;
  readonly table: Int32Array;
  /** Where in memory each tensor lies. The weights are read by `prepare` only: afterwards their place is reused. */
  readonly places: {
    readonly source: number;
    readonly gradient: number;
    readonly weights: number;
    readonly bias: number;
    readonly result: number;
  };
  /** Parts of the work, of comparable length, to be done in order between `begin` and `finish`. */
  readonly steps: number;
  /** Brings new weights into the order of the loops. */
  prepare(memory: Memory): void;
  begin(memory: Memory): void;
  step(memory: Memory, index: number): void;
  finish(memory: Memory): void;
}

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

/** Below this many input channels in a group, packing for the matrix product costs more than it saves. */
const manyChannels = 16;
const mostPhases = 4096;

/** Works out how the geometry is best computed in that direction. It must have passed `checkGeometry`. */
export function plan(geometry: ConvolutionGeometry, direction: Direction, engine: Engine): Plan {
  const extents = extentsOf(geometry);
  if (direction === 'weights') return weightSums(extents, engine);
  if (extents.groupInputs < manyChannels && phaseCount(extents) <= mostPhases) return phaseCorrelation(extents, direction);
  if (direction === 'adjoint') return gatherMultiply(extents, engine);
  return extents.inputPlane === 1 ? singleInput(extents, engine) : multiplyScatter(extents, engine);
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
