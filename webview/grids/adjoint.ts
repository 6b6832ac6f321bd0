import { convolutionAxis, type Axis } from '../../src/geometry/axis';
import type { ConvolutionGeometry } from '../../src/kernel/convolutionGeometry';
import { shrink } from './cells';
import { inputValues, kernelValues } from './data';
import type { StepState } from '../state/step';
import { convolution, maxPool, maxUnpool, transposedConvolution } from '../worker/kernel';

/**
 * A convolution and its transpose with the same kernel, on at most two axes and small enough to see. The convolution
 * goes from the large side to the small one, the transposed convolution from the small to the large.
 */
export interface Pair {
  /** The kernel is applied backwards. */
  readonly flip: boolean;
  readonly axes: readonly Axis[];
  readonly small: Sizes;
  readonly large: Sizes;
  readonly kernelSize: Sizes;
  readonly kernel: Float64Array;
  /** An input of the transposed convolution, on the small side. */
  readonly x: Float64Array;
  /** An input of the convolution, on the large side. */
  readonly y: Float64Array;
  /** C·y, on the small side. */
  readonly convolved: Float64Array;
  /** Cᵀ·x, on the large side. */
  readonly transposed: Float64Array;
  /** C·Cᵀ·x, on the small side: not x. */
  readonly thereAndBack: Float64Array;
  /** C, `[small cells, large cells]`. */
  readonly matrix: Float64Array;
  /** Cᵀ, `[large cells, small cells]`. */
  readonly transposedMatrix: Float64Array;
  /** ⟨C·y, x⟩ and ⟨y, Cᵀ·x⟩. */
  readonly innerProducts: readonly [number, number];
}

export type Sizes = readonly [rows: number, columns: number];

const mostMatrixCells = 40_000;

/** @param flip whether the framework applies the kernel backwards. */
export function makePair(layerAxes: readonly Axis[], step: StepState, flip: boolean): Pair | undefined {
  const shown = layerAxes.slice(-2);
  let axes: readonly Axis[] = shown;
  for (let limit = shown.length === 1 ? 8 : 4; limit >= 1; limit--) {
    axes = shown.map(axis => smaller(axis, limit));
    if (cellCount(axes, axis => axis.inputSize) * cellCount(axes, axis => axis.outputSize) <= mostMatrixCells) break;
  }
  if (cellCount(axes, axis => axis.inputSize) * cellCount(axes, axis => axis.outputSize) > mostMatrixCells) return undefined;
  const geometry: ConvolutionGeometry = { batch: 1, inputChannels: 1, outputChannels: 1, groups: 1, flip, axes };
  const small = sizes(axes, axis => axis.inputSize);
  const large = sizes(axes, axis => axis.outputSize);
  const kernelSize = sizes(axes, axis => axis.kernelSize);
  const kernel = Float64Array.from(kernelValues(step.kernel, 1, [1, ...kernelSize], step.seed, axes.length));
  const x = Float64Array.from(inputValues(step.input, 1, [1, ...small], step.seed));
  // Cells that were edited in the step view, where they are the same cells.
  if (layerAxes.length <= 2) apply(kernel, step.kernelEdits);
  if (layerAxes.length <= 2 && axes.every((axis, index) => axis.inputSize === layerAxes[index]?.inputSize)) apply(x, step.inputEdits);
  const y = Float64Array.from(inputValues(step.input, 1, [1, ...large], step.seed + 17));
  const convolved = convolution(geometry, y, kernel);
  const transposed = transposedConvolution(geometry, x, kernel);
  const matrix = matrixOf(geometry, kernel);
  return {
    flip, axes, small, large, kernelSize, kernel, x, y, convolved, transposed,
    thereAndBack: convolution(geometry, transposed, kernel),
    matrix, transposedMatrix: matrix.map((_, index) => matrix[index % x.length * y.length + Math.floor(index / x.length)] ?? 0),
    innerProducts: [inner(convolved, x), inner(y, transposed)],
  };
}

