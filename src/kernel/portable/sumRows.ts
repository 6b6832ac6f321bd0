// Between lines of inputs, or of columns (one line of input positions for each tap), and the output side, all rows of
// a range at a time, by the table that `strategies/rowTable.ts` explains.

/**
 * Sums lines, each tap's times its weight, into the outputs that they belong to.
 * @param range where in the table the range's own part starts
 * @param source the first output channel's lines
 * @param weights and its weights
 * @param result planes of `channels` channels
 * @param bias one for each of them, for the rows that are written rather than added to
 */
export function sumRows(
  values: Float64Array, tables: Int32Array, table: number, range: number, source: number, weights: number, result: number, bias: number, channels: number,
): void {
  const entry = (at: number): number => tables[at] as number;
  const [outputWidth, stride] = [entry(table), entry(table + 2)];
  const [firstX, width, low, count] = [entry(range), entry(range + 1), entry(range + 4), entry(range + 5)];
  const [firstInside, lastInside] = [entry(range + 2), entry(range + 3) + 8];
  for (let channel = 0; channel < channels; channel++) {
    for (let row = range + 7, endRow = row + 4 * entry(range + 6); row < endRow; row += 4) {
      const plane = result + entry(row);
      const end = plane + Math.min(outputWidth, (low + count) * stride);
      const adds = entry(row + 1) === 0;
      const addend = adds ? 0 : values[bias + channel] as number;
      for (let residue = 0; residue < stride; residue++) {
        const first = entry(entry(row + 3) + residue);
        const last = entry(entry(row + 3) + residue + 1);
        for (let x = firstX, to = plane + low * stride + residue; to < end; to += stride) {
          const from = source + entry(row + 2) + x;
          if (x >= firstInside && x <= lastInside && to + 7 * stride < end) {
            let sum0 = addend, sum1 = addend, sum2 = addend, sum3 = addend, sum4 = addend, sum5 = addend, sum6 = addend, sum7 = addend;
            for (let term = first; term < last; term += 3) {
              const at = from + ((tables[term] as number) >> 2);
              const weight = values[weights + ((tables[term + 1] as number) >> 2)] as number;
              sum0 += weight * (values[at] as number);
              sum1 += weight * (values[at + 1] as number);
              sum2 += weight * (values[at + 2] as number);
              sum3 += weight * (values[at + 3] as number);
              sum4 += weight * (values[at + 4] as number);
              sum5 += weight * (values[at + 5] as number);
              sum6 += weight * (values[at + 6] as number);
              sum7 += weight * (values[at + 7] as number);
            }
            values[to] = (adds ? values[to] as number : 0) + sum0;
            values[to += stride] = (adds ? values[to] as number : 0) + sum1;
            values[to += stride] = (adds ? values[to] as number : 0) + sum2;
            values[to += stride] = (adds ? values[to] as number : 0) + sum3;
            values[to += stride] = (adds ? values[to] as number : 0) + sum4;
            values[to += stride] = (adds ? values[to] as number : 0) + sum5;
            values[to += stride] = (adds ? values[to] as number : 0) + sum6;
            values[to += stride] = (adds ? values[to] as number : 0) + sum7;
            x += 8;
          } else {
            let sum = addend;
            for (let term = first; term < last; term += 3) {
              const inside = x + entry(term + 2);
              if (inside >= 0 && inside < width) sum += (values[weights + (entry(term + 1) >> 2)] as number) * (values[from + (entry(term) >> 2)] as number);
            }
            values[to] = (adds ? values[to] as number : 0) + sum;
            x++;
          }
        }
      }
    }
    result += entry(table + 1);
    source += entry(table + 3);
    weights += entry(table + 4);
  }
}

/**
 * Takes columns from the outputs that they belong to (im2col), zero where there are none.
 * @param columns `[channels·taps, pitch]`
 */
export function gather(
  values: Float64Array, tables: Int32Array, table: number, range: number, columns: number, source: number, channels: number,
): void {
  const entry = (at: number): number => tables[at] as number;
  const stride = entry(table + 2);
  values.fill(0, columns, columns + channels * entry(table + 3));
  for (let channel = 0; channel < channels; channel++, columns += entry(table + 3), source += entry(table + 1)) {
    for (let row = range + 7, endRow = row + 4 * entry(range + 6); row < endRow; row += 4) {
      for (let residue = 0; residue < stride; residue++) for (let term = entry(entry(row + 3) + residue); term < entry(entry(row + 3) + residue + 1); term += 3) {
        const first = Math.max(0, -entry(range) - entry(term + 2));
        const last = Math.min(entry(range + 1) - entry(range) - entry(term + 2), Math.ceil((entry(table) - residue) / stride));
        const line = columns + entry(row + 2) + entry(range) + (entry(term) >> 2);
        for (let x = first; x < last; x++) values[line + x] = values[source + entry(row) + residue + x * stride] as number;
      }
    }
  }
}
