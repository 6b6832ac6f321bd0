import { max, min } from '../arithmetic';
import { type Extents, trivialAxis, type ThreeAxes } from '../extents';
import { dealOut } from '../places';
import { type Plan } from '../plan';
import { reachOf, roomForLines, rowTable } from './rowTable';

/**
 * Few input channels, depthwise among them: every output row is a short sum of rows of inputs times weights. The
 * inputs stand in a frame of zeros, so that all a row reads is there in whole vectors.
 *
 * With a single input position, as in the first layer of a generator, weights and inputs exchange their parts: one
 * input and many taps that are the outputs is the same as many inputs and one tap. So what is summed are rows of
 * weights, each of which is read once for each image, in one sweep.
 *
 * @param isAdjoint whether input and output side have been exchanged, but not in the weights
 */
export function direct(extents: Extents, isSingle: boolean, isAdjoint: boolean): Plan {
  const { batch, groups, flip, groupInputs, groupOutputs, inputPlane, outputPlane, taps } = extents;
  const weightRow = groupOutputs * taps;
  const groupWeights = groupInputs * weightRow;
  const axes: ThreeAxes = isSingle ? [trivialAxis, trivialAxis, { ...trivialAxis, inputSize: taps, outputSize: taps }] : extents.axes;
  const [z, y, x] = axes;
  const rows = z.inputSize * y.inputSize;
  const [least, greatest, all] = reachOf(x);
  // Inputs from `least` on.
  const frame = max(0, greatest + all) + 16 - least;
  const first = max(0, least);
  const [lineStep, weightStep] = isSingle ? [taps, 1] : [rows * frame, isAdjoint ? taps : weightRow];
  const [table, [start = 0]] = rowTable(axes, flip, [[0, rows, least, frame, 0, all]], 0, isSingle ? [groupInputs * taps, 0] : [0, isAdjoint ? groupInputs * taps : taps],
    Array.from({ length: groupInputs }, (_, channel) => [channel * lineStep, channel * weightStep]));
  const places = dealOut(table, extents, isSingle ? groups * groupWeights : groupInputs * rows * frame, roomForLines(x));
  const { input, output, weights, bias, scratch: [packed, lines] } = places;
  return {
    strategy: 'direct', places: isAdjoint ? { ...places, input: output, output: input } : places, steps: batch * groups,
    prepare({ loops }) {
      for (let group = 0; group < groups && isSingle; group++) {
        const ownWeights = group * groupWeights;
        loops.pack(packed + ownWeights, weights + ownWeights, groupInputs, weightRow, weightRow, 1, taps);
      }
    },
    step({ loops }, plane) {
      const group = plane % groups;
      const inputs = input + plane * groupInputs * inputPlane;
      const ownWeights = group * groupWeights;
      if (!isSingle) loops.copyRows(packed + first - least, frame, inputs + first, x.inputSize, groupInputs * rows, min(x.inputSize, frame + least) - first, 0);
      const [source, factors] = isSingle ? [packed + ownWeights, inputs] : [packed, weights + ownWeights];
      loops.sumRows(0, start, source, factors, output + plane * groupOutputs * outputPlane, bias + group * groupOutputs, groupOutputs, lines);
    },
  };
}
