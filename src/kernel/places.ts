import { roundUp } from './arithmetic';
import { inputShape, outputShape, valueCount, weightsShape } from './convolutionGeometry';
import { type Extents } from './extents';

/** Where in a plan's memory everything is. */
export interface Places {
  readonly table: Int32Array;
  readonly input: number;
  readonly output: number;
  /** In the kernel's layout: what is given, or their gradient. */
  readonly weights: number;
  /** One for each channel of the result. */
  readonly bias: number;
  /** Further ones, in order. */
  readonly scratch: readonly [number, number, number, number, number];
  /** Of all of it. */
  readonly size: number;
}

/**
 * Deals out a plan's memory, one place after another, each at a multiple of 4 numbers and with room for a vector
 * too many. First come the table and the tensors.
 */
export function dealOut(table: Int32Array, extents: Extents, ...lengths: readonly number[]): Places {
  let size = 0;
  const [, input, output, weights, bias, ...scratch] = [
    table.length, ...[inputShape(extents), outputShape(extents), weightsShape(extents)].map(valueCount), extents.inputChannels + extents.outputChannels,
    ...lengths,
  ].map(length => {
    const start = size;
    size += roundUp(length, 4) + 16;
    return start;
  }) as [number, number, number, number, number, number, number, number, number, number];
  return { table, input, output, weights, bias, scratch, size };
}
