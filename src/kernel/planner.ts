import { type ConvolutionGeometry } from './convolutionGeometry';
import { type Engine } from './engine';
import { extentsOf } from './extents';
import { type Direction, type Plan } from './plan';
import { columns } from './strategies/columns';
import { direct } from './strategies/direct';

/** Below this many input channels in a group, packing for the matrix product costs more than it saves. */
const manyChannels = 16;
/** Works out how the geometry is best computed in that direction. It must have passed `checkGeometry`. */
export function plan(geometry: ConvolutionGeometry, direction: Direction, engine: Engine): Plan {
  const extents = extentsOf(geometry);
  const isFew = extents.groupInputs < manyChannels;
  return direction === 'forward' && (isFew || extents.inputPlane === 1) ? direct(extents, !isFew) : columns(extents, direction, engine);
}
