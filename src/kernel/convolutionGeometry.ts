import type { Axis } from '../geometry/axis';

/** Values of a tensor, row-major. A result has the type of the input it came from. */
export type Values = Float32Array | Float64Array;

/**
 * A transposed convolution over one, two or three axes, and at the same time the convolution that is
 * its adjoint: the transposed convolution runs from the input side of each axis to its output side,
 * the convolution from the output side back to the input side, with the same weights.
 *
 * Shapes, row-major:
 * - input side  `[batch, inputChannels, ...inputSize]`
 * - output side `[batch, outputChannels, ...outputSize]`
 * - weights     `[inputChannels, outputChannels / groups, ...kernelSize]`
 *
 * Input channel `c` belongs to group `floor(c / (inputChannels / groups))`.
 */
export interface ConvolutionGeometry {
  readonly batch: number;
  readonly inputChannels: number;
  readonly outputChannels: number;
  readonly groups: number;
  /** Outermost first: `[depth, height, width]`, `[height, width]` or `[length]`. */
  readonly axes: readonly Axis[];
  /** Whether the kernel is read backwards along every axis: position `t` uses tap `kernelSize - 1 - t`. */
  readonly flip: boolean;
}

export const inputShape = (geometry: Pick<ConvolutionGeometry, 'batch' | 'inputChannels' | 'axes'>): readonly number[] => [geometry.batch, geometry.inputChannels, ...geometry.axes.map(axis => axis.inputSize)];

export const outputShape = (geometry: Pick<ConvolutionGeometry, 'batch' | 'outputChannels' | 'axes'>): readonly number[] => [geometry.batch, geometry.outputChannels, ...geometry.axes.map(axis => axis.outputSize)];

export const weightsShape = (geometry: ConvolutionGeometry): readonly number[] => [geometry.inputChannels, geometry.outputChannels / geometry.groups, ...geometry.axes.map(axis => axis.kernelSize)];

/**
 * Of a convolution, pooling or resampling.
 * @throws RangeError when there are not one to three axes, a size cannot be, or groups do not divide channels.
 */
export function checkGeometry(geometry: {
  readonly axes: readonly object[];
  readonly batch: number;
  readonly channels?: number;
  readonly groups?: number;
  readonly inputChannels?: number;
  readonly outputChannels?: number;
}): void {
  const { axes, groups = 1 } = geometry;
  if (axes.length < 1 || axes.length > 3) throw new RangeError(`expected 1 to 3 axes, got ${axes.length}`);
  for (const sizes of [geometry, ...axes]) for (const [name, size] of Object.entries(sizes)) {
    const least = name === 'cropLeft' ? -Infinity : /^[dgks]/.test(name) ? 1 : 0;
    if ((size === undefined || typeof size === 'number') && !(Number.isSafeInteger(size) && size >= least)) {
      throw new RangeError(`${name} must be an integer${least < 0 ? '' : ` ≥ ${least}`}, got ${size}`);
    }
  }
  for (const name of ['inputChannels', 'outputChannels'] as const) {
    if ((geometry[name] ?? 0) % groups !== 0) throw new RangeError(`${name} (${geometry[name]}) must be divisible by groups (${groups})`);
  }
}

/** @throws RangeError when the number of values is not that of the shape. */
export function checkLength(name: string, values: ArrayLike<number>, shape: readonly number[]): void {
  if (values.length !== valueCount(shape)) {
    throw new RangeError(`${name} has ${values.length} values, expected ${valueCount(shape)} for shape [${shape.join(', ')}]`);
  }
}

export const valueCount = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1);

/** A new array of the same type as `like`: of so many zeros, or of those values. */
export const typedLike = <T extends Values>(like: T, values: number | ArrayLike<number>): T => new (like.constructor as new (values: number | ArrayLike<number>) => T)(values);
