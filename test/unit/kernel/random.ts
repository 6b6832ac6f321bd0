import { fullSize, type Axis } from '../../../src/geometry/axis';
import { type ConvolutionGeometry } from '../../../src/kernel/convolutionGeometry';

/** Seeded random numbers (mulberry32): the same sequence on every machine. */
export class Random {
  constructor(private state: number) {}

  /** In [0, 1). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }

  /** An integer from `low` to `high`, both possible. */
  integer(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(choices: readonly [T, ...T[]]): T {
    return choices[this.integer(0, choices.length - 1)] ?? choices[0];
  }

  /** Values in [-1, 1). */
  values(length: number): Float64Array {
    return Float64Array.from({ length }, () => this.next() * 2 - 1);
  }
}

/** A small geometry of any kind: crop or fill on either side, dilation, flip, groups to depthwise, empty batches. */
export function randomGeometry(random: Random): ConvolutionGeometry {
  const rank = random.pick([1, 1, 2, 2, 2, 3]);
  const groups = random.pick([1, 1, 2, 3, 5]);
  const largest = [0, 24, 9, 5][rank] ?? 4;
  return {
    batch: random.chance(0.02) ? 0 : random.integer(1, 2),
    // From 16 input channels in a group on, another strategy takes over.
    inputChannels: groups * random.pick([1, 2, 3, random.pick([4, 16, 17])]),
    outputChannels: groups * random.pick([1, 2, 3, 5]),
    groups,
    flip: random.chance(0.3),
    axes: Array.from({ length: rank }, () => randomAxis(random, largest)),
  };
}

/** So many input channels that the plan cuts planes into blocks, and long rows too. */
export function randomLayerInBlocks(random: Random): ConvolutionGeometry {
  const rank = random.pick([1, 1, 2, 3]);
  const groups = random.pick([1, 1, 2]);
  const [least, largest] = ([[0, 0], [60, 280], [7, 17], [4, 7]] as const)[rank] ?? [1, 1];
  return {
    batch: random.integer(1, 2), groups, flip: random.chance(0.3),
    inputChannels: groups * random.integer(300, 530), outputChannels: groups * random.integer(1, 3),
    axes: Array.from({ length: rank }, () => {
      const axis = randomAxis(random, largest);
      const inputSize = random.integer(least, largest);
      return { ...axis, inputSize, outputSize: Math.max(1, axis.outputSize + (inputSize - axis.inputSize) * axis.stride) };
    }),
  };
}

function randomAxis(random: Random, largest: number): Axis {
  const axis = {
    inputSize: random.chance(0.15) ? 1 : random.integer(1, largest),
    kernelSize: random.integer(1, 5),
    stride: random.pick([1, 2, 2, 2, 3, 4]),
    dilation: random.pick([1, 1, 1, 2, 3]),
    cropLeft: random.integer(-3, 6),
    outputSize: 0,
  };
  const full = fullSize(axis);
  return { ...axis, outputSize: Math.max(1, full - axis.cropLeft - random.integer(-4, 6)) };
}
