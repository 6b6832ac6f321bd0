import { type Int, add, multiply, subtract, unknown } from '../algebra/integer';
import { effectiveKernel, operand } from './read';
import type { Window } from './reading';

/** What decides the output size, one entry for each axis. */
export interface TorchGeometry {
  readonly kernelSize: readonly Int[];
  readonly stride: readonly Int[];
  readonly padding: readonly Int[];
  readonly outputPadding: readonly Int[];
  readonly dilation: readonly Int[];
}

export interface TorchChannels {
  readonly inputChannels: Int;
  readonly outputChannels: Int;
  readonly groups: Int;
}

/** `out = (n-1)s - 2p + d(K-1) + op + 1`, cropped by p on the left (semantics.md 2.4). */
export function torchWindow(geometry: TorchGeometry, axis: number, inputSize: Int): Window {
  const at = (values: readonly Int[]): Int => values[axis] ?? unknown;
  const padding = at(geometry.padding);
  return {
    cropLeft: padding,
    outputSize: add(
      multiply(subtract(inputSize, 1), at(geometry.stride)), multiply(-2, padding),
      effectiveKernel(at(geometry.kernelSize), at(geometry.dilation)), at(geometry.outputPadding),
    ),
  };
}

/** As the documentation of ConvTranspose2d writes it. */
export function torchFormula(geometry: TorchGeometry, axis: number, inputSize: Int): string | undefined {
  const at = (values: readonly Int[]): Int => values[axis] ?? unknown;
  if (!at(geometry.kernelSize).known && !at(geometry.stride).known) return undefined;
  const part = (values: readonly Int[], name: string): string => operand(at(values), name);
  return `(${operand(inputSize, '?')} - 1)·${part(geometry.stride, 'stride')} - 2·${part(geometry.padding, 'padding')}`
    + ` + ${part(geometry.dilation, 'dilation')}·(${part(geometry.kernelSize, 'kernel_size')} - 1)`
    + ` + ${part(geometry.outputPadding, 'output_padding')} + 1`;
}
