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
  const isSingle = !isFew && !geometry.flip && extents.inputPlane === 1
    && geometry.axes.every(axis => axis.outputSize === axis.kernelSize && axis.cropLeft === 0 && axis.dilation === 1);
  return direction === 'forward' && (isFew || isSingle) ? direct(extents, isSingle) : columns(extents, direction, engine);
}
