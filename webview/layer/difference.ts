import { readPlain, type PlainArgument } from '../../src/frameworks/plain';
import type { Translation } from '../../src/frameworks/translation';
import type { Axis } from '../../src/geometry/axis';
import { shrink } from '../grids/cells';
import { transposedConvolution } from '../worker/kernel';
import { plainAxes } from './axes';
import { plainValue } from './plain';

/** What comes of the same small input along one axis, here and there. */
export interface Difference {
  /** Which axis, outermost first. */
  readonly axis: number;
  readonly input: readonly number[];
  readonly kernel: readonly number[];
  readonly here: Window;
  readonly there: Window;
}

/** What a layer returns of the full result. */
export interface Window {
  /** Place of the first value in the full result; negative where it lies before it. */
  readonly from: number;
  readonly values: readonly number[];
}

const inputSize = 4;

/**
 * Shows how a translation differs from the layer, on the input 1, 2, 3, 4 and the kernel 1, 2, 3 …
 * @param axes of the layer.
 * @returns `undefined` where it does not differ, or cannot be computed.
 */
export function differenceOf(axes: readonly Axis[], translation: Translation): Difference | undefined {
  const values = Object.entries(translation.arguments).map(([name, value]) => [name, plainValue(value)] as const);
  const small = axes.map(axis => shrink(axis, inputSize));
  const given = {
    ...Object.fromEntries(values.filter((entry): entry is readonly [string, PlainArgument] => entry[1] !== undefined)),
    ...tensorsOf(translation.api, small),
  };
  const reading = readPlain(translation.api, given, { kerasVersion: 3 });
  const other = reading && plainAxes(reading, small.map(() => inputSize));
  const axis = small.findIndex((each, index) => other?.[index] !== undefined && each.cropLeft !== other[index].cropLeft);
  const [here, there] = [small[axis], other?.[axis]];
  if (here === undefined || there === undefined || here.outputSize < 1) return undefined;
  const input = ascending(inputSize);
  const kernel = ascending(here.kernelSize);
  const output = (each: Axis): Window => ({
    from: each.cropLeft,
    values: Array.from(transposedConvolution(
      { batch: 1, inputChannels: 1, outputChannels: 1, groups: 1, flip: false, axes: [each] }, Float32Array.from(input), Float32Array.from(kernel))),
  });
  return { axis, input, kernel, here: output(here), there: output(there) };
}

/** What `tf.nn` takes as tensors and sizes, for the small input: the call as written has symbols there. */
function tensorsOf(api: string, axes: readonly Axis[]): Readonly<Record<string, PlainArgument>> {
  return !api.startsWith('tensorflow.nn.') ? {} : {
    input: { shape: [1, ...axes.map(axis => axis.inputSize), 1] },
    filters: { shape: [...axes.map(axis => axis.kernelSize), 1, 1] },
    output_shape: [1, ...axes.map(axis => axis.outputSize), 1],
  };
}

function ascending(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}
