import { type Engine, Places } from '../engine';
import { type Extents, type Plan } from '../plan';
import { type Block, channelsOfBlock, cutIntoBlocks, mostPositions, reachTable, roundUp } from './blocks';

/**
 * The adjoint for many channels, {@link multiplyScatter} read backwards: for a block of positions the
 * columns are gathered from the output side (im2col) and multiplied by the weights.
 */
export function gatherMultiply(extents: Extents, engine: Engine): Plan {
  const { batch, groups, axes, inputChannels, outputChannels, groupInputs, groupOutputs, inputPlane, outputPlane, taps } = extents;
  const { panelRows, panelColumns } = engine;
  const table = Int32Array.from(reachTable(axes));
  const blocks = cutIntoBlocks(extents);
  const pitch = roundUp(mostPositions(blocks), panelColumns);
  const channels = channelsOfBlock(extents, pitch, 1);
  const packedRows = roundUp(groupInputs, panelRows);
  const packedGroup = packedRows * groupOutputs * taps;

  const places = new Places();
  places.take(table.length);
  const source = places.take(batch * outputChannels * outputPlane);
  const result = places.take(batch * inputChannels * inputPlane);
  const bias = places.take(inputChannels);
  const packedWeights = places.take(groups * packedGroup);
  const scratch = places.size;
  const columns = places.take(channels * taps * pitch);
  const packedColumns = places.take(channels * taps * pitch);
  const sums = places.take(packedRows * pitch);
  places.size = Math.max(places.size, scratch + inputChannels * groupOutputs * taps);

  return {
    strategy: 'gatherMultiply', size: places.size, table, steps: batch * groups * blocks.length,
    places: { source, gradient: source, weights: scratch, bias, result },
    prepare({ loops }) {
      for (let group = 0; group < groups; group++) for (let channel = 0; channel < groupOutputs; channel += channels) {
        const depth = Math.min(channels, groupOutputs - channel) * taps;
        const weights = scratch + (group * groupInputs * groupOutputs + channel) * taps;
        loops.pack(packedWeights + group * packedGroup + channel * taps * packedRows, weights, depth, groupInputs, 1, groupOutputs * taps, panelRows);
      }
    },
    begin() { /* every result is written once */ },
    step({ loops }, index) {
      const plane = Math.floor(index / blocks.length);
      const { start, positions, firstRow, endRow, firstX, endX } = blocks[index % blocks.length] as Block;
      const group = plane % groups;
      for (let channel = 0; channel < groupOutputs; channel += channels) {
        const count = Math.min(channels, groupOutputs - channel);
        const weights = packedWeights + group * packedGroup + channel * taps * packedRows;
        loops.gather(0, columns, pitch, source + (plane * groupOutputs + channel) * outputPlane, count, firstRow, endRow, firstX, endX);
        loops.pack(packedColumns, columns, count * taps, positions, pitch, 1, panelColumns);
        loops.multiply(sums, pitch, weights, packedColumns, packedRows / panelRows, Math.ceil(positions / panelColumns), count * taps, channel > 0);
      }
      const output = result + plane * groupInputs * inputPlane + start;
      loops.copyRows(output, inputPlane, sums, pitch, groupInputs, positions, bias + group * groupInputs);
    },
    finish() { /* nothing remains */ },
  };
}
