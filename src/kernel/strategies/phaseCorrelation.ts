import { type Axis } from '../../geometry/axis';
import { modulo, phases } from '../axisPlan';
import { Places } from '../engine';
import { type Extents, type Plan } from '../plan';

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
  const lines = axes.map(axis => forward ? forwardLine(axis) : adjointLine(axis)) as [Line, Line, Line];
  const [z, y, x] = lines;
  const sourceChannels = forward ? groupInputs : groupOutputs;
  const resultChannels = forward ? groupOutputs : groupInputs;
  const sourcePlane = forward ? inputPlane : outputPlane;
  const resultPlane = forward ? outputPlane : inputPlane;

  const framePlane = y.frame * x.frame;
  const framePhase = z.frame * framePlane;
  const frameChannel = z.parts.length * y.parts.length * x.parts.length * framePhase;
  const { ends, offsets, weightOfTerm } = termTable(extents, lines, { forward, sourceChannels, framePlane, framePhase, frameChannel });
  const terms = offsets.length;
  const boxes = boxTable(lines, framePlane, framePhase);
  const correlation = [z.result, y.result, x.result, z.step, y.step, x.step, framePlane, x.frame, terms, 0, ...ends, ...offsets];
  const copying = [sourcePlane, y.source * x.source * z.apart, x.source * y.apart, frameChannel, framePlane, x.frame, x.apart, boxes.length / 5, ...boxes];
  const table = Int32Array.from([...correlation, ...copying]);

  const places = new Places();
  places.take(table.length);
  const source = places.take(batch * groups * sourceChannels * sourcePlane);
  // Vectors reach past the last output and the last source.
  const result = places.take(batch * groups * resultChannels * resultPlane + x.step + 16);
  const bias = places.take(groups * resultChannels);
  const frames = places.take(sourceChannels * frameChannel + 32);
  const row = places.take(x.step * (Math.ceil(x.result / x.step) + 16) + 16);
  const weights = places.take(inputChannels * groupOutputs * taps);
  const packedWeights = places.take(groups * resultChannels * terms);
  const resultStep = forward ? taps : groupOutputs * taps;

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
    begin() { /* every result is written once */ },
    step({ loops }, plane) {
      const group = plane % groups;
      loops.copyBoxes(correlation.length, frames, source + plane * sourceChannels * sourcePlane, sourceChannels);
      loops.correlate(0, frames, packedWeights + group * resultChannels * terms, bias + group * resultChannels, result + plane * resultChannels * resultPlane, resultChannels, row);
    },
    finish() { /* nothing remains */ },
  };
}

/** An axis as the correlation sees it. */
interface Line {
  /** Results along it, and the stride between those of one residue. */
  readonly result: number;
  readonly step: number;
  readonly source: number;
  /** Length of the framed source, or of each part of it. */
  readonly frame: number;
  /** The parts into which the source is split, every `apart`-th number of it: from where to where in its frame. */
  readonly apart: number;
  readonly parts: readonly { readonly from: number; readonly to: number; readonly count: number }[];
  /** For each residue of the result its taps: the part they read, and where in its frame for result 0. */
  readonly taps: readonly (readonly { readonly tap: number; readonly part: number; readonly offset: number }[])[];
}

function forwardLine(axis: Axis): Line {
  const { inputSize, outputSize, stride } = axis;
  const residues = phases(axis).map((taps, residue) => ({ taps, count: Math.ceil((outputSize - residue) / stride) }))
    .map(({ taps, count }) => ({ taps: count > 0 ? taps : [], count }));
  const low = Math.min(...residues.flatMap(({ taps }) => taps.map(({ shift }) => shift)));
  const high = Math.max(...residues.flatMap(({ taps, count }) => taps.map(({ shift }) => shift + count - 1)));
  const frame = Number.isFinite(low) ? high - low + 1 : 1;
  return {
    result: outputSize, step: stride, source: inputSize, frame, apart: 1,
    parts: [partOf(inputSize, 0, 1, low, frame)],
    taps: residues.map(({ taps }) => taps.map(({ tap, shift }) => ({ tap, part: 0, offset: shift - low }))),
  };
}

function adjointLine(axis: Axis): Line {
  const { inputSize, outputSize, kernelSize, stride, dilation, cropLeft } = axis;
  const taps = Array.from({ length: kernelSize }, (_, tap) => {
    const position = tap * dilation - cropLeft;
    return { tap, residue: modulo(position, stride), shift: Math.floor(position / stride) };
  });
  const residues = [...new Set(taps.map(({ residue }) => residue))];
  const low = Math.min(...taps.map(({ shift }) => shift));
  const frame = Math.max(...taps.map(({ shift }) => shift)) - low + Math.max(1, inputSize);
  return {
    result: inputSize, step: 1, source: outputSize, frame, apart: stride,
    parts: residues.map(residue => partOf(outputSize, residue, stride, low, frame)),
    taps: [taps.map(({ tap, residue, shift }) => ({ tap, part: residues.indexOf(residue), offset: shift - low }))],
  };
}

/** Of every `apart`-th number of a source from `residue` on, those that fall into a frame that starts with the one numbered `low`. */
function partOf(size: number, residue: number, apart: number, low: number, frame: number): Line['parts'][number] {
  const first = Math.max(0, Number.isFinite(low) ? low : 0);
  const end = Math.min(Math.ceil((size - residue) / apart), Number.isFinite(low) ? low + frame : 0);
  return { from: residue + first * apart, to: Number.isFinite(low) ? first - low : 0, count: Math.max(0, end - first) };
}

interface Frames {
  readonly forward: boolean;
  readonly sourceChannels: number;
  readonly framePlane: number;
  readonly framePhase: number;
  readonly frameChannel: number;
}

/** The terms of each residue, one residue after the other: where they end, where each reads, with which weight. */
function termTable(extents: Extents, [z, y, x]: readonly [Line, Line, Line], frames: Frames): { ends: number[]; offsets: number[]; weightOfTerm: number[] } {
  const { groupOutputs, taps, axes } = extents;
  const ends: number[] = [];
  const offsets: number[] = [];
  const weightOfTerm: number[] = [];
  for (const zTaps of z.taps) for (const yTaps of y.taps) for (const xTaps of x.taps) {
    for (let channel = 0; channel < frames.sourceChannels; channel++) {
      const weight = channel * taps * (frames.forward ? groupOutputs : 1);
      for (const tz of zTaps) for (const ty of yTaps) for (const tx of xTaps) {
        const part = (tz.part * y.parts.length + ty.part) * x.parts.length + tx.part;
        offsets.push(channel * frames.frameChannel + part * frames.framePhase + tz.offset * frames.framePlane + ty.offset * x.frame + tx.offset);
        weightOfTerm.push(weight + (tz.tap * axes[1].kernelSize + ty.tap) * axes[2].kernelSize + tx.tap);
      }
    }
    ends.push(offsets.length);
  }
  return { ends, offsets, weightOfTerm };
}

/** The boxes that `copyBoxes` copies into the frames of one channel. */
function boxTable([z, y, x]: readonly [Line, Line, Line], framePlane: number, framePhase: number): number[] {
  const boxes: number[] = [];
  let phase = 0;
  for (const pz of z.parts) for (const py of y.parts) for (const px of x.parts) {
    boxes.push((pz.from * y.source + py.from) * x.source + px.from, phase + pz.to * framePlane + py.to * x.frame + px.to, pz.count, py.count, px.count);
    phase += framePhase;
  }
  return boxes;
}
