import { ceil, max, min, roundUp } from '../arithmetic';
import { type Engine, panelRows } from '../engine';
import { type Extents } from '../extents';
import { dealOut } from '../places';
import { type Direction, type Plan } from '../plan';
import { cached, channelsTogether } from './blocks';
import { pairs } from './pairs';
import { cutPlane, type Range, roomForLines, rowTable } from './rowTable';

/**
 * Many channels. Columns are what every tap adds for every input position of a block:
 * - `forward`: the weights of all taps times the inputs, a matrix product, gives columns, which are
 *   summed into the outputs that they belong to (col2im). No zero is ever multiplied; of pairs of taps fewer columns are made
 * - `adjoint`, that backwards: columns are gathered from the output side (im2col) and multiplied by the weights
 * - `weights`: gathered columns are multiplied by the inputs; the products of all blocks and images are summed
 */
export function columns(extents: Extents, direction: Direction, engine: Engine): Plan {
  const { batch, groups, flip, groupInputs, groupOutputs, inputPlane, outputPlane, taps } = extents;
  const { panelColumns } = engine;
  const isForward = direction === 'forward';
  const isAdjoint = direction === 'adjoint';
  const paired = isForward ? pairs(extents, panelColumns) : undefined;
  const axes = paired?.axes ?? extents.axes;
  const x = axes[2];
  const ranges = cutPlane(axes, min(1024, max(64, roundUp(cached / groupInputs, 8))), isForward);
  const positionsOf = (range: Range, part = 0): number => max(0, (part % 3 > 0 && paired ? min(range[1], paired.evens) : range[1]) - range[0]) * range[3];
  // Lines a multiple of a kilobyte apart would fall into the same few places of the first-level cache.
  const rounded = roundUp(ranges.reduce((most, range) => max(most, positionsOf(range)), 0), panelColumns);
  const pitch = rounded + (rounded % 256 === 0 ? 16 : 0);
  // Lines of columns, of each output channel.
  const half = taps >> 1;
  const lines = paired ? taps + half : taps;
  const [table, starts] = rowTable(axes, flip, ranges, pitch, [lines * pitch, 0], paired ? [[0, 0], [half * pitch, 0]] : [[0, 0]]);
  const channels = channelsTogether(lines, groupOutputs, pitch);
  const weightRow = groupOutputs * taps;
  const packedRows = roundUp(groupInputs, panelRows);
  // Room for whole panels, and for the last tile of sums, which reaches past the end of a row.
  const packedRow = roundUp(groupOutputs * lines, panelRows) + panelColumns;
  const packedGroup = packedRows * packedRow;
  const columnsSize = roundUp(channels * lines, 8) * pitch;
  const blockSize = packedRows * pitch;

  const places = dealOut(table, extents, groups * packedGroup, paired ? 3 * blockSize : blockSize, columnsSize, isForward ? roomForLines(x) : columnsSize, 1);
  // Packed are the weights, or the sums that become their gradient.
  const { input, output, weights, bias, scratch: [packed, block, columns, packedColumns, one] } = places;

  return {
    strategy: paired ? 'pairs' : 'columns', places, steps: batch * groups * ranges.length,
    prepare(memory) {
      const { values, loops } = memory;
      values[one] = 1;
      for (let group = 0; group < groups; group++) {
        const to = packed + group * packedGroup;
        const from = weights + group * groupInputs * weightRow;
        if (paired) paired.packWeights(memory, to, from);
        else if (isForward) loops.pack(to, from, groupInputs, weightRow, weightRow, 1, panelRows);
        else for (let first = 0; first < weightRow; first += channels * taps) {
          loops.pack(to + first * packedRows, from + first, min(channels * taps, weightRow - first), groupInputs, 1, weightRow, panelRows);
        }
      }
    },
    step(memory, index) {
      const { loops } = memory;
      const at = index % ranges.length;
      const plane = (index - at) / ranges.length;
      const group = plane % groups;
      const range = ranges[at] as Range;
      const positions = positionsOf(range);
      const start = starts[at] as number;
      const ownWeights = packed + group * packedGroup;
      const inputs = input + plane * groupInputs * inputPlane;
      const from = inputs + range[0] * x.inputSize + range[2];
      if (paired) paired.packInputs(memory, block, blockSize, inputs, range);
      else if (isForward) loops.pack(block, from, groupInputs, positions, inputPlane, 1, panelColumns);
      else if (!isAdjoint) loops.pack(block, from, positions, groupInputs, 1, inputPlane, panelRows);
      for (let channel = 0; channel < groupOutputs; channel += channels) {
        const count = min(channels, groupOutputs - channel);
        const [first, depth] = [channel * lines, count * lines];
        const outputs = output + (plane * groupOutputs + channel) * outputPlane;
        if (isForward) {
          for (let part = 0, rowPanels = ceil((paired ? half : depth) / panelRows); part < (paired ? 3 * count : 1); part++) {
            const line = part * half;
            const to = columns + line * pitch;
            const filled = positionsOf(range, part);
            loops.multiply(to, pitch, ownWeights + (first + line) * groupInputs, block + part % 3 * blockSize, rowPanels, ceil(filled / panelColumns), groupInputs, false);
            loops.multiply(to + filled, pitch, 0, 0, rowPanels, ceil((positions - filled) / panelColumns), 0, false);
          }
          loops.sumRows(0, start, columns, one, outputs, bias + group * groupOutputs + channel, count, packedColumns);
          continue;
        }
        loops.gather(0, start, columns, outputs, count);
        if (isAdjoint) {
          loops.pack(packedColumns, columns, depth, positions, pitch, 1, panelColumns);
          loops.multiply(block, pitch, ownWeights + first * packedRows, packedColumns, packedRows / panelRows, ceil(positions / panelColumns), depth, channel > 0);
        } else {
          // The last tile of some channels reaches into the next: it brings zeros there.
          loops.pack(packedColumns, columns, positions, depth, 1, pitch, panelColumns);
          loops.multiply(ownWeights + first, packedRow, block, packedColumns, packedRows / panelRows, ceil(depth / panelColumns), positions, at > 0 || plane >= groups);
        }
      }
      if (isAdjoint) loops.copyRows(from, inputPlane, block, pitch, groupInputs, positions, bias + group * groupInputs);
      else if (!isForward) loops.copyRows(weights + group * groupInputs * weightRow, weightRow, ownWeights, packedRow, groupInputs, weightRow, 0);
    },
  };
}
