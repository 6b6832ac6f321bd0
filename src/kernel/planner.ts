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
  const { flip, inputChannels, outputChannels, axes } = geometry;
  const extents = extentsOf(geometry);
  const isFew = extents.groupInputs < manyChannels;
  const isSingle = !isFew && !flip && extents.inputPlane === 1 && axes.every(axis => axis.outputSize === axis.kernelSize && axis.cropLeft === 0 && axis.dilation === 1);
  if (direction === 'forward' && (isFew || isSingle)) return direct(extents, isSingle, false);
  // With stride 1 a convolution is a transposed convolution too, with the kernel read the other way.
  return direction === 'adjoint' && extents.groupOutputs < manyChannels && axes.every(axis => axis.stride === 1) ? direct(extentsOf({
    ...geometry, flip: !flip, inputChannels: outputChannels, outputChannels: inputChannels,
    axes: axes.map(axis => ({ ...axis, inputSize: axis.outputSize, outputSize: axis.inputSize, cropLeft: (axis.kernelSize - 1) * axis.dilation - axis.cropLeft })),
  }), false, true) : columns(extents, direction, engine);
}
