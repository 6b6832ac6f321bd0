import { type Axis } from '../../geometry/axis';
import { tapPhases, type ThreeAxes } from '../axisPlan';

/** Input positions: rows (lines along the width, numbered through all planes), and of each the same part of the width. */
export interface Range {
  readonly firstRow: number;
  readonly endRow: number;
  readonly firstX: number;
  readonly endX: number;
}

export interface ColumnTable {
  readonly entries: Int32Array;
  /** Where in the table each range's own part starts. */
  readonly rangeAt: readonly number[];
  /** Whether each output row is written by the first range that touches it; else the result must be filled with the bias before. */
  readonly writes: boolean;
}

/**
 * How `scatter` and `gather` go between columns and the output side. Columns are `[channels·taps, pitch]`;
 * each of their lines holds the positions of a range.
 *
 * First, for all ranges: output width and plane; stride along the width; numbers from one channel's columns to
 * the next's; the least and the greatest shift; 0, then for each residue of the width where its taps end; then for
 * each tap, residue by residue, its place `tap·pitch` and its `shift`: output `p·stride + residue` takes input `p + shift`.
 *
 * Then for each range: firstX; its width; the lowest `p` that it touches, and how many; the number of output
 * rows it touches; and for each of these where it starts in its plane (-1 for lines that reach no row), 1 if it is
 * to be written and 0 if to be added to, the number of lines that belong to it, and where each starts.
 */
export function columnTable(axes: ThreeAxes, pitch: number, ranges: readonly Range[]): ColumnTable {
  const [z, y, x] = axes;
  const rows = z.outputSize * y.outputSize;
  const writes = ranges.length > 0 && ranges.every(range => range.endX - range.firstX === x.inputSize);
  const phases = tapPhases(x);
  // Shifts fall from tap to tap.
  const [greatest, least] = [phases[0]?.shift ?? 0, phases.at(-1)?.shift ?? 0];
  const table = [x.outputSize, rows * x.outputSize, x.stride, z.kernelSize * y.kernelSize * x.kernelSize * pitch, least, greatest, 0];
  const taps: number[] = [];
  for (let residue = 0; residue < x.stride; residue++) {
    phases.forEach((phase, tap) => { if (phase.residue === residue) taps.push(tap * pitch, phase.shift); });
    table.push(taps.length);
  }
  for (const entry of taps) table.push(entry);

  const touching = ranges.map(range => linesByRow(axes, pitch, range));
  const untouched = new Set(Array.from({ length: writes ? rows : 0 }, (_, row) => row));
  for (const lines of touching) for (const row of lines.keys()) untouched.delete(row);
  // Rows that no input reaches hold the bias alone.
  for (const row of untouched) touching[0]?.set(row, []);

  const written = new Set<number>();
  const rangeAt = ranges.map(({ firstX, endX }, index) => {
    const start = table.length;
    const low = firstX === 0 ? 0 : Math.max(0, firstX - greatest);
    const all = Math.ceil(x.outputSize / x.stride);
    const end = endX === x.inputSize ? all : Math.min(all, endX - least);
    const touched = touching[index] ?? new Map<number, number[]>();
    table.push(firstX, endX - firstX, low, Math.max(0, end - low), touched.size);
    for (const [row, lines] of [...touched].sort(([a], [b]) => a - b)) {
      table.push(row * x.outputSize, writes && !written.has(row) ? 1 : 0, lines.length);
      if (row < 0) table[table.length - 3] = -1;
      for (const line of lines) table.push(line);
      written.add(row);
    }
    return start;
  });
  return { entries: Int32Array.from(table), rangeAt, writes };
}

/** Room in which rows of such a length are put together, a line for each residue of the stride. Vectors reach past the end. */
export function roomForLines(length: number, stride: number): number {
  return Math.min(stride, length) * (Math.ceil(length / stride) + 16);
}

/** For each output row, numbered like the input's, the lines of columns that belong to it; under -1 those that reach none. */
function linesByRow([z, y, x]: ThreeAxes, pitch: number, { firstRow, endRow, firstX, endX }: Range): Map<number, number[]> {
  const lines = new Map<number, number[]>();
  for (let row = firstRow; row < endRow; row++) {
    for (let tz = 0; tz < z.kernelSize; tz++) for (let ty = 0; ty < y.kernelSize; ty++) {
      const outputZ = reached(z, Math.floor(row / y.inputSize), tz);
      const outputY = reached(y, row % y.inputSize, ty);
      const output = outputZ < 0 || outputY < 0 ? -1 : outputZ * y.outputSize + outputY;
      const line = (tz * y.kernelSize + ty) * x.kernelSize * pitch + (row - firstRow) * (endX - firstX);
      const known = lines.get(output);
      if (known) known.push(line);
      else lines.set(output, [line]);
    }
  }
  return lines;
}

/** The output that a tap reaches from an input, -1 if it falls outside. */
function reached({ stride, dilation, cropLeft, outputSize }: Axis, input: number, tap: number): number {
  const output = input * stride + tap * dilation - cropLeft;
  return output < outputSize ? Math.max(-1, output) : -1;
}
