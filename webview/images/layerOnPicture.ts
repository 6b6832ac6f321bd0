import type { Axis } from '../../src/geometry/axis';
import { transposedConvolution } from '../../src/kernel/transposedConvolution';
import { shrink } from '../cells';
import { random, triangle } from '../data';
import { edgesAfter, type EdgeSizes } from '../profile';
import type { ImageKernel } from '../state/image';
import type { Picture } from './picture';

/** Two axes for a picture: the last two of the layer; a 1-D layer treats each row as a signal of its own. */
export function pictureAxes(axes: readonly Axis[], height: number, width: number): readonly [Axis, Axis] | undefined {
  const across = axes[axes.length - 1];
  if (across === undefined) return undefined;
  const down = axes[axes.length - 2] ?? { inputSize: height, kernelSize: 1, stride: 1, dilation: 1, cropLeft: 0, outputSize: height };
  const result = [shrink(down, height), shrink(across, width)] as const;
  return result.every(axis => axis.outputSize >= 1) ? result : undefined;
}

/** The largest square that stays within `limit` after the layer has been applied so many times. */
export function startingSize(axes: readonly Axis[], repeats: number, limit: number): number {
  for (let size = 128; size > 4; size = Math.floor(size / 2)) {
    let largest = size;
    for (let turn = 0; turn < repeats; turn++) largest = Math.max(...axes.slice(-2).map(axis => shrink(axis, largest).outputSize));
    if (largest <= limit) return size;
  }
  return 4;
}

/** Every plane through the layer with the same kernel. */
export function applyLayer(picture: Picture, axes: readonly [Axis, Axis], kernel: Float32Array): Picture {
  const geometry = { batch: picture.planes, inputChannels: 1, outputChannels: 1, groups: 1, flip: false, axes };
  return {
    planes: picture.planes, height: axes[0].outputSize, width: axes[1].outputSize,
    data: transposedConvolution(geometry, picture.data, kernel),
  };
}

/** A kernel `[height, width]`. All but `glorot` and `step` are positive and scaled to keep the mean brightness. */
export function pictureKernel(name: Exclude<ImageKernel, 'step'>, axes: readonly [Axis, Axis], seed: number): Float32Array {
  const [down, across] = axes;
  const uniform = random(seed * 31 + 5);
  const values = new Float32Array(down.kernelSize * across.kernelSize);
  const cell = (value: (y: number, x: number) => number): Float32Array => values.map((_, index) => value(Math.floor(index / across.kernelSize), index % across.kernelSize));
  const gain = down.stride * across.stride;
  switch (name) {
    case 'constant': return scaled(values.fill(1), gain);
    case 'random': return scaled(cell(() => uniform()), gain);
    case 'bilinear': {
      const vertical = triangle(down.kernelSize);
      const horizontal = triangle(across.kernelSize);
      return scaled(cell((y, x) => (vertical[y] ?? 0) * (horizontal[x] ?? 0)), gain);
    }
    case 'icnr': {
      // All outputs of a period start with the same weights (Aitken et al. 2017, for sub-pixel convolution).
      const blocks = Array.from({ length: Math.ceil(down.kernelSize / down.stride) * Math.ceil(across.kernelSize / across.stride) }, () => uniform());
      const perRow = Math.ceil(across.kernelSize / across.stride);
      return scaled(cell((y, x) => blocks[Math.floor(y / down.stride) * perRow + Math.floor(x / across.stride)] ?? 0), gain);
    }
    case 'glorot': {
      // Glorot and Bengio 2010: uniform in ±sqrt(6 / (fan in + fan out)), here with one channel on each side.
      const bound = Math.sqrt(6 / (2 * values.length));
      return cell(() => (uniform() * 2 - 1) * bound);
    }
  }
}

/**
 * How unlike the output positions of a stride period are: the standard deviation of their means, divided by the mean
 * absolute value. 0 without a periodic pattern. On a flat input this is the spread of the sums of the kernel's
 * polyphase components, which vanishes exactly when there is no checkerboard (Sugawara, Shiota and Kiya 2018).
 */
export function checkerboardScore({ picture, margins, periods }: Enlarged): number | undefined {
  const [top, left] = [margins[0].left, margins[1].left];
  const [rows, columns] = [whole(picture.height - top - margins[0].right, periods[0]), whole(picture.width - left - margins[1].right, periods[1])];
  if (rows <= 0 || columns <= 0) return undefined;
  const sums = new Float64Array(periods[0] * periods[1]);
  let absolute = 0;
  for (let plane = 0; plane < picture.planes; plane++) for (let y = 0; y < rows; y++) for (let x = 0; x < columns; x++) {
    const value = picture.data[(plane * picture.height + y + top) * picture.width + x + left] ?? 0;
    const place = (y % periods[0]) * periods[1] + x % periods[1];
    sums[place] = (sums[place] ?? 0) + value;
    absolute += Math.abs(value);
  }
  const count = picture.planes * rows * columns;
  const means = sums.map(sum => sum / (count / sums.length));
  const mean = means.reduce((sum, value) => sum + value, 0) / means.length;
  const variance = means.reduce((sum, value) => sum + (value - mean) ** 2, 0) / means.length;
  return absolute === 0 ? 0 : Math.sqrt(variance) / (absolute / count);
}

/** A picture after one layer or several. */
export interface Enlarged {
  readonly picture: Picture;
  /** Per axis, what is weaker at the ends. */
  readonly margins: readonly [EdgeSizes, EdgeSizes];
  /** Per axis, the product of the strides: the period of what the layers can leave behind. */
  readonly periods: readonly [number, number];
}

/** The layer applied so many times in a row. `undefined` where its output would be empty. */
export function enlarge(picture: Picture, axes: readonly Axis[], repeats: number, kernelFor: (axes: readonly [Axis, Axis], turn: number) => Float32Array): Enlarged | undefined {
  let state: Enlarged = { picture, margins: [{ left: 0, right: 0 }, { left: 0, right: 0 }], periods: [1, 1] };
  for (let turn = 0; turn < repeats; turn++) {
    const next = pictureAxes(axes, state.picture.height, state.picture.width);
    if (next === undefined) return undefined;
    state = {
      picture: applyLayer(state.picture, next, kernelFor(next, turn)),
      margins: [edgesAfter(next[0], state.margins[0]), edgesAfter(next[1], state.margins[1])],
      periods: [state.periods[0] * next[0].stride, state.periods[1] * next[1].stride],
    };
  }
  return state;
}

function whole(size: number, period: number): number {
  return size - size % period;
}

function scaled(values: Float32Array, total: number): Float32Array {
  const sum = values.reduce((all, value) => all + value, 0);
  return sum === 0 ? values : values.map(value => value * total / sum);
}
