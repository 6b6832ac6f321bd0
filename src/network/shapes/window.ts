import { bounds } from '../../algebra/bounds';
import { floorDivide } from '../../algebra/division';
import { add, multiply, subtract, type Int } from '../../algebra/integer';

/** `floor((n + padding - dilation·(K - 1) - 1) / stride) + 1`: convolution and pooling, `padding` for both sides together. */
export function convolvedSize(size: Int, window: { readonly kernelSize: Int; readonly stride: Int; readonly padding: Int; readonly dilation: Int }): Int {
  const reach = add(multiply(window.dilation, subtract(window.kernelSize, 1)), 1);
  return add(floorDivide(subtract(add(size, window.padding), reach), window.stride), 1);
}

/** The shape, where none of its sizes is certain to be less than 1: a window that does not fit in gives an error. */
export function fitting(shape: readonly Int[]): readonly Int[] | undefined {
  return shape.some(size => bounds(size).upper < 1) ? undefined : shape;
}
