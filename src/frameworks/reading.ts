import { type Int, unknown } from '../algebra/integer';
import type { Reading } from './api';

/** Where an axis of the output begins in the full scatter result, and how long it is. */
export interface Window {
  readonly cropLeft: Int;
  readonly outputSize: Int;
}

/** A reading as a framework writes it down: the window of one axis instead of all axes. */
export type ReadingParts = Omit<Reading, 'axes'> & {
  /** For one axis and its input size. Only called with an axis below the rank. */
  window(axis: number, inputSize: Int): Window;
};

export function makeReading({ window, ...parts }: ReadingParts): Reading {
  return {
    ...parts,
    axes: inputSizes => parts.kernelSize.map((kernelSize, axis) => {
      const inputSize = inputSizes[axis] ?? unknown;
      return {
        inputSize, kernelSize,
        stride: parts.stride[axis] ?? unknown,
        dilation: parts.dilation[axis] ?? unknown,
        ...window(axis, inputSize),
      };
    }),
  };
}
