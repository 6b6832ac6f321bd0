import type { Axis } from '../../geometry/axis';
import { type ThreeAxes } from '../extents';

/** Input positions: rows (lines along the width, numbered through all planes), and of each the same part of the width. */
export interface Range {
  readonly firstRow: number;
  readonly endRow: number;
  readonly firstX: number;
  readonly width: number;
  /** Of the outputs `p·stride + residue` of a row these many from `low` on belong to it. */
  readonly low: number;
  readonly count: number;
}

/**
 * A plane cut into ranges of about so many positions: whole rows, or parts of one row where rows are long.
 * @param forward the parts of a row are such that every output finds all of its inputs in one range; else every input is in one
 */
export function cutPlane([z, y, x]: ThreeAxes, wanted: number, forward: boolean): readonly Range[] {
  const { least, greatest, all } = reachOf(x);
  const rows = z.inputSize * y.inputSize;
  const height = Math.max(1, Math.floor(wanted / x.inputSize));
  const isWhole = x.inputSize <= wanted;
  const [before, after] = isWhole ? [-Infinity, Infinity] : forward ? [least, greatest] : [0, 0];
  const end = forward ? all : x.inputSize;
  const part = isWhole ? end : Math.max(8, wanted - after + before);
  const ranges: Range[] = [];
  for (let first = 0; first < end; first += part) {
    const firstX = Math.max(0, first + before);
    const width = Math.max(0, Math.min(x.inputSize, first + part + after) - firstX);
    const [low, count] = forward ? [first, Math.min(end - first, part)] : [0, all];
    // One at least, to write outputs that no input reaches.
    for (let firstRow = 0; firstRow === 0 || firstRow < rows; firstRow += height) {
      ranges.push({ firstRow, endRow: Math.min(firstRow + height, rows), firstX, width, low, count });
    }
  }
  return ranges;
}

/** How far apart in memory stands what output rows are summed from. */
export interface Steps {
  /** From one tap's line to the next's; 0 when taps share the lines, each with a weight of its own. */
  readonly tap: number;
  /** From one output channel to the next: lines, and their weights. */
  readonly output: number;
  readonly outputWeights: number;
  /** How many channels are summed, and from one to the next. */
  readonly channels: number;
  readonly channel: number;
  readonly channelWeights: number;
}

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
 * @returns the table, and where in it each range's own part starts
 */
export function rowTable([z, y, x]: ThreeAxes, ranges: readonly Range[], steps: Steps): readonly [table: Int32Array, starts: readonly number[]] {
  const rows = z.outputSize * y.outputSize;
  const { phases, least, greatest } = reachOf(x);
  const table = [x.outputSize, rows * x.outputSize, x.stride, steps.output, steps.outputWeights];
  const weightOf = (tap: number): number => steps.tap === 0 ? tap : 0;
  const places = new Map<string, number>();
  const termsOf = (lines: readonly (readonly [place: number, weight: number])[]): number => {
    const key = lines.join();
    const place = places.get(key) ?? table.length;
    if (!places.has(key)) {
      places.set(key, place);
      const terms: number[] = [];
      for (let residue = 0; residue <= x.stride; residue++) {
        table.push(place + x.stride + 1 + terms.length);
        for (const [line, weight] of lines) phases.forEach((phase, tap) => {
          if (phase.residue === residue) terms.push(4 * (line + tap * steps.tap + phase.shift), 4 * (weight + weightOf(tap)), phase.shift);
        });
      }
      for (const entry of terms) table.push(entry);
    }
    return place;
  };

  let written = new Set<number>();
  const starts = ranges.map(({ firstRow, endRow, firstX, width, low, count }, index) => {
    if (firstRow === 0) written = new Set();
    const touched: { start: number; lines: [number, number][] }[] = [];
    for (let row = firstRow; row < endRow; row++) for (let tz = 0; tz < z.kernelSize; tz++) for (let ty = 0; ty < y.kernelSize; ty++) {
      const output = reached(z, Math.floor(row / y.inputSize), tz) * y.outputSize + reached(y, row % y.inputSize, ty);
      const tap = (tz * y.kernelSize + ty) * x.kernelSize;
      const place = (row - firstRow) * width;
      if (output >= 0) {
        const { start, lines } = touched[output] ??= { start: place, lines: [] };
        for (let channel = 0; channel < steps.channels; channel++) {
          lines.push([channel * steps.channel + tap * steps.tap + place - start, channel * steps.channelWeights + weightOf(tap)]);
        }
      }
    }
    const isLast = (ranges[index + 1]?.firstRow ?? 0) === 0;
    for (let row = 0; row < rows && isLast; row++) if (!written.has(row)) touched[row] ??= { start: 0, lines: [] };
    const part = [low - firstX, width, -least, width - greatest - 16, low, count, Object.keys(touched).length];
    touched.forEach(({ start, lines }, row) => {
      part.push(row * x.outputSize, written.has(row) ? 0 : 1, start, termsOf(lines));
      written.add(row);
    });
    const start = table.length;
    for (const entry of part) table.push(entry);
    return start;
  });
  return [Int32Array.from(table), starts];
}

/** Room in which rows of such a length are put together, a line for each residue of the stride. Vectors reach past the end. */
export function roomForLines({ outputSize, stride }: Axis): number {
  return Math.min(stride, outputSize) * (Math.ceil(outputSize / stride) + 16);
}

/**
 * Its taps as outputs see them: those of one residue are an ordinary correlation, of stride 1. With them the least and
 * the greatest of their shifts, which fall from tap to tap, and how many outputs the fullest residue has.
 */
export function reachOf({ kernelSize, stride, dilation, cropLeft, outputSize }: Axis) {
  const phases = Array.from({ length: kernelSize }, (_, tap) => {
    const position = tap * dilation - cropLeft;
    const shift = -Math.floor(position / stride);
    return { residue: position + shift * stride, shift };
  });
  return { phases, least: phases.at(-1)?.shift ?? 0, greatest: phases[0]?.shift ?? 0, all: Math.ceil(outputSize / stride) };
}

/** The output that a tap reaches from an input, -Infinity if it falls outside. */
function reached({ stride, dilation, cropLeft, outputSize }: Axis, input: number, tap: number): number {
  const output = input * stride + tap * dilation - cropLeft;
  return output >= 0 && output < outputSize ? output : -Infinity;
}
