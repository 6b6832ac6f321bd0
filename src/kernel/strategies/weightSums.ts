import { type Engine, Places } from '../engine';
import { type Extents } from '../extents';
import { type Plan } from '../plan';
import { cut, roundUp, steps } from './blocks';

/**
 * The gradient for the weights: for each block of positions the columns are gathered from the output
 * side (im2col) and multiplied by the inputs; the products of all blocks and images are summed.
 */
export function weightSums(extents: Extents, engine: Engine): Plan {
  const { batch, groups, inputChannels, outputChannels, groupInputs, groupOutputs, inputPlane, outputPlane, taps } = extents;
  const { panelRows, panelColumns } = engine;
  const whole = cut(extents, engine);
  const { pitch, channels, table } = whole;
  const weightRow = groupOutputs * taps;
  const packedRows = roundUp(groupInputs, panelRows);
  // The last tile of some channels reaches into the next: it adds zeros there.
  const sumsPitch = weightRow + panelColumns;

  const places = new Places();
  places.take(table.entries.length);
  const source = places.take(batch * inputChannels * inputPlane);
  const gradient = places.take(batch * outputChannels * outputPlane);
  const result = places.take(inputChannels * weightRow);
  const zeros = places.take(Math.max(1, groupInputs));
  const sums = places.take(groups * packedRows * sumsPitch);
  const packedInputs = places.take(packedRows * pitch);
  const columns = places.take(channels * taps * pitch);
  const packedColumns = places.take(roundUp(channels * taps, panelColumns) * pitch);

  return {
    strategy: 'weightSums', size: places.size, table: table.entries,
    places: { source, gradient, weights: zeros, bias: zeros, result },
    begin({ loops }) {
      loops.fill(sums, groups * packedRows, sumsPitch, zeros, 1);
    },
    ...steps(extents, whole, {
      before(loops, plane, { start, positions }) {
        loops.pack(packedInputs, source + plane * groupInputs * inputPlane + start, positions, groupInputs, 1, inputPlane, panelRows);
      },
      each(loops, plane, { positions, range }, channel, count) {
        const to = sums + plane % groups * packedRows * sumsPitch + channel * taps;
        loops.gather(0, range, columns, gradient + (plane * groupOutputs + channel) * outputPlane, count);
        loops.pack(packedColumns, columns, positions, count * taps, 1, pitch, panelColumns);
        loops.multiply(to, sumsPitch, packedInputs, packedColumns, packedRows / panelRows, Math.ceil(count * taps / panelColumns), positions, true);
      },
    }),
    finish({ loops }) {
      for (let group = 0; group < groups; group++) {
        loops.copyRows(result + group * groupInputs * weightRow, weightRow, sums + group * packedRows * sumsPitch, sumsPitch, groupInputs, weightRow, zeros);
      }
    },
  };
}
