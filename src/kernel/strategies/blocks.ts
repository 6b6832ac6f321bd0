import { type Engine, type Loops } from '../engine';
import { type Extents } from '../extents';
import { columnTable, type ColumnTable, type Range } from './columnTable';

/** Numbers that stay in the second-level cache along with what else is in use: 128 kB of float32. */
const cached = 32768;

/** Consecutive input positions of a plane: whole rows, or a part of one row where rows are long. */
export interface Block extends Range {
  /** The first position, and how many. */
  readonly start: number;
  readonly positions: number;
  /** Its part of the column table. */
  readonly range: number;
}

/** How a strategy by matrix product cuts its work: input positions into blocks, output channels into groups. */
export interface Cut {
  readonly blocks: readonly Block[];
  /** Numbers from one line of columns to the next. */
  readonly pitch: number;
  /** Output channels to take together, so that their columns stay in the cache. */
  readonly channels: number;
  readonly table: ColumnTable;
}

export function cut(extents: Extents, engine: Engine): Cut {
  const { axes: [z, y, x], groupInputs } = extents;
  const rows = z.inputSize * y.inputSize;
  const wanted = Math.min(1024, Math.max(64, Math.floor(cached / groupInputs / 8) * 8));
  const width = Math.ceil(x.inputSize / Math.ceil(x.inputSize / wanted) / 8) * 8;
  const height = Math.max(1, Math.floor(wanted / x.inputSize));
  const ranges: Range[] = [];
  for (let firstRow = 0; firstRow < rows; firstRow += height) {
    for (let firstX = 0; firstX < x.inputSize; firstX += width) {
      ranges.push({ firstRow, endRow: Math.min(firstRow + height, rows), firstX, endX: Math.min(firstX + width, x.inputSize) });
    }
  }
  const positions = ({ firstRow, endRow, firstX, endX }: Range): number => (endRow - firstRow) * (endX - firstX);
  const [largest] = ranges;
  const pitch = largest ? apart(roundUp(positions(largest), engine.panelColumns)) : 0;
  const table = columnTable(extents.axes, pitch, ranges);
  return {
    pitch, table, channels: channelsTogether(extents, pitch, engine.panelRows),
    blocks: ranges.map((range, index) => ({
      ...range, start: range.firstRow * x.inputSize + range.firstX, positions: positions(range), range: table.rangeAt[index] ?? 0,
    })),
  };
}

/**
 * @param columns numbers of each tap of a channel
 * @param multiple the taps of the channels together are a multiple of this
 */
export function channelsTogether({ taps, groupOutputs }: Extents, columns: number, multiple: number): number {
  const together = multiple / greatestCommonDivisor(multiple, taps);
  const fitting = Math.floor(cached / (taps * Math.max(1, columns)) / together) * together;
  return Math.max(together, Math.min(fitting, roundUp(groupOutputs, together)));
}

/** One step for each image, group and block; within it `each` for the channels that are taken together. */
export function steps({ batch, groups, groupOutputs }: Extents, { blocks, channels }: Cut, work: {
  /** @param plane image and group: `image·groups + group` */
  before?(loops: Loops, plane: number, block: Block): void;
  each(loops: Loops, plane: number, block: Block, channel: number, count: number): void;
  after?(loops: Loops, plane: number, block: Block): void;
}): { readonly steps: number; step(memory: { readonly loops: Loops }, index: number): void } {
  return {
    steps: batch * groups * blocks.length,
    step({ loops }, index) {
      const plane = Math.floor(index / blocks.length);
      const block = blocks[index % blocks.length] as Block;
      work.before?.(loops, plane, block);
      for (let channel = 0; channel < groupOutputs; channel += channels) {
        work.each(loops, plane, block, channel, Math.min(channels, groupOutputs - channel));
      }
      work.after?.(loops, plane, block);
    },
  };
}

/** Lines a multiple of a kilobyte apart would fall into the same few places of the first-level cache. */
function apart(pitch: number): number {
  return pitch % 256 === 0 ? pitch + 16 : pitch;
}

export function roundUp(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
