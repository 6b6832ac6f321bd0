import type { Axis } from '../../src/geometry/axis';
import type { ConvolutionGeometry } from '../../src/kernel/convolutionGeometry';
import {
  contributionsOf, contributionsTo, fieldAxes, makeCells, outputCells, outputIndex, shrink, unflatten, type Cells, type Contribution, type Triple,
} from './cells';
import { inputValues, kernelValues } from './data';
import type { Rank } from '../state/layer';
import type { StepForm, StepState } from '../state/step';
import { fractionallyStridedConvolution, transposedConvolution } from '../worker/kernel';

/** The numbers of step view: a layer small enough to follow, its tensors, and how each form builds the result. */
export interface Numbers {
  readonly cells: Cells;
  /** The axes that are shown: the layer's own, on a smaller input where it is large. */
  readonly axes: readonly Axis[];
  /** Whether the layer's own input is larger than what is shown. */
  readonly reduced: boolean;
  readonly input: Float32Array;
  readonly kernel: Float32Array;
  /** The whole field with every step done, by the kernel. */
  readonly field: Float32Array;
  /** The cells that the layer returns, in order. */
  readonly outputs: readonly number[];
}

/** Up to this size an axis of the input is shown whole; of a larger one, a piece. */
const wholeInput: Readonly<Record<Rank, number>> = { 1: 12, 2: 8, 3: 4 };
const piece: Readonly<Record<Rank, number>> = { 1: 8, 2: 5, 3: 3 };
/** More cells than this are slow to draw and of no use to the eye. */
const mostCells = 1600;

/** @param flip whether the framework applies the kernel backwards. */
export function makeNumbers(layerAxes: readonly Axis[], state: StepState, flip: boolean): Numbers | undefined {
  const rank = layerAxes.length === 1 ? 1 : layerAxes.length === 2 ? 2 : 3;
  const options = { inputChannels: state.inputChannels, outputChannels: state.outputChannels, flip };
  let axes: readonly Axis[] = layerAxes;
  const largest = layerAxes.some(axis => axis.inputSize > wholeInput[rank]) ? piece[rank] : wholeInput[rank];
  for (let limit = largest; limit >= 1; limit--) {
    axes = layerAxes.map(axis => smaller(axis, limit));
    if (makeCells(axes, options).fieldCount <= mostCells) break;
  }
  const cells = makeCells(axes, options);
  if (cells.fieldCount > 4 * mostCells || cells.kernelCount > 4 * mostCells) return undefined;

  const input = inputValues(state.input, cells.inputChannels, cells.inputSize, state.seed);
  const kernel = kernelValues(state.kernel, cells.inputChannels * cells.outputChannels, cells.kernelSize, state.seed, rank);
  apply(input, state.inputEdits);
  apply(kernel, state.kernelEdits);
  return {
    cells, axes, input, kernel,
    reduced: axes.some((axis, index) => axis.inputSize !== layerAxes[index]?.inputSize),
    field: transposedConvolution(fieldGeometry(cells), input, kernel),
    outputs: outputCells(cells),
  };
}

/** How many steps the form takes: one for each input cell when it scatters, else one for each output cell. */
export function stepCount(numbers: Numbers, form: StepForm): number {
  return form === 'scatter' ? numbers.cells.inputCount : numbers.outputs.length;
}

/** The products of one step, counted from 0. */
export function contributionsAt(numbers: Numbers, form: StepForm, step: number): readonly Contribution[] {
  if (form === 'scatter') return step < numbers.cells.inputCount ? contributionsOf(numbers.cells, step) : [];
  const output = numbers.outputs[step];
  return output === undefined ? [] : contributionsTo(numbers.cells, output);
}

/** The whole field after some steps. NaN where nothing has been computed. */
export function fieldAfter(numbers: Numbers, form: StepForm, steps: number): Float32Array {
  return form === 'scatter' ? scattered(numbers, steps) : collected(numbers, form, steps);
}

/** The stretched and framed input over which the turned kernel slides, with the place of each input cell in it. */
export interface Stretched {
  readonly size: Triple;
  /** `[channels, ...size]` */
  readonly values: Float32Array;
  /** For each cell the input cell it holds, `inserted` for a zero between inputs, `border` for one of the frame. */
  readonly origins: readonly (number | 'inserted' | 'border')[];
}

