import { type Engine, Places } from '../engine';
import { type Extents } from '../extents';
import { type Plan } from '../plan';
import { cut, roundUp, steps } from './blocks';

/**
 * The adjoint for many channels, `multiplyScatter` read backwards: for a block of positions the
 * columns are gathered from the output side (im2col) and multiplied by the weights.
 */
export function gatherMultiply(extents: Extents, engine: Engine): Plan {
  const { batch, groups, inputChannels, outputChannels, groupInputs, groupOutputs, inputPlane, outputPlane, taps } = extents;
  const { panelRows, panelColumns } = engine;
  const whole = cut(extents, engine);
  const { pitch, channels, table } = whole;
  const weightRow = groupOutputs * taps;
  const packedRows = roundUp(groupInputs, panelRows);
  const packedGroup = packedRows * weightRow;

  const places = new Places();
  places.take(table.entries.length);
  const source = places.take(batch * outputChannels * outputPlane);
  const result = places.take(batch * inputChannels * inputPlane);
  const bias = places.take(inputChannels);
  const packedWeights = places.take(groups * packedGroup);
  const weights = places.size;
  const columns = places.take(channels * taps * pitch);
  const packedColumns = places.take(channels * taps * pitch);
  const sums = places.take(packedRows * pitch);
  places.atLeast(weights + inputChannels * weightRow);

  return {
    strategy: 'gatherMultiply', size: places.size, table: table.entries,
    places: { source, gradient: source, weights, bias, result },
    prepare({ loops }) {
      for (let group = 0; group < groups; group++) for (let channel = 0; channel < groupOutputs; channel += channels) {
        const depth = Math.min(channels, groupOutputs - channel) * taps;
        const to = packedWeights + group * packedGroup + channel * taps * packedRows;
        loops.pack(to, weights + group * groupInputs * weightRow + channel * taps, depth, groupInputs, 1, weightRow, panelRows);
      }
    },
    ...steps(extents, whole, {
      each(loops, plane, { positions, range }, channel, count) {
        const depth = count * taps;
        const rows = packedWeights + plane % groups * packedGroup + channel * taps * packedRows;
        loops.gather(0, range, columns, source + (plane * groupOutputs + channel) * outputPlane, count);
        loops.pack(packedColumns, columns, depth, positions, pitch, 1, panelColumns);
        loops.multiply(sums, pitch, rows, packedColumns, packedRows / panelRows, Math.ceil(positions / panelColumns), depth, channel > 0);
      },
      after(loops, plane, { start, positions }) {
        loops.copyRows(result + plane * groupInputs * inputPlane + start, inputPlane, sums, pitch, groupInputs, positions, bias + plane % groups * groupInputs);
      },
    }),
  };
}
