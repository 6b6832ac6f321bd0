import { type Axis } from '../../geometry/axis';
import { type Engine, Places } from '../engine';
import { type Extents, type Plan } from '../plan';
import { channelsOfBlock, reachTable, roundUp } from './blocks';

/**
 * One input position, as in the first layer of a generator: images times weights, of which every
 * one is used once for each image. The weights are the wide side here, read in one sweep.
 *
 * An axis of one input and many taps is the same as an axis of many inputs and one tap, with stride
 * and dilation exchanged: so the products scatter as one run instead of tap by tap.
 */
export function singleInput(extents: Extents, engine: Engine): Plan {
  const { batch, groups, inputChannels, outputChannels, groupInputs, groupOutputs, outputPlane, taps } = extents;
  const { panelRows, panelColumns } = engine;
  const [z, y, x] = extents.axes;
  const table = Int32Array.from(reachTable([exchanged(z), exchanged(y), exchanged(x)]));
  const channels = channelsOfBlock(extents, roundUp(batch, panelRows), panelColumns);
  const packedGroup = roundUp(groupOutputs * taps, panelColumns) * groupInputs;
  const pitch = roundUp(channels * taps, panelColumns);
  const blocks = Math.ceil(groupOutputs / channels);

  const places = new Places();
  places.take(table.length);
  const source = places.take(batch * inputChannels);
  const result = places.take(batch * outputChannels * outputPlane + 1);
  const bias = places.take(outputChannels);
  const packedWeights = places.take(groups * packedGroup);
  const scratch = places.size;
  const packedImages = places.take(roundUp(batch, panelRows) * groupInputs);
  const products = places.take(roundUp(batch, panelRows) * pitch);
  places.size = Math.max(places.size, scratch + inputChannels * groupOutputs * taps);

  return {
    strategy: 'singleInput', size: places.size, table, steps: groups * blocks,
    places: { source, gradient: source, weights: scratch, bias, result },
    prepare({ loops }) {
      for (let group = 0; group < groups; group++) {
        const weights = scratch + group * groupInputs * groupOutputs * taps;
        loops.pack(packedWeights + group * packedGroup, weights, groupInputs, groupOutputs * taps, groupOutputs * taps, 1, panelColumns);
      }
    },
    begin({ loops }) {
      loops.fill(result, batch * outputChannels, outputPlane, bias, outputChannels);
    },
    step({ loops }, index) {
      const group = Math.floor(index / blocks);
      const channel = index % blocks * channels;
      const count = Math.min(channels, groupOutputs - channel);
      const weights = packedWeights + group * packedGroup + channel * taps * groupInputs;
      loops.pack(packedImages, source + group * groupInputs, groupInputs, batch, 1, inputChannels, panelRows);
      loops.multiply(products, pitch, packedImages, weights, Math.ceil(batch / panelRows), Math.ceil(count * taps / panelColumns), groupInputs, false);
      for (let image = 0; image < batch; image++) {
        const output = result + (image * outputChannels + group * groupOutputs + channel) * outputPlane;
        loops.scatter(0, products + image * pitch, taps, output, count, 0, z.kernelSize * y.kernelSize, 0, x.kernelSize);
      }
    },
    finish() { /* nothing remains */ },
  };
}

function exchanged(axis: Axis): Axis {
  return { ...axis, inputSize: axis.kernelSize, kernelSize: 1, stride: axis.dilation, dilation: 1 };
}
