import { type Engine, panelRows, roundUp } from '../engine';
import { type Extents } from '../extents';
import { dealOut } from '../places';
import { type Direction, type Plan } from '../plan';
import { cached, channelsTogether } from './blocks';
import { cutPlane, type Range, roomForLines, rowTable } from './rowTable';

/**
 * Many channels. Columns are what every tap adds for every input position of a block:
 * - `forward`: the weights of all taps times the inputs, a matrix product, gives columns, which are
 *   summed into the outputs that they belong to (col2im). No zero is ever multiplied
 * - `adjoint`, that backwards: columns are gathered from the output side (im2col) and multiplied by the weights
 * - `weights`: gathered columns are multiplied by the inputs; the products of all blocks and images are summed
 */
export function columns(extents: Extents, direction: Direction, engine: Engine): Plan {
  const { batch, groups, axes, groupInputs, groupOutputs, inputPlane, outputPlane, taps } = extents;
  const { panelColumns } = engine;
  const [,, x] = axes;
  const forward = direction === 'forward';
  const adjoint = direction === 'adjoint';
  const wanted = Math.min(1024, Math.max(64, roundUp(cached / groupInputs, 8)));
  const ranges = cutPlane(axes, wanted, forward);
  const positionsOf = ([firstRow, endRow,, width]: Range): number => (endRow - firstRow) * width;
  // Lines a multiple of a kilobyte apart would fall into the same few places of the first-level cache.
  const rounded = roundUp(ranges.reduce((most, range) => Math.max(most, positionsOf(range)), 0), panelColumns);
  const pitch = rounded % 256 === 0 ? rounded + 16 : rounded;
  const [table, starts] = rowTable(axes, extents.flip, ranges, { tap: pitch, output: [taps * pitch, 0], channels: [[0, 0]] });
  const channels = channelsTogether(extents, pitch);
  const weightRow = groupOutputs * taps;
  const packedRows = roundUp(groupInputs, panelRows);
  // Room for whole panels, and for the last tile of sums, which reaches past the end of a row.
  const packedRow = roundUp(weightRow, panelRows) + panelColumns;
  const packedGroup = packedRows * packedRow;
  const columnsSize = roundUp(channels * taps, 8) * pitch;

  const places = dealOut(table, extents, groups * packedGroup, packedRows * pitch, columnsSize, forward ? roomForLines(x) : columnsSize, 1);
  // Packed are the weights, or the sums that become their gradient.
  const { input, output, weights, bias, scratch: [packed = 0, block = 0, columns = 0, packedColumns = 0, one = 0] } = places;
  const steps = batch * groups * ranges.length;

  return {
    strategy: 'columns', places, steps: forward || adjoint ? steps : steps + 1,
    prepare({ values, loops }) {
      values[one] = 1;
      for (let group = 0; group < groups; group++) {
        const to = packed + group * packedGroup;
        const from = weights + group * groupInputs * weightRow;
        if (forward) loops.pack(to, from, groupInputs, weightRow, weightRow, 1, panelRows);
        else for (let first = 0; first < weightRow; first += channels * taps) {
          loops.pack(to + first * packedRows, from + first, Math.min(channels * taps, weightRow - first), groupInputs, 1, weightRow, panelRows);
        }
      }
    },
    step({ loops }, index) {
      const at = index % ranges.length;
      const plane = (index - at) / ranges.length;
      const group = plane % groups;
      const range = ranges[at];
      if (index === steps || range === undefined) {
        for (let from = packed, to = weights, own = 0; own < groups; own++, from += packedGroup, to += groupInputs * weightRow) {
          loops.copyRows(to, weightRow, from, packedRow, groupInputs, weightRow, 0);
        }
        return;
      }
      const positions = positionsOf(range);
      const start = starts[at] as number;
      const panels = Math.ceil(positions / panelColumns);
      const inputs = input + plane * groupInputs * inputPlane + range[0] * x.inputSize + range[2];
      if (forward) loops.pack(block, inputs, groupInputs, positions, inputPlane, 1, panelColumns);
      else if (!adjoint) loops.pack(block, inputs, positions, groupInputs, 1, inputPlane, panelRows);
      for (let channel = 0; channel < groupOutputs; channel += channels) {
        const count = Math.min(channels, groupOutputs - channel);
        const [first, depth] = [channel * taps, count * taps];
        const outputs = output + (plane * groupOutputs + channel) * outputPlane;
        const to = packed + group * packedGroup;
        if (forward) {
          loops.multiply(columns, pitch, to + first * groupInputs, block, Math.ceil(depth / panelRows), panels, groupInputs, false);
          loops.sumRows(0, start, columns, one, outputs, bias + group * groupOutputs + channel, count, packedColumns);
          continue;
        }
        loops.gather(0, start, columns, outputs, count);
        if (adjoint) {
          loops.pack(packedColumns, columns, depth, positions, pitch, 1, panelColumns);
          loops.multiply(block, pitch, to + first * packedRows, packedColumns, packedRows / panelRows, panels, depth, channel > 0);
        } else {
          // The last tile of some channels reaches into the next: it brings zeros there.
          loops.pack(packedColumns, columns, positions, depth, 1, pitch, panelColumns);
          loops.multiply(to + first, packedRow, block, packedColumns, packedRows / panelRows, Math.ceil(depth / panelColumns), positions, at > 0 || plane >= groups);
        }
      }
      if (adjoint) loops.copyRows(inputs, inputPlane, block, pitch, groupInputs, positions, bias + group * groupInputs);
    },
  };
}
