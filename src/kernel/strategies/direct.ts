import { type Extents, trivialAxis, type ThreeAxes } from '../extents';
import { Places } from '../places';
import { type Plan } from '../plan';
import { cutPlane, reachOf, roomForLines, rowTable } from './rowTable';

/**
 * Few input channels, depthwise among them: every output row is a short sum of rows of inputs times weights.
 *
 * With a single input position, as in the first layer of a generator, weights and inputs exchange their parts: one
 * input and many taps is the same as many inputs and one tap, with stride and dilation exchanged. So the rows are
 * rows of weights, each of which is read once for each image, in one sweep.
 */
export function direct(extents: Extents, isSingle: boolean): Plan {
  const { batch, groups, groupInputs, groupOutputs, inputPlane, outputPlane, taps } = extents;
  const weightRow = groupOutputs * taps;
  const axes = isSingle ? exchanged(extents) : extents.axes;
  const [z, y, x] = axes;
  const rows = z.inputSize * y.inputSize;
  // What a row of outputs reads, in whole vectors: inputs from `least` on, with zeros where there are none.
  const { least, greatest, all } = reachOf(x);
  const first = Math.max(0, least);
  const frame = Math.max(0, greatest + all) + 16 - least;
  const [table, starts] = isSingle
    ? rowTable(axes, cutPlane(axes, Infinity, true), { tap: 0, output: groupInputs * taps, outputWeights: 0, channels: groupInputs, channel: taps, channelWeights: 1 })
    : rowTable(axes, [{ firstRow: 0, endRow: rows, firstX: least, width: frame, low: 0, count: all }],
      { tap: 0, output: 0, outputWeights: taps, channels: groupInputs, channel: rows * frame, channelWeights: weightRow });
  const places = new Places(table, extents);
  const { input, output, weights, bias } = places;
  const packed = places.take(groupInputs * (isSingle ? groups * weightRow : rows * frame));
  const lines = places.take(roomForLines(x));

  return {
    strategy: 'direct', places, steps: batch * groups * starts.length,
    prepare({ loops }) {
      if (isSingle) for (let group = 0; group < groups; group++) {
        const ownWeights = group * groupInputs * weightRow;
        loops.pack(packed + ownWeights, weights + ownWeights, groupInputs, weightRow, weightRow, 1, taps);
      }
    },
    step({ loops }, plane) {
      const group = plane % groups;
      const inputs = input + plane * groupInputs * inputPlane;
      const ownWeights = group * groupInputs * weightRow;
      if (!isSingle) loops.copyRows(packed + first - least, frame, inputs + first, x.inputSize, groupInputs * rows, Math.min(x.inputSize, frame + least) - first, 0);
      const [source, factors] = isSingle ? [packed + ownWeights, inputs] : [packed, weights + ownWeights];
      loops.sumRows(0, starts[0] ?? 0, source, factors, output + plane * groupOutputs * outputPlane, bias + group * groupOutputs, groupOutputs, lines);
    },
  };
}

/** Neither cropped nor dilated, all positions make one row. */
function exchanged({ axes, taps }: Extents): ThreeAxes {
  const isWhole = axes.every(axis => axis.outputSize === axis.kernelSize && axis.cropLeft === 0 && axis.dilation === 1);
  if (isWhole) return [trivialAxis, trivialAxis, { ...trivialAxis, inputSize: taps, outputSize: taps }];
  const [z, y, x] = axes.map(axis => ({ ...axis, inputSize: axis.kernelSize, kernelSize: 1, stride: axis.dilation, dilation: 1 }));
  return [z ?? trivialAxis, y ?? trivialAxis, x ?? trivialAxis];
}
