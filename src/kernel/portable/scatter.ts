// Between columns (one line of input positions for each tap) and the output side.
//
// The table of both directions: input height; output height, width, plane; strides and numbers of taps
// of the three axes; whether neighbouring taps may go together (for SIMD); then for each tap of depth,
// height and width its first input, count and first output.

/**
 * Adds columns to the outputs that they belong to (col2im).
 * @param columns `[channels·taps, pitch]`, of which a line holds rows `firstRow` to `endRow` of the
 * input, a row being a line along the width, and of each the numbers `firstX` to `endX`
 * @param result planes of `channels` channels
 */
export function scatter(
  values: Float64Array, tables: Int32Array, table: number, columns: number, pitch: number, result: number,
  channels: number, firstRow: number, endRow: number, firstX: number, endX: number,
): void {
  walk(tables, table, columns, pitch, result, channels, firstRow, endRow, firstX, endX, (line, start, low, high, stride) => {
    for (let x = low, to = start + low * stride; x < high; x++, to += stride) {
      values[to] = (values[to] as number) + (values[line + x] as number);
    }
  });
}

/** Takes columns from the outputs that they belong to (im2col), zero where there are none. Parameters as in {@link scatter}. */
export function gather(
  values: Float64Array, tables: Int32Array, table: number, columns: number, pitch: number, source: number,
  channels: number, firstRow: number, endRow: number, firstX: number, endX: number,
): void {
  walk(tables, table, columns, pitch, source, channels, firstRow, endRow, firstX, endX, (line, start, low, high, stride) => {
    for (let x = firstX; x < low; x++) values[line + x] = 0;
    for (let x = low, from = start + low * stride; x < high; x++, from += stride) values[line + x] = values[from] as number;
    for (let x = high; x < endX; x++) values[line + x] = 0;
  });
}

/**
 * Visits every row of every tap: its inputs `low` to `high` meet outputs at `start + x·stride`, and
 * the column of input `x` is at `line + x`. A row that the tap does not reach has `low` equal to `high`.
 */
function walk(
  tables: Int32Array, table: number, columns: number, pitch: number, planes: number, channels: number,
  firstRow: number, endRow: number, firstX: number, endX: number,
  visit: (line: number, start: number, low: number, high: number, stride: number) => void,
): void {
  const entry = (at: number): number => tables[table + at] as number;
  const [inputHeight, outputHeight, outputWidth, outputPlane] = [entry(0), entry(1), entry(2), entry(3)];
  const [strideZ, strideY, strideX] = [entry(4), entry(5), entry(6)];
  const [tapsZ, tapsY, tapsX] = [entry(7), entry(8), entry(9)];
  for (let channel = 0; channel < channels; channel++, planes += outputPlane) {
    for (let tz = 11; tz < 11 + 3 * tapsZ; tz += 3) for (let ty = 11 + 3 * tapsZ; ty < 11 + 3 * (tapsZ + tapsY); ty += 3) {
      for (let tx = 11 + 3 * (tapsZ + tapsY); tx < 11 + 3 * (tapsZ + tapsY + tapsX); tx += 3, columns += pitch) {
        const low = Math.min(endX, Math.max(entry(tx), firstX));
        const high = Math.max(low, Math.min(entry(tx) + entry(tx + 1), endX));
        const shift = entry(tx + 2) - entry(tx) * strideX;
        let line = columns - firstX;
        for (let row = firstRow; row < endRow; row++, line += endX - firstX) {
          const z = Math.floor(row / inputHeight) - entry(tz);
          const y = row % inputHeight - entry(ty);
          const reached = z >= 0 && z < entry(tz + 1) && y >= 0 && y < entry(ty + 1);
          const start = planes + shift + outputWidth * (entry(ty + 2) + y * strideY + outputHeight * (entry(tz + 2) + z * strideZ));
          if (reached) visit(line, start, low, high, strideX);
          else visit(line, start, endX, endX, strideX);
        }
      }
    }
  }
}