function apply(values: Float64Array, edits: Readonly<Record<number, number>>): void {
  for (const [index, value] of Object.entries(edits)) if (Number(index) < values.length) values[Number(index)] = value;
}

/** Gradients on the large side, when every cell of the small side has gradient 1. */
export interface Gradients {
  /** Through the convolution with its kernel: Cᵀ times ones. */
  readonly convolution: Float64Array;
  /** The same with a kernel of ones: the overlap counts. */
  readonly counts: Float64Array;
  /** Through a max pooling of the same stride: to the largest cell of each window. */
  readonly pooling: Float64Array;
}

/** What flows back through the convolution is its transpose's forward pass. */
export function gradients(pair: Pair): Gradients {
  const geometry: ConvolutionGeometry = { batch: 1, inputChannels: 1, outputChannels: 1, groups: 1, flip: pair.flip, axes: pair.axes };
  const pooling = {
    batch: 1, channels: 1,
    axes: pair.axes.map(axis => convolutionAxis({ size: axis.outputSize, kernelSize: Math.min(axis.stride, axis.outputSize), stride: axis.stride })),
  };
  const pooled = maxPool(pooling, pair.y);
  const ones = new Float64Array(pair.x.length).fill(1);
  return {
    convolution: transposedConvolution(geometry, ones, pair.kernel),
    counts: transposedConvolution(geometry, ones, new Float64Array(pair.kernel.length).fill(1)),
    pooling: maxUnpool(pooling, new Float64Array(pooled.values.length).fill(1), pooled.indices),
  };
}

/** The kernel cell through which a cell of the small side and one of the large side are connected. */
export function tapBetween(pair: Pair, small: number, large: number): number | undefined {
  const taps = [0, 1].map(place => {
    const axis = pair.axes[pair.axes.length - 2 + place];
    const [from, to] = [coordinate(pair.small, small, place), coordinate(pair.large, large, place)];
    if (axis === undefined) return 0;
    const rest = to + axis.cropLeft - from * axis.stride;
    const tap = rest / axis.dilation;
    return rest >= 0 && Number.isInteger(tap) && tap < axis.kernelSize ? (pair.flip ? axis.kernelSize - 1 - tap : tap) : undefined;
  });
  const [row, column] = taps;
  return row === undefined || column === undefined ? undefined : row * pair.kernelSize[1] + column;
}

function coordinate(size: Sizes, index: number, place: number): number {
  return place === 0 ? Math.floor(index / size[1]) : index % size[1];
}

/** Row by row: what the convolution makes of each unit vector. */
function matrixOf(geometry: ConvolutionGeometry, kernel: Float64Array): Float64Array {
  const rows = cellCount(geometry.axes, axis => axis.inputSize);
  const columns = cellCount(geometry.axes, axis => axis.outputSize);
  const matrix = new Float64Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    const unit = new Float64Array(rows);
    unit[row] = 1;
    // Column `row` of Cᵀ is row `row` of C.
    matrix.set(transposedConvolution(geometry, unit, kernel), row * columns);
  }
  return matrix;
}

function inner(left: Float64Array, right: Float64Array): number {
  return left.reduce((sum, value, index) => sum + value * (right[index] ?? 0), 0);
}

function smaller(axis: Axis, limit: number): Axis {
  let size = Math.min(axis.inputSize, limit);
  while (size < axis.inputSize && shrink(axis, size).outputSize < 1) size++;
  return shrink(axis, size);
}

function cellCount(axes: readonly Axis[], size: (axis: Axis) => number): number {
  return axes.reduce((product, axis) => product * size(axis), 1);
}

function sizes(axes: readonly Axis[], size: (axis: Axis) => number): Sizes {
  const [first, second] = axes.map(size);
  return second === undefined ? [1, first ?? 1] : [first ?? 1, second];
}
