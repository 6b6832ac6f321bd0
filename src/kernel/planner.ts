import { type ConvolutionGeometry } from './convolutionGeometry';
import { type Engine } from './engine';
import { extentsOf } from './extents';
import { type Direction, type Plan } from './plan';
import { gatherMultiply } from './strategies/gatherMultiply';
import { multiplyScatter } from './strategies/multiplyScatter';
import { phaseCorrelation, phaseCount } from './strategies/phaseCorrelation';
import { singleInput } from './strategies/singleInput';
import { weightSums } from './strategies/weightSums';

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
