import { type Engine, Places } from '../engine';
import { type Extents } from '../extents';
import { type Plan } from '../plan';
import { cut, roundUp, steps } from './blocks';
import { roomForLines } from './columnTable';

/**
 * Many channels: the weights of all taps times a block of input positions, a matrix product, gives
 * columns, what every tap adds for every position; these are then summed into the outputs that they
 * belong to (col2im). No zero is ever multiplied, and only the inputs are packed at each run.
 */
export function multiplyScatter(extents: Extents, engine: Engine): Plan {
  const { batch, groups, axes, inputChannels, outputChannels, groupInputs, groupOutputs, inputPlane, outputPlane, taps } = extents;
  const { panelRows, panelColumns } = engine;
  const whole = cut(extents, engine);
  const { pitch, channels, table } = whole;
  const weightRows = groupOutputs * taps;
  const packedGroup = roundUp(weightRows, panelRows) * groupInputs;

  const places = new Places();
  places.take(table.entries.length);
  const source = places.take(batch * inputChannels * inputPlane);
  const result = places.take(batch * outputChannels * outputPlane);
  const bias = places.take(outputChannels);
  const packedWeights = places.take(groups * packedGroup);
  const weights = places.size;
  const packedBlock = places.take(pitch * groupInputs);
  const columns = places.take(roundUp(channels * taps, panelRows) * pitch + 4);
  const lines = places.take(roomForLines(axes[2].outputSize, axes[2].stride));
  places.atLeast(weights + groups * weightRows * groupInputs);

  return {
    strategy: 'multiplyScatter', size: places.size, table: table.entries,
    places: { source, gradient: source, weights, bias, result },
    prepare({ loops }) {
      for (let group = 0; group < groups; group++) {
        loops.pack(packedWeights + group * packedGroup, weights + group * groupInputs * weightRows, groupInputs, weightRows, weightRows, 1, panelRows);
      }
    },
    begin({ loops }) {
      if (!table.writes) loops.fill(result, batch * outputChannels, outputPlane, bias, outputChannels);
    },
    ...steps(extents, whole, {
      before(loops, plane, { start, positions }) {
        loops.pack(packedBlock, source + plane * groupInputs * inputPlane + start, groupInputs, positions, inputPlane, 1, panelColumns);
      },
      each(loops, plane, { positions, range }, channel, count) {
        const group = plane % groups;
        const rows = packedWeights + group * packedGroup + channel * taps * groupInputs;
        loops.multiply(columns, pitch, rows, packedBlock, Math.ceil(count * taps / panelRows), Math.ceil(positions / panelColumns), groupInputs, false);
        loops.scatter(0, range, columns, result + (plane * groupOutputs + channel) * outputPlane, bias + group * groupOutputs + channel, count, lines);
      },
    }),
  };
}
