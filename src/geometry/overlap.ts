import { bounds } from '../algebra/bounds';
import { greatestCommonDivisor } from '../algebra/coefficients';
import { isMultipleOf, modulo } from '../algebra/division';
import { asConstant, equal, subtract, type Int } from '../algebra/integer';
import { fullSize, type Axis } from './axis';

/** What decides how contributions overlap on one axis: cropping only shifts the pattern. */
export type OverlapParameters = Pick<Axis, 'kernelSize' | 'stride' | 'dilation'>;

/** How many input–tap pairs land on each position of one axis, away from the edges. */
export interface Overlap {
  /**
   * Contributions per residue of the position in the full result modulo the stride; length is the stride.
   * Empty for a stride above {@link largestCountedStride}.
   */
  readonly counts: readonly number[];
  /** Every position gets the same number. */
  readonly even: boolean;
  /** Some positions get none at all. */
  readonly holes: boolean;
  /** Largest count over smallest: 1 when even, infinite with holes. */
  readonly ratio: number;
}

export const largestCountedStride = 4096;
export const largestCountedOutput = 2 ** 20;

/**
 * The periodic overlap pattern of an axis, in closed form.
 *
 * With `g = gcd(dilation, stride)` only multiples of `g` are reached. Of the `stride / g` residues among
 * them, `kernelSize mod (stride / g)` get one contribution more than the others (Odena, Dumoulin and Olah
 * 2016 for dilation 1). Kernel size, stride and dilation are at least 1.
 */
export function overlap({ kernelSize, stride, dilation }: OverlapParameters): Overlap {
  const shared = greatestCommonDivisor(dilation, stride);
  const period = stride / shared;
  const least = Math.floor(kernelSize / period);
  const rest = kernelSize % period;
  const holes = shared > 1 || least === 0;
  const even = shared === 1 && rest === 0;
  return {
    counts: stride <= largestCountedStride ? interiorCounts({ kernelSize, stride, dilation }) : [],
    even,
    holes,
    ratio: even ? 1 : holes ? Infinity : (least + 1) / least,
  };
}

/**
 * The counts per residue of the *output* position modulo the stride: output `j` is position
 * `j + cropLeft` of the full result.
 */
export function countsOfOutput(counts: readonly number[], cropLeft: number): readonly number[] {
  const stride = counts.length;
  return counts.map((_, residue) => counts[floorModulo(residue + cropLeft, stride)] ?? 0);
}

/**
 * Contributions to each output position, edges included; 0 where only the bias is left.
 * Length is `outputSize`, or {@link largestCountedOutput} where that is less.
 */
export function contributions(axis: Axis): Int32Array {
  const { kernelSize, stride, dilation, inputSize, cropLeft } = axis;
  const length = fullSize(axis);
  const tapAt = firstTaps(axis, largestCountedOutput);
  const shared = greatestCommonDivisor(dilation, stride);
  const period = stride / shared;
  const result = new Int32Array(Math.max(0, Math.min(axis.outputSize, largestCountedOutput)));
  for (let output = 0; output < result.length; output++) {
    const position = output + cropLeft;
    if (position < 0 || position >= length) continue;
    const first = tapAt.get(position % stride);
    if (first === undefined) continue;
    // Taps first, first + period, … whose input position lies inside the input.
    const lowest = Math.max(0, Math.ceil((position - (inputSize - 1) * stride) / dilation));
    const highest = Math.min(kernelSize - 1, Math.floor(position / dilation));
    const from = first + Math.ceil(Math.max(0, lowest - first) / period) * period;
    if (from <= highest) result[output] = Math.floor((highest - from) / period) + 1;
  }
  return result;
}

/** Outputs at each end of an axis that differ from the periodic pattern. */
export interface Edges {
  /** Outputs that get fewer contributions than the pattern, because the input ends there. */
  readonly left: number;
  readonly right: number;
  /** Outputs before and after everything that the kernel reaches: they hold the bias only. */
  readonly emptyLeft: number;
  readonly emptyRight: number;
}

