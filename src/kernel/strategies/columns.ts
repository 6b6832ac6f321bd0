import { type Engine, roundUp } from '../engine';
import { type Extents } from '../extents';
import { Places } from '../places';
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
  const { panelRows, panelColumns } = engine;
  const [,, x] = axes;
  const forward = direction === 'forward';
  const adjoint = direction === 'adjoint';
  const wanted = Math.min(1024, Math.max(64, Math.floor(cached / groupInputs / 8) * 8));
  const ranges = cutPlane(axes, wanted, forward);
  const positionsOf = ({ firstRow, endRow, width }: Range): number => (endRow - firstRow) * width;
  // Lines a multiple of a kilobyte apart would fall into the same few places of the first-level cache.
  const rounded = roundUp(ranges.reduce((most, range) => Math.max(most, positionsOf(range)), 0), panelColumns);
  const pitch = rounded % 256 === 0 ? rounded + 16 : rounded;
  const [table, starts] = rowTable(axes, ranges, { tap: pitch, output: taps * pitch, outputWeights: 0, channels: 1, channel: 0, channelWeights: 0 });
  const channels = channelsTogether(extents, pitch, panelRows);
  const weightRow = groupOutputs * taps;
  const packedRows = roundUp(groupInputs, panelRows);
  // Room for whole panels, and for the last tile of sums, which reaches past the end of a row.
  const packedRow = roundUp(weightRow, panelRows) + panelColumns;
  const packedGroup = packedRows * packedRow;
  const columnsSize = roundUp(channels * taps, 8) * pitch;

  const places = new Places(table, extents);
  const { input, output, weights, bias } = places;
  // Packed weights, or the sums that become their gradient.
  const packed = places.take(groups * packedGroup);
  const block = places.take(packedRows * pitch);
  const columns = places.take(columnsSize);
  const packedColumns = places.take(forward ? roomForLines(x) : columnsSize);
  const one = places.take(1);
  const steps = batch * groups * ranges.length;

  return {
    strategy: 'columns', places, steps: direction === 'weights' ? steps + 1 : steps,
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
      const plane = Math.floor(index / ranges.length);
      const group = plane % groups;
      const range = ranges[index % ranges.length];
      if (index === steps || range === undefined) {
        for (let at = 0; at < groups; at++) {
          loops.copyRows(weights + at * groupInputs * weightRow, weightRow, packed + at * packedGroup, packedRow, groupInputs, weightRow, bias);
        }
        return;
      }
      const positions = positionsOf(range);
      const start = starts[index % ranges.length] as number;
      const panels = Math.ceil(positions / panelColumns);
      const inputs = input + plane * groupInputs * inputPlane + range.firstRow * x.inputSize + range.firstX;
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
          loops.multiply(to + first, packedRow, block, packedColumns, packedRows / panelRows, Math.ceil(depth / panelColumns), positions, index >= groups * ranges.length || range !== ranges[0]);
        }
      }
      if (adjoint) loops.copyRows(inputs, inputPlane, block, pitch, groupInputs, positions, bias + group * groupInputs);
    },
  };
}