export function stretchedInput({ cells, input }: Numbers): Stretched {
  const lengths = cells.axes.map(axis => axis.outputSize + axis.dilation * (axis.kernelSize - 1));
  const size: Triple = [lengths[0] ?? 1, lengths[1] ?? 1, lengths[2] ?? 1];
  const perChannel = size[0] * size[1] * size[2];
  const origins = Array.from({ length: perChannel * cells.inputChannels }, (_, index) => {
    const [channel, position] = unflatten(size, index);
    let flat = channel;
    let between = false;
    for (const [place, axis] of cells.axes.entries()) {
      const stretchedAt = (position[place] ?? 0) + axis.cropLeft - axis.dilation * (axis.kernelSize - 1);
      if (stretchedAt < 0 || stretchedAt > (axis.inputSize - 1) * axis.stride) return 'border';
      if (stretchedAt % axis.stride !== 0) between = true;
      flat = flat * axis.inputSize + Math.floor(stretchedAt / axis.stride);
    }
    return between ? 'inserted' : flat;
  });
  return { size, origins, values: Float32Array.from(origins, origin => typeof origin === 'number' ? input[origin] ?? 0 : 0) };
}

/** The cells of the stretched input under the kernel when it computes an output: kernel cells that meet zeros included. */
export function windowAt(numbers: Numbers, stretched: Stretched, field: number): readonly number[] {
  const { cells } = numbers;
  const [, position] = unflatten(cells.fieldSize, field);
  const found: number[] = [];
  const [z, y, x] = cells.axes.map((axis, place) =>
    Array.from({ length: axis.kernelSize }, (_, tap) => (position[place] ?? 0) + (cells.start[place] ?? 0) + tap * axis.dilation));
  for (let channel = 0; channel < cells.inputChannels; channel++) {
    for (const depth of z ?? []) for (const row of y ?? []) for (const column of x ?? []) {
      found.push(((channel * stretched.size[0] + depth) * stretched.size[1] + row) * stretched.size[2] + column);
    }
  }
  return found;
}

export function fieldGeometry(cells: Cells): ConvolutionGeometry {
  return { batch: 1, inputChannels: cells.inputChannels, outputChannels: cells.outputChannels, groups: 1, flip: cells.flip, axes: fieldAxes(cells) };
}

function smaller(axis: Axis, limit: number): Axis {
  let size = Math.min(axis.inputSize, limit);
  while (size < axis.inputSize && shrink(axis, size).outputSize < 1) size++;
  return shrink(axis, size);
}

/** The transposed convolution is linear: what the first inputs give is the layer on an input that has only those. */
function scattered({ cells, input, kernel, field }: Numbers, steps: number): Float32Array {
  if (steps >= cells.inputCount) return field;
  const geometry = fieldGeometry(cells);
  const values = transposedConvolution(geometry, input.map((value, index) => index < steps ? value : 0), kernel);
  const stamps = transposedConvolution(geometry, input.map((_, index) => index < steps ? 1 : 0), kernel.map(() => 1));
  return values.map((value, index) => (stamps[index] ?? 0) > 0 ? value : NaN);
}

/** Only the cells that the layer returns are computed, one by one. */
function collected(numbers: Numbers, form: 'gather' | 'zeroInsertion', steps: number): Float32Array {
  const { cells, outputs, input, kernel } = numbers;
  const values = new Float32Array(cells.fieldCount).fill(NaN);
  const slid = form === 'zeroInsertion'
    ? fractionallyStridedConvolution({ ...fieldGeometry(cells), axes: numbers.axes }, input, kernel)
    : undefined;
  for (const field of outputs.slice(0, steps)) {
    values[field] = slid === undefined ? sumOf(numbers, field) : slid[outputIndex(cells, field) ?? -1] ?? NaN;
  }
  return values;
}

function sumOf({ cells, input, kernel }: Numbers, field: number): number {
  return contributionsTo(cells, field).reduce((sum, term) => sum + (input[term.input] ?? 0) * (kernel[term.kernel] ?? 0), 0);
}

function apply(values: Float32Array, edits: Readonly<Record<number, number>>): void {
  for (const [index, value] of Object.entries(edits)) if (Number(index) < values.length) values[Number(index)] = value;
}

