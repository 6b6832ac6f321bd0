import { type Axis } from '../../geometry/axis';
import { type Engine, Places } from '../engine';
import { type Extents, type Plan } from '../plan';
import { channelsOfBlock, reachTable, roundUp } from './blocks';

/**
 * One input position, as in the first layer of a generator: a vector times the weights, of which
 * every one is used once for each image, so that reading them in one sweep is all there is to gain.
 *
 * An axis of one input and many taps is the same as an axis of many inputs and one tap, with stride
 * and dilation exchanged: so the products scatter as one run instead of tap by tap.
 */
export function singleInput(extents: Extents, engine: Engine): Plan {
  const { batch, groups, inputChannels, outputChannels, groupInputs, groupOutputs, outputPlane, taps } = extents;
  const { panelColumns } = engine;
  const [z, y, x] = extents.axes;
  const table = Int32Array.from(reachTable([exchanged(z), exchanged(y), exchanged(x)]));
  const channels = channelsOfBlock(extents, groupInputs, panelColumns);
  const packedGroup = roundUp(groupOutputs * taps, panelColumns) * groupInputs;
  const blocks = Math.ceil(groupOutputs / channels);

  const places = new Places();
  places.take(table.length);
  const source = places.take(batch * inputChannels);
  const result = places.take(batch * outputChannels * outputPlane + 1);
  const bias = places.take(outputChannels);
  const packedWeights = places.take(groups * packedGroup);
  const scratch = places.size;
  const products = places.take(roundUp(channels * taps, panelColumns));
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
      for (let image = 0; image < batch; image++) {
        loops.sweep(products, source + image * inputChannels + group * groupInputs, weights, Math.ceil(count * taps / panelColumns), groupInputs);
        const output = result + (image * outputChannels + group * groupOutputs + channel) * outputPlane;
        loops.scatter(0, products, taps, output, count, 0, z.kernelSize * y.kernelSize, 0, x.kernelSize);
      }
    },
    finish() { /* nothing remains */ },
  };
}

function exchanged(axis: Axis): Axis {
  return { ...axis, inputSize: axis.kernelSize, kernelSize: 1, stride: axis.dilation, dilation: 1 };
}
