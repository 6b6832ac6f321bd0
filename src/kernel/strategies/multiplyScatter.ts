import { type Engine, Places } from '../engine';
import { type Extents, type Plan } from '../plan';
import { type Block, channelsOfBlock, cutIntoBlocks, mostPositions, reachTable, roundUp } from './blocks';

/**
 * Many channels: the weights of all taps times a block of input positions, a matrix product, gives
 * columns, what every tap adds for every position; these are then scattered to their outputs (col2im).
 * No zero is ever multiplied, and only the inputs are packed at each run.
 */
export function multiplyScatter(extents: Extents, engine: Engine): Plan {
  const { batch, groups, axes, inputChannels, outputChannels, groupInputs, groupOutputs, inputPlane, outputPlane, taps } = extents;
  const { panelRows, panelColumns } = engine;
  const table = Int32Array.from(reachTable(axes));
  const blocks = cutIntoBlocks(extents);
  const pitch = roundUp(mostPositions(blocks), panelColumns);
  const channels = channelsOfBlock(extents, pitch, panelRows);
  const packedGroup = roundUp(groupOutputs * taps, panelRows) * groupInputs;

  const places = new Places();
  places.take(table.length);
  const source = places.take(batch * inputChannels * inputPlane);
  // Pairs of taps are scattered together, the second of the last pair possibly one place too far.
  const result = places.take(batch * outputChannels * outputPlane + 1);
  const bias = places.take(outputChannels);
  const packedWeights = places.take(groups * packedGroup);
  const scratch = places.size;
  const packedBlock = places.take(pitch * groupInputs);
  const columns = places.take(roundUp(channels * taps, panelRows) * pitch);
  places.size = Math.max(places.size, scratch + inputChannels * groupOutputs * taps);

  return {
    strategy: 'multiplyScatter', size: places.size, table, steps: batch * groups * blocks.length,
    places: { source, gradient: source, weights: scratch, bias, result },
    prepare({ loops }) {
      for (let group = 0; group < groups; group++) {
        const weights = scratch + group * groupInputs * groupOutputs * taps;
        loops.pack(packedWeights + group * packedGroup, weights, groupInputs, groupOutputs * taps, groupOutputs * taps, 1, panelRows);
      }
    },
    begin({ loops }) {
      loops.fill(result, batch * outputChannels, outputPlane, bias, outputChannels);
    },
    step({ loops }, index) {
      const plane = Math.floor(index / blocks.length);
      const { start, positions, firstRow, endRow, firstX, endX } = blocks[index % blocks.length] as Block;
      const input = source + plane * groupInputs * inputPlane + start;
      const weights = packedWeights + plane % groups * packedGroup;
      loops.pack(packedBlock, input, groupInputs, positions, inputPlane, 1, panelColumns);
      for (let channel = 0; channel < groupOutputs; channel += channels) {
        const count = Math.min(channels, groupOutputs - channel);
        const rowPanels = Math.ceil(count * taps / panelRows);
        loops.multiply(columns, pitch, weights + channel * taps * groupInputs, packedBlock, rowPanels, Math.ceil(positions / panelColumns), groupInputs, false);
        loops.scatter(0, columns, pitch, result + (plane * groupOutputs + channel) * outputPlane, count, firstRow, endRow, firstX, endX);
      }
    },
    finish() { /* nothing remains */ },
  };
}
