import { tapReaches, type ThreeAxes } from '../axisPlan';
import { type Extents } from '../plan';

/** Numbers that stay in the second-level cache along with what else is in use: 128 kB of float32. */
const cached = 32768;

/**
 * The input positions of a plane cut into blocks: whole rows, or parts of one row where rows are long.
 * A block's positions are consecutive in the plane.
 */
export interface Blocks {
  readonly count: number;
  /** Positions of the largest block. */
  readonly positions: number;
  readonly rowsOfBlock: number;
  readonly widthOfBlock: number;
  readonly blocksOfRow: number;
}

export function cutIntoBlocks(extents: Extents): Blocks {
  const [z, y, x] = extents.axes;
  const rows = z.inputSize * y.inputSize;
  const wanted = Math.min(1024, Math.max(64, Math.floor(cached / extents.groupInputs / 8) * 8));
  const blocksOfRow = Math.max(1, Math.ceil(x.inputSize / wanted));
  const widthOfBlock = blocksOfRow === 1 ? x.inputSize : Math.ceil(x.inputSize / blocksOfRow / 8) * 8;
  const rowsOfBlock = blocksOfRow > 1 ? 1 : Math.max(1, Math.min(rows, Math.floor(wanted / Math.max(1, widthOfBlock))));
  const count = x.inputSize === 0 ? 0 : Math.ceil(rows / rowsOfBlock) * Math.ceil(x.inputSize / widthOfBlock);
  return { count, positions: rowsOfBlock * widthOfBlock, rowsOfBlock, widthOfBlock, blocksOfRow: Math.ceil(x.inputSize / Math.max(1, widthOfBlock)) };
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
