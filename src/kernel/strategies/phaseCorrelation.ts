import { Places } from '../engine';
import { type Extents } from '../extents';
import { type Plan } from '../plan';
import { roomForLines } from './columnTable';
import { type Line, lineOf } from './phaseLine';

/** How many ordinary correlations the strides split the geometry into. */
export function phaseCount(extents: Extents): number {
  return extents.axes.reduce((product, axis) => product * axis.stride, 1);
}

/**
 * Few channels, depthwise among them: outputs `p·stride + residue` of one residue are an ordinary
 * correlation of the inputs at `p + shift`, a shift for each tap of that residue. Each output is one short
 * sum over a table of offsets into the source, which stands in a frame of zeros so that no tap misses it.
 *
 * The adjoint is the same the other way round: there the source, the output side, is split into its
 * residues, and what comes out is whole.
 */
export function phaseCorrelation(extents: Extents, direction: 'forward' | 'adjoint'): Plan {
  const forward = direction === 'forward';
  const { batch, groups, axes, inputChannels, groupInputs, groupOutputs, inputPlane, outputPlane, taps } = extents;
  const lines = axes.map(axis => lineOf(axis, forward)) as [Line, Line, Line];
  const [z, y, x] = lines;
  const sourceChannels = forward ? groupInputs : groupOutputs;
  const resultChannels = forward ? groupOutputs : groupInputs;
  const sourcePlane = forward ? inputPlane : outputPlane;
  const resultPlane = forward ? outputPlane : inputPlane;

  // From a channel's weights to the next's: input channels are the outer index.
  const [sourceStep, resultStep] = forward ? [groupOutputs * taps, taps] : [taps, groupOutputs * taps];

  const framePlane = y.frame * x.frame;
  const framePhase = z.frame * framePlane;
  const frameChannel = z.parts.length * y.parts.length * x.parts.length * framePhase;

  // The terms of each residue, one residue after the other: where they end, where each reads, with which weight.
  const ends: number[] = [];
  const offsets: number[] = [];
  const weightOfTerm: number[] = [];
  for (const zTaps of z.taps) for (const yTaps of y.taps) for (const xTaps of x.taps) {
    for (let channel = 0; channel < sourceChannels; channel++) {
      for (const tz of zTaps) for (const ty of yTaps) for (const tx of xTaps) {
        const part = (tz.part * y.parts.length + ty.part) * x.parts.length + tx.part;
        offsets.push(channel * frameChannel + part * framePhase + tz.offset * framePlane + ty.offset * x.frame + tx.offset);
        weightOfTerm.push(channel * sourceStep + (tz.tap * y.kernel + ty.tap) * x.kernel + tx.tap);
      }
    }
    ends.push(offsets.length);
  }

  // What `copyBoxes` copies into the frames of one channel.
  const boxes: number[] = [];
  for (const pz of z.parts) for (const py of y.parts) for (const px of x.parts) {
    const to = boxes.length / 5 * framePhase + pz.to * framePlane + py.to * x.frame + px.to;
    boxes.push((pz.from * y.source + py.from) * x.source + px.from, to, pz.count, py.count, px.count);
  }

  const terms = sourceChannels * taps;
  const correlation = [z.result, y.result, x.result, z.step, y.step, x.step, framePlane, x.frame, terms, 0, ...ends, ...offsets];
  const copying = [sourcePlane, y.source * x.source * z.apart, x.source * y.apart, frameChannel, framePlane, x.frame, x.apart, boxes.length / 5, ...boxes];
  const table = Int32Array.from([...correlation, ...copying]);

  const places = new Places();
  places.take(table.length);
  const source = places.take(batch * groups * sourceChannels * sourcePlane);
  // Vectors reach past the last result and the last source.
  const result = places.take(batch * groups * resultChannels * resultPlane + 16);
  const bias = places.take(groups * resultChannels);
  const frames = places.take(sourceChannels * frameChannel + 32);
  const room = places.take(roomForLines(x.result, x.step) + 16);
  const weights = places.take(inputChannels * groupOutputs * taps);
  const packedWeights = places.take(groups * resultChannels * terms);

  return {
    strategy: 'phaseCorrelation', size: places.size, table, steps: batch * groups,
    places: { source, gradient: source, weights, bias, result },
    prepare({ values }) {
      let to = packedWeights;
      for (let group = 0; group < groups; group++) for (let channel = 0; channel < resultChannels; channel++) {
        const from = weights + group * groupInputs * groupOutputs * taps + channel * resultStep;
        for (const term of weightOfTerm) values[to++] = values[from + term] as number;
      }
    },
    step({ loops }, plane) {
      const group = plane % groups;
      loops.copyBoxes(correlation.length, frames, source + plane * sourceChannels * sourcePlane, sourceChannels);
      loops.correlate(0, frames, packedWeights + group * resultChannels * terms, bias + group * resultChannels, result + plane * resultChannels * resultPlane, resultChannels, room);
    },
  };
}
