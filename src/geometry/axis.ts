import type { Int } from '../algebra/integer';

/**
 * One axis of the one transposed convolution (semantics: the full scatter result, and a window on it).
 *
 * Input `i` and tap `t` add `x[i]·w[t]` at position `i·stride + t·dilation` of the full result, whose
 * length is `(inputSize - 1)·stride + dilation·(kernelSize - 1) + 1`. Output `j` is position
 * `j + cropLeft` of it, or zero where that lies outside. A negative crop is therefore zero fill.
 */
export interface AxisOf<Size> {
  readonly inputSize: Size;
  readonly kernelSize: Size;
  readonly stride: Size;
  readonly dilation: Size;
  /** Positions of the full result cut off before the first output; negative: zeros put there. */
  readonly cropLeft: Size;
  readonly outputSize: Size;
}

/** An axis with every size a number: what the kernel runs. */
export type Axis = AxisOf<number>;

/** An axis whose sizes may be symbolic or unknown: what the analysis reasons about. */
export type SymbolicAxis = AxisOf<Int>;

/** Length of the full scatter result, before cropping. */
export function fullSize(axis: Axis): number {
  return (axis.inputSize - 1) * axis.stride + axis.dilation * (axis.kernelSize - 1) + 1;
}

/** Positions of the full result cut off after the last output; negative: zeros put there. */
export function cropRight(axis: Axis): number {
  return fullSize(axis) - axis.cropLeft - axis.outputSize;
}

/**
 * The axis of a convolution or pooling that goes down from `size`, in the usual terms. Its output
 * side is what goes in, its input side what comes out:
 * `floor((size + padding - dilation·(kernelSize - 1) - 1) / stride) + 1` (PyTorch's documentation of Conv2d).
 * @param options.ceil round up instead, as `ceil_mode` of PyTorch's poolings does: the last window may
 * hang over, but must start inside the input or the padding on its left.
 */
export function convolutionAxis(options: {
  readonly size: number;
  readonly kernelSize: number;
  readonly stride?: number;
  readonly dilation?: number;
  readonly padding?: readonly [left: number, right: number];
  readonly ceil?: boolean;
}): Axis {
  const { size, kernelSize, stride = 1, dilation = 1, padding: [left, right] = [0, 0], ceil = false } = options;
  const steps = (size + left + right - dilation * (kernelSize - 1) - 1) / stride;
  let windows = Math[ceil ? 'ceil' : 'floor'](steps) + 1;
  if (ceil && (windows - 1) * stride >= size + left) windows--;
  return { inputSize: Math.max(0, windows), kernelSize, stride, dilation, cropLeft: left, outputSize: size };
}
