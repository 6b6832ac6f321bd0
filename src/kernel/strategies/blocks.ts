import { tapReaches, type ThreeAxes } from '../axisPlan';
import { type Extents } from '../plan';

/** Numbers that stay in the second-level cache along with what else is in use: 128 kB of float32. */
const cached = 32768;

/** Consecutive input positions of a plane: whole rows (lines along the width), or a part of one row where rows are long. */
export interface Block {
  /** The first position, and how many. */
  readonly start: number;
  readonly positions: number;
  readonly firstRow: number;
  readonly endRow: number;
  readonly firstX: number;
  readonly endX: number;
}

/** A plane cut into blocks, the first of which is the largest. */
export function cutIntoBlocks({ axes: [z, y, x], groupInputs }: Extents): readonly Block[] {
  const rows = z.inputSize * y.inputSize;
  const wanted = Math.min(1024, Math.max(64, Math.floor(cached / groupInputs / 8) * 8));
  const width = Math.ceil(x.inputSize / Math.ceil(x.inputSize / wanted) / 8) * 8;
  const height = Math.max(1, Math.floor(wanted / x.inputSize));
  const blocks: Block[] = [];
  for (let firstRow = 0; firstRow < rows; firstRow += height) {
    const endRow = Math.min(firstRow + height, rows);
    for (let firstX = 0; firstX < x.inputSize; firstX += width) {
      const endX = Math.min(firstX + width, x.inputSize);
      blocks.push({ start: firstRow * x.inputSize + firstX, positions: (endRow - firstRow) * (endX - firstX), firstRow, endRow, firstX, endX });
    }
  }
  return blocks;
}

/** Positions of the largest block. */
export function mostPositions(blocks: readonly Block[]): number {
  return blocks[0]?.positions ?? 0;
}

/**
 * Output channels to take together, so that their columns stay in the cache.
 * @param multiple taps of one such group come in multiples of this
 */
export function channelsOfBlock(extents: Extents, positions: number, multiple: number): number {
  const { taps, groupOutputs } = extents;
  const together = multiple / greatestCommonDivisor(multiple, taps);
  const fitting = Math.floor(cached / (taps * Math.max(1, positions)) / together) * together;
  return Math.max(together, Math.min(fitting, Math.ceil(groupOutputs / together) * together));
}

/** The table that `scatter` and `gather` read. */
export function reachTable(axes: ThreeAxes): number[] {
  const [z, y, x] = axes;
  const neighbours = x.stride === 2 && x.dilation === 1 ? 1 : 0;
  return [
    y.inputSize, y.outputSize, x.outputSize, z.outputSize * y.outputSize * x.outputSize,
    z.stride, y.stride, x.stride, z.kernelSize, y.kernelSize, x.kernelSize, neighbours,
    ...axes.flatMap(axis => tapReaches(axis).flatMap(reach => [reach.firstInput, reach.count, reach.firstOutput])),
  ];
}

export function roundUp(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
