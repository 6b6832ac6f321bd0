import type { Machine } from '../python/machine';
import type { Cells } from '../python/trail';
import type { Value } from '../python/values';
import { networkObject } from './values';

/** Attributes of layers that say what they do to a shape; PyTorch reads them whenever the layer is called. */
const settings = ['stride', 'strides', 'padding', 'output_padding', 'dilation', 'dilation_rate', 'groups', 'kernel_size', 'ceil_mode', 'scale_factor', 'size', 'output_size'];

/** A layer that can take attributes: `layer.stride = (1, 1)`. */
export function changeable(value: Value, machine: Machine): Value {
  return value.kind === 'host' && value.cells === undefined && networkObject(value)?.type === 'layer' ? { ...value, cells: machine.newCells() } : value;
}

/** Whether the code has changed, after the layer was made, what its constructor was given: then its output is not known. */
export function isChanged(cells: Cells): boolean {
  return settings.some(name => cells.get(name) !== undefined);
}
