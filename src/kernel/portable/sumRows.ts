import { ceil, max, min } from '../arithmetic';

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
  const [firstX, width, firstInside, lastInside, low, count] = tables.subarray(range, range + 6) as unknown as readonly [number, number, number, number, number, number];
  for (let channel = 0; channel < channels; channel++) {
    for (let row = range + 7, endRow = row + 4 * entry(range + 6); row < endRow; row += 4) {
      const first = result + entry(row) + low * stride;
      const end = first + min(outputWidth - low * stride, count * stride);
      if (entry(row + 1) > 0) values.fill(values[bias + channel] as number, first, end);
      for (let residue = 0; residue < stride; residue++) {
        const terms = entry(entry(row + 3) + residue);
        const endTerms = entry(entry(row + 3) + residue + 1);
        for (let x = firstX, to = first + residue; to < end; to += stride) {
          const from = source + entry(row + 2) + x;
          let sum0 = 0;
          if (x >= firstInside && x <= lastInside + 8 && to + 7 * stride < end) {
            let sum1 = 0, sum2 = 0, sum3 = 0, sum4 = 0, sum5 = 0, sum6 = 0, sum7 = 0;
            for (let term = terms; term < endTerms; term += 3) {
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
            add(values, to, sum0);
            add(values, to += stride, sum1);
            add(values, to += stride, sum2);
            add(values, to += stride, sum3);
            add(values, to += stride, sum4);
            add(values, to += stride, sum5);
            add(values, to += stride, sum6);
            add(values, to += stride, sum7);
            x += 8;
          } else {
            for (let term = terms; term < endTerms; term += 3) {
              const inside = x + entry(term + 2);
              if (inside >= 0 && inside < width) sum0 += (values[weights + (entry(term + 1) >> 2)] as number) * (values[from + (entry(term) >> 2)] as number);
            }
            add(values, to, sum0);
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

function add(values: Float64Array, to: number, sum: number): void {
  values[to] = (values[to] as number) + sum;
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
        const first = max(0, -entry(range) - entry(term + 2));
        const last = min(entry(range + 1) - entry(range) - entry(term + 2), ceil((entry(table) - residue) / stride));
        const line = columns + entry(row + 2) + entry(range) + (entry(term) >> 2);
        for (let x = first; x < last; x++) values[line + x] = values[source + entry(row) + residue + x * stride] as number;
      }
    }
  }
}
