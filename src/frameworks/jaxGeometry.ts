import { floorDivide } from '../algebra/division';
import { type Int, add, constant, multiply, subtract, unknown } from '../algebra/integer';
import { positivePart } from '../algebra/maximum';
import { effectiveKernel, halfOfPositive, operand } from './read';
import type { Window } from './reading';

export type JaxPadding =
  /** Sizes of the forward convolution turned round. */
  | 'SAME' | 'VALID'
  /** Flax: the full result folded into a period of n·s. */
  | 'CIRCULAR'
  /** Lower-case strings slip past the transposed logic and, with stride 1, mean the forward convolution's padding. */
  | 'forward same' | 'forward valid'
  /** Pairs that pad the input after zeros were put in; `consistent`: that crop the output, as in PyTorch. */
  | { readonly pairs: readonly (readonly [low: Int, high: Int])[]; readonly consistent: boolean };

/** What decides the output size, one entry for each axis. */
export interface JaxGeometry {
  readonly kernelSize: readonly Int[];
  readonly stride: readonly Int[];
  readonly dilation: readonly Int[];
  /** `undefined`: not known. */
  readonly padding: JaxPadding | undefined;
}

/** The rows of JAX and Flax in the table of semantics.md 1. */
export function jaxWindow(geometry: JaxGeometry, axis: number, inputSize: Int): Window {
  const stride = geometry.stride[axis] ?? unknown;
  const kernel = effectiveKernel(geometry.kernelSize[axis] ?? unknown, geometry.dilation[axis] ?? unknown);
  const scaled = multiply(inputSize, stride);
  const excess = subtract(kernel, stride);
  const { padding } = geometry;
  switch (padding) {
    case undefined: return { cropLeft: unknown, outputSize: unknown };
    case 'SAME': return { cropLeft: halfOfPositive(excess), outputSize: scaled };
    case 'VALID': return { cropLeft: constant(0), outputSize: add(scaled, positivePart(excess)) };
    // Folded, not cropped: no window describes it.
    case 'CIRCULAR': return { cropLeft: unknown, outputSize: scaled };
    case 'forward same': return padded(ahead(kernel), subtract(subtract(kernel, 1), ahead(kernel)), kernel, scaled, stride);
    case 'forward valid': return padded(constant(0), constant(0), kernel, scaled, stride);
    default: {
      const [low = unknown, high = unknown] = padding.pairs[axis] ?? [];
      if (!padding.consistent) return padded(low, high, kernel, scaled, stride);
      return { cropLeft: low, outputSize: subtract(subtract(add(scaled, excess), low), high) };
    }
  }
}

/** `out = (n-1)s + 2 - k + low + high`, which starts `k - 1 - low` into the full result. */
function padded(low: Int, high: Int, kernel: Int, scaled: Int, stride: Int): Window {
  return {
    cropLeft: subtract(subtract(kernel, 1), low),
    outputSize: add(subtract(scaled, stride), subtract(2, kernel), low, high),
  };
}

function ahead(kernel: Int): Int {
  return floorDivide(subtract(kernel, 1), 2);
}

export function jaxFormula(geometry: JaxGeometry, axis: number, inputSize: Int): string | undefined {
  const { padding } = geometry;
  if (padding === undefined) return undefined;
  const input = operand(inputSize, '?');
  const stride = operand(geometry.stride[axis] ?? unknown, 'strides');
  if (padding === 'SAME' || padding === 'CIRCULAR') return `${input}·${stride}`;
  const size = geometry.kernelSize[axis] ?? unknown;
  const kernel = operand(effectiveKernel(size, geometry.dilation[axis] ?? unknown), 'kernel_size');
  if (padding === 'VALID') return `${input}·${stride} + max(${kernel} - ${stride}, 0)`;
  if (padding === 'forward same') return input;
  if (padding === 'forward valid') return `${input} - ${kernel} + 1`;
  const [low, high] = (padding.pairs[axis] ?? [unknown, unknown]).map(pad => operand(pad, 'padding'));
  return padding.consistent
    ? `(${input} - 1)·${stride} + ${kernel} - ${low ?? ''} - ${high ?? ''}`
    : `(${input} - 1)·${stride} + 2 - ${kernel} + ${low ?? ''} + ${high ?? ''}`;
}

