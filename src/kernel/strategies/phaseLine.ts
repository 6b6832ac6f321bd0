import { type Axis } from '../../geometry/axis';
import { tapPhases } from '../axisPlan';

/** An axis as the correlation sees it. */
export interface Line {
  /** Results along it, and the stride between those of one residue. */
  readonly result: number;
  readonly step: number;
  readonly source: number;
  readonly kernel: number;
  /** Length of the framed source, or of each part of it. */
  readonly frame: number;
  /** The parts into which the source is split, every `apart`-th number of it: from where to where in its frame. */
  readonly apart: number;
  readonly parts: readonly { readonly from: number; readonly to: number; readonly count: number }[];
  /** For each residue of the result its taps: the part they read, and where in its frame for result 0. */
  readonly taps: readonly (readonly { readonly tap: number; readonly part: number; readonly offset: number }[])[];
}

export function lineOf(axis: Axis, forward: boolean): Line {
  const { inputSize, outputSize, stride } = axis;
  const [result, source] = forward ? [outputSize, inputSize] : [inputSize, outputSize];
  const [step, apart] = forward ? [stride, 1] : [1, stride];
  const taps = tapPhases(axis).map(({ residue, shift }, tap) => (
    forward ? { tap, residue, part: 0, shift } : { tap, residue: 0, part: residue, shift: -shift }
  ));
  const shifts = taps.map(({ shift }) => shift);
  const low = Math.min(...shifts);
  const frame = Math.max(...shifts) - low + Math.max(1, Math.ceil(result / step));
  return {
    result, step, source, kernel: axis.kernelSize, frame, apart,
    parts: Array.from({ length: apart }, (_, part) => {
      const first = Math.max(0, low);
      const end = Math.min(Math.ceil((source - part) / apart), low + frame);
      const isRead = taps.some(tap => tap.part === part);
      return { from: part + first * apart, to: first - low, count: isRead ? Math.max(0, end - first) : 0 };
    }),
    taps: Array.from({ length: step }, (_, residue) => (
      taps.filter(tap => tap.residue === residue).map(({ tap, part, shift }) => ({ tap, part, offset: shift - low }))
    )),
  };
}
