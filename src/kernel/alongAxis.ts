import { valueCount } from './convolutionGeometry';

/**
 * A tensor of that shape, made anew along one axis, which gets another length.
 * @param valueAt of output `j` of a line that starts at `start` and has its values `step` apart
 */
export function alongAxis(
  shape: readonly number[], axis: number, length: number, valueAt: (start: number, step: number, j: number) => number,
): Float64Array {
  const step = valueCount(shape.slice(axis + 1));
  const lines = valueCount(shape.slice(0, axis));
  const values = new Float64Array(lines * length * step);
  let written = 0;
  for (let line = 0; line < lines; line++) for (let j = 0; j < length; j++) for (let i = 0; i < step; i++) {
    values[written++] = valueAt(line * (shape[axis] ?? 1) * step + i, step, j);
  }
  return values;
}
