import type { Axis } from '../../geometry/axis';
import { ceil, floor, max, min } from '../arithmetic';
import { type ThreeAxes } from '../extents';

/**
 * Input positions: rows (lines along the width, numbered through all planes), and of each the same part of the width.
 * Of the outputs `p·stride + residue` of a row `count` from `low` on belong to it.
 */
export type Range = readonly [firstRow: number, endRow: number, firstX: number, width: number, low: number, count: number];

/**
 * A plane cut into ranges of about so many positions: whole rows, or parts of one row where rows are long.
 * @param forward the parts of a row are such that every output finds all of its inputs in one range; else every input is in one
 */
export function cutPlane([z, y, x]: ThreeAxes, wanted: number, forward: boolean): readonly Range[] {
  const [least, greatest, all] = reachOf(x);
  const rows = z.inputSize * y.inputSize;
  const height = max(1, floor(wanted / x.inputSize));
  const isWhole = x.inputSize <= wanted;
  const [before, after] = isWhole ? [-Infinity, Infinity] : forward ? [least, greatest] : [0, 0];
  const end = forward ? all : x.inputSize;
  const part = isWhole ? end : max(8, wanted - after + before);
  const ranges: Range[] = [];
  for (let first = 0; first < end; first += part) {
    const firstX = max(0, first + before);
    const width = max(0, min(x.inputSize, first + part + after) - firstX);
    // One at least, to write outputs that no input reaches.
    for (let row = 0; row === 0 || row < rows; row += height) {
      ranges.push([row, min(row + height, rows), firstX, width, ...forward ? [first, min(end - first, part)] as const : [0, all] as const]);
    }
  }
  return ranges;
}

type Step = readonly [line: number, weight: number];

/**
 * How `sumRows` and `gather` go between lines of inputs, or of columns, and the output side.
 *
 * First, for all ranges: output width and plane; stride along the width; from one output channel to the next lines
 * and weights.
 *
 * Then for each range: which `x` of its lines is that of its lowest output, and how wide they are; from which `x` on
 * and up to which 16 outputs find all inputs inside; the lowest `p` of the outputs `p·stride + residue` of a row that
 * belong to it, and how many; the number of output rows it touches; and for each of these where it starts in its
 * plane, 1 if it is to be written and 0 if to be added to, where its lines start, and which terms it has.
 *
 * Terms: for each residue where its own start, then where the last end; each is three: where in the lines it reads
 * for `x = 0` and its weight, both in the bytes of float32, and its `shift`, since output `p·stride + residue` takes input `p + shift`. Rows alike but for their place share their terms.
 * @param tap from one tap's line to the next's; 0 when taps share the lines, each with a weight of its own
 * @param output from one output channel to the next: lines, and their weights
 * @param channels where lines and weights of the channels start that are summed
 * @returns the table, and where in it each range's own part starts
 */
export function rowTable(
  [z, y, x]: ThreeAxes, flip: boolean, ranges: readonly Range[], tap: number, output: Step, channels: readonly Step[],
): readonly [table: Int32Array, starts: readonly number[]] {
  const rows = z.outputSize * y.outputSize;
  const [least, greatest,, phases] = reachOf(x);
  const table = [x.outputSize, rows * x.outputSize, x.stride, ...output];
  // The kernel read backwards along every axis is its taps in reverse.
  const [first, turn] = flip ? [z.kernelSize * y.kernelSize * x.kernelSize - 1, -1] : [0, 1];
  const weight = tap === 0 ? 1 : 0;
  const places = new Map<string, number>();
  const termsOf = (lines: readonly (readonly [line: number, tap: number])[]): number => {
    const key = lines.join();
    const place = places.get(key) ?? table.length;
    if (!places.has(key)) {
      places.set(key, place);
      const terms: number[] = [];
      for (let residue = 0; residue <= x.stride; residue++) {
        table.push(place + x.stride + 1 + terms.length);
        for (const [line, firstTap] of lines) for (const channel of channels) phases.forEach(([ownResidue, shift], at) => {
          const own = first + turn * (firstTap + at);
          if (ownResidue === residue) terms.push(4 * (channel[0] + line + own * tap + shift), 4 * (channel[1] + own * weight), shift);
        });
      }
      for (const entry of terms) table.push(entry);
    }
    return place;
  };

  let written: boolean[] = [];
  const starts = ranges.map(([firstRow, endRow, firstX, width, low, count], index) => {
    if (firstRow === 0) written = [];
    const touched: [line: number, tap: number][][] = [];
    for (let row = firstRow; row < endRow; row++) for (let tz = 0; tz < z.kernelSize; tz++) for (let ty = 0; ty < y.kernelSize; ty++) {
      const output = reached(z, floor(row / y.inputSize), tz) * y.outputSize + reached(y, row % y.inputSize, ty);
      if (output >= 0) (touched[output] ??= []).push([(row - firstRow) * width, (tz * y.kernelSize + ty) * x.kernelSize]);
    }
    const isLast = !ranges[index + 1]?.[0];
    for (let row = 0; row < rows && isLast; row++) if (!written[row]) touched[row] ??= [];
    const part = [low - firstX, width, -least, width - greatest - 16, low, count, Object.keys(touched).length];
    touched.forEach((lines, row) => {
      const start = lines[0]?.[0] ?? 0;
      part.push(row * x.outputSize, written[row] ? 0 : 1, start, termsOf(lines.map(([line, tap]) => [line - start, tap])));
      written[row] = true;
    });
    const start = table.length;
    for (const entry of part) table.push(entry);
    return start;
  });
  return [Int32Array.from(table), starts];
}

/** Room in which rows of such a length are put together, a line for each residue of the stride. Vectors reach past the end. */
export const roomForLines = ({ outputSize, stride }: Axis): number => outputSize + 17 * min(stride, outputSize);

type Phase = readonly [residue: number, shift: number];

/**
 * Its taps as outputs see them: those of one residue are an ordinary correlation, of stride 1, whose shifts fall from tap to tap.
 * @returns the least and the greatest shift, how many outputs the fullest residue has, and of each tap residue and shift
 */
export function reachOf({ kernelSize, stride, dilation, cropLeft, outputSize }: Axis): readonly [least: number, greatest: number, all: number, phases: readonly Phase[]] {
  const phaseOf = (tap: number): Phase => {
    const position = tap * dilation - cropLeft;
    const shift = -floor(position / stride);
    return [position + shift * stride, shift];
  };
  return [phaseOf(kernelSize - 1)[1], phaseOf(0)[1], ceil(outputSize / stride), Array.from({ length: kernelSize }, (_, tap) => phaseOf(tap))];
}

/** The output that a tap reaches from an input, -Infinity if it falls outside. */
function reached({ stride, dilation, cropLeft, outputSize }: Axis, input: number, tap: number): number {
  const output = input * stride + tap * dilation - cropLeft;
  return output >= 0 && output < outputSize ? output : -Infinity;
}
