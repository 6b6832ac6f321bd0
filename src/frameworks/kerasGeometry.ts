import { modulo } from '../algebra/division';
import { type Int, add, equal, multiply, subtract, unknown } from '../algebra/integer';
import { positivePart } from '../algebra/maximum';
import type { PaddingMode } from './kerasArguments';
import { effectiveKernel, halfOfPositive, operand } from './read';
import type { Window } from './reading';
import { constant } from '../algebra/integer';

/** What decides the output size of Keras's layers, one entry for each axis. */
export interface KerasGeometry {
  readonly kernelSize: readonly Int[];
  readonly stride: readonly Int[];
  readonly dilation: readonly Int[];
  /** `undefined`: not known. */
  readonly padding: PaddingMode | undefined;
  /** `'none'`: Keras chooses. */
  readonly outputPadding: readonly Int[] | 'none';
}

/** The four rows of Keras in the table of semantics.md 1. */
export function kerasWindow(geometry: KerasGeometry, axis: number, inputSize: Int): Window {
  if (geometry.padding !== undefined) return windowWith(geometry, geometry.padding, axis, inputSize);
  const same = windowWith(geometry, 'same', axis, inputSize);
  const valid = windowWith(geometry, 'valid', axis, inputSize);
  const agreed = (left: Int, right: Int): Int => equal(left, right) ? left : unknown;
  return { cropLeft: agreed(same.cropLeft, valid.cropLeft), outputSize: agreed(same.outputSize, valid.outputSize) };
}

function windowWith(geometry: KerasGeometry, padding: PaddingMode, axis: number, inputSize: Int): Window {
  const stride = geometry.stride[axis] ?? unknown;
  const kernel = effectiveKernel(geometry.kernelSize[axis] ?? unknown, geometry.dilation[axis] ?? unknown);
  if (geometry.outputPadding === 'none') {
    const excess = positivePart(subtract(kernel, stride));
    const scaled = multiply(inputSize, stride);
    return padding === 'same'
      ? { cropLeft: halfOfPositive(subtract(kernel, stride)), outputSize: scaled }
      : { cropLeft: constant(0), outputSize: add(scaled, excess) };
  }
  const outputPadding = geometry.outputPadding[axis] ?? unknown;
  const before = multiply(subtract(inputSize, 1), stride);
  if (padding === 'valid') return { cropLeft: constant(0), outputSize: add(before, kernel, outputPadding) };
  const odd = modulo(kernel, 2);
  return {
    cropLeft: halfOfPositive(subtract(kernel, add(odd, outputPadding))),
    outputSize: add(before, odd, outputPadding),
  };
}

/** As Keras's `compute_conv_transpose_output_length` and `deconv_output_length` write it. */
export function kerasFormula(geometry: KerasGeometry, axis: number, inputSize: Int): string | undefined {
  const { padding, outputPadding } = geometry;
  if (padding === undefined) return undefined;
  const input = operand(inputSize, '?');
  const stride = operand(geometry.stride[axis] ?? unknown, 'strides');
  const kernelSize = geometry.kernelSize[axis] ?? unknown;
  const dilation = geometry.dilation[axis] ?? unknown;
  const undilated = operand(kernelSize, 'kernel_size');
  const kernel = equal(dilation, 1) ? undilated : `(${operand(dilation, 'dilation_rate')}·(${undilated} - 1) + 1)`;
  if (outputPadding === 'none') return padding === 'same' ? `${input}·${stride}` : `${input}·${stride} + max(${kernel} - ${stride}, 0)`;
  const crop = padding === 'same' ? ` - 2·(${kernel}//2)` : '';
  return `(${input} - 1)·${stride} + ${kernel}${crop} + ${operand(outputPadding[axis] ?? unknown, 'output_padding')}`;
}
