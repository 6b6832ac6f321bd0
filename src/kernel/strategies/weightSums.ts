import { type Engine, Places } from '../engine';
import { type Extents, type Plan } from '../plan';
import { type Block, channelsOfBlock, cutIntoBlocks, mostPositions, reachTable, roundUp } from './blocks';

/**
 * The gradient for the weights: for each block of positions the columns are gathered from the output
 * side (im2col) and multiplied by the inputs; the products of all blocks and images are summed.
 */
export function weightSums(extents: Extents, engine: Engine): Plan {
  const { batch, groups, axes, inputChannels, outputChannels, groupInputs, groupOutputs, inputPlane, outputPlane, taps } = extents;
  const { panelRows, panelColumns } = engine;
  const table = Int32Array.from(reachTable(axes));
  const blocks = cutIntoBlocks(extents);
  const pitch = mostPositions(blocks);
  const channels = channelsOfBlock(extents, pitch, 1);
  const packedRows = roundUp(groupInputs, panelRows);
  // The last tile of a block of channels reaches into the next: it adds zeros there.
  const sumsPitch = groupOutputs * taps + panelColumns;

  const places = new Places();
  places.take(table.length);
  const source = places.take(batch * inputChannels * inputPlane);
  const gradient = places.take(batch * outputChannels * outputPlane);
  const result = places.take(inputChannels * groupOutputs * taps);
  const zero = places.take(Math.max(1, groupInputs));
  const sums = places.take(groups * packedRows * sumsPitch);
  const packedInputs = places.take(packedRows * pitch);
  const columns = places.take(channels * taps * pitch);
  const packedColumns = places.take(roundUp(channels * taps, panelColumns) * pitch);

  return {
    strategy: 'weightSums', size: places.size, table, steps: batch * groups * blocks.length,
    places: { source, gradient, weights: zero, bias: zero, result },
    prepare() { /* there are no weights */ },
    begin({ loops }) {
      loops.fill(sums, groups * packedRows, sumsPitch, zero, 1);
    },
    step({ loops }, index) {
      const plane = Math.floor(index / blocks.length);
      const { start, positions, firstRow, endRow, firstX, endX } = blocks[index % blocks.length] as Block;
      const input = source + plane * groupInputs * inputPlane + start;
      loops.pack(packedInputs, input, positions, groupInputs, 1, inputPlane, panelRows);
      for (let channel = 0; channel < groupOutputs; channel += channels) {
        const count = Math.min(channels, groupOutputs - channel);
        const to = sums + plane % groups * packedRows * sumsPitch + channel * taps;
        loops.gather(0, columns, pitch, gradient + (plane * groupOutputs + channel) * outputPlane, count, firstRow, endRow, firstX, endX);
        loops.pack(packedColumns, columns, positions, count * taps, 1, pitch, panelColumns);
        loops.multiply(to, sumsPitch, packedInputs, packedColumns, packedRows / panelRows, Math.ceil(count * taps / panelColumns), positions, true);
      }
    },
    finish({ loops }) {
      for (let group = 0; group < groups; group++) {
        const weights = groupOutputs * taps;
        loops.copyRows(result + group * groupInputs * weights, weights, sums + group * packedRows * sumsPitch, sumsPitch, groupInputs, weights, zero);
      }
    },
  };
}