/** The edges of an axis. They may meet where the input is short. */
export function edges(axis: Axis): Edges {
  const reach = axis.dilation * (axis.kernelSize - 1) - axis.stride + 1;
  const cropRight = fullSize(axis) - axis.cropLeft - axis.outputSize;
  const within = (size: number): number => Math.max(0, Math.min(axis.outputSize, size));
  return {
    left: within(reach - Math.max(0, axis.cropLeft)),
    right: within(reach - Math.max(0, cropRight)),
    emptyLeft: within(-axis.cropLeft),
    emptyRight: within(-cropRight),
  };
}

/** All axes together. The count at a point is the product of the counts of its coordinates. */
export interface OverlapOfAxes {
  readonly even: boolean;
  readonly holes: boolean;
  /** Product over the axes; infinite with holes. */
  readonly ratio: number;
}

export function combineOverlaps(axes: readonly Omit<Overlap, 'counts'>[]): OverlapOfAxes {
  return {
    even: axes.every(axis => axis.even),
    holes: axes.some(axis => axis.holes),
    ratio: axes.reduce((product, axis) => product * axis.ratio, 1),
  };
}

/** `undefined`: depends on values that are not known. */
export interface Evenness {
  readonly even: boolean | undefined;
  readonly holes: boolean | undefined;
}

/**
 * Evenness of an axis whose parameters may be symbolic: decided only where it holds for every legal value
 * (all are at least 1), as for kernel `2*s` over stride `s`.
 */
export function evenness(kernelSize: Int, stride: Int, dilation: Int): Evenness {
  const [K, s, d] = [asConstant(kernelSize), asConstant(stride), asConstant(dilation)];
  if ([K, s, d].some(value => value !== undefined && value < 1)) return { even: undefined, holes: undefined };
  if (s === 1) return { even: true, holes: false };
  if (K !== undefined && s !== undefined && d !== undefined) {
    const { even, holes } = overlap({ kernelSize: K, stride: s, dilation: d });
    return { even, holes };
  }
  if (s !== undefined && d !== undefined && greatestCommonDivisor(s, d) > 1) return { even: false, holes: true };
  // Fewer taps than residues, or taps that do not share out evenly, whatever the dilation.
  if (bounds(subtract(kernelSize, stride)).upper < 0) return { even: false, holes: true };
  const divides = equal(kernelSize, stride) ? true : isMultipleOf(kernelSize, stride);
  const uneven = divides === false || bounds(modulo(kernelSize, stride)).lower > 0;
  const coprime = d === 1 || (s !== undefined && d !== undefined);
  if (coprime && divides === true) return { even: true, holes: false };
  const covers = coprime && bounds(subtract(kernelSize, stride)).lower >= 0;
  return { even: uneven ? false : undefined, holes: covers ? false : undefined };
}

function interiorCounts({ kernelSize, stride, dilation }: OverlapParameters): readonly number[] {
  const period = stride / greatestCommonDivisor(dilation, stride);
  const counts = new Array<number>(stride).fill(0);
  for (const [residue, first] of firstTaps({ kernelSize, stride, dilation }, stride)) {
    counts[residue] = Math.ceil((kernelSize - first) / period);
  }
  return counts;
}

/** Per residue modulo the stride the first tap that lands on it, of at most the given number of taps. */
function firstTaps({ kernelSize, stride, dilation }: OverlapParameters, limit: number): ReadonlyMap<number, number> {
  const taps = new Map<number, number>();
  const step = dilation % stride;
  for (let tap = 0, residue = 0; tap < Math.min(kernelSize, limit) && !taps.has(residue); tap++) {
    taps.set(residue, tap);
    residue = (residue + step) % stride;
  }
  return taps;
}

function floorModulo(value: number, divisor: number): number {
  return ((value % divisor) + divisor) % divisor;
}
