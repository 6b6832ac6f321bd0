import { type Int, add, constant, equal, multiply, subtract, unknown } from '../algebra/integer';
import { effectiveKernel, halfOfPositive } from './read';
import type { Window } from './reading';
import type { TensorflowPadding } from './tensorflowArguments';

/** What decides the output of `tf.nn.conv…_transpose`, one entry for each axis. */
export interface TensorflowGeometry {
  readonly kernelSize: readonly Int[];
  readonly stride: readonly Int[];
  readonly dilation: readonly Int[];
  readonly padding: TensorflowPadding | undefined;
  /** The spatial part of `output_shape`. */
  readonly outputSize: readonly Int[];
}

/** The output sizes that TensorFlow accepts for an input size. */
export interface SizeRange {
  readonly smallest: Int;
  readonly largest: Int;
}

/** The rows of TensorFlow in the table of semantics.md 1. */
export function tensorflowWindow(geometry: TensorflowGeometry, axis: number, inputSize: Int): Window {
  const stride = geometry.stride[axis] ?? unknown;
  const range = sizeRange(geometry, axis, inputSize);
  const requested = geometry.outputSize[axis] ?? unknown;
  // With stride 1 only one size is possible, whatever output_shape says.
  const outputSize = requested.known ? requested : equal(range.smallest, range.largest) ? range.smallest : unknown;
  const { padding } = geometry;
  if (padding === undefined) return { cropLeft: unknown, outputSize };
  if (padding === 'VALID') return { cropLeft: constant(0), outputSize };
  if (padding !== 'SAME') return { cropLeft: padding[axis]?.[0] ?? unknown, outputSize };
  const kernel = effectiveKernel(geometry.kernelSize[axis] ?? unknown, geometry.dilation[axis] ?? unknown);
  const full = add(multiply(subtract(inputSize, 1), stride), kernel);
  return { cropLeft: halfOfPositive(subtract(full, outputSize)), outputSize };
}

/**
 * The forward convolution must give the input size back: SAME `ceil(out/s) = n`, VALID `ceil((out-k+1)/s) = n`,
 * pairs `floor((out+before+after-k)/s) + 1 = n`.
 */
export function sizeRange(geometry: TensorflowGeometry, axis: number, inputSize: Int): SizeRange {
  const stride = geometry.stride[axis] ?? unknown;
  const before = multiply(subtract(inputSize, 1), stride);
  const { padding } = geometry;
  if (padding === undefined) return { smallest: unknown, largest: unknown };
  if (padding === 'SAME') return { smallest: add(before, 1), largest: multiply(inputSize, stride) };
  const kernel = effectiveKernel(geometry.kernelSize[axis] ?? unknown, geometry.dilation[axis] ?? unknown);
  const cropped = padding === 'VALID' ? constant(0) : add(padding[axis]?.[0] ?? unknown, padding[axis]?.[1] ?? unknown);
  const smallest = subtract(add(before, kernel), cropped);
  return { smallest, largest: subtract(add(smallest, stride), 1) };
}
