/**
 * `to[r·pitch + c] (+)= Σ_k rows[k, r]·columns[k, c]` in whole tiles of 4 rows by 2 columns, the
 * largest whose sums stay in the registers of a scalar machine.
 * @param rows panels of 4 rows, each `[depth, 4]`
 * @param columns panels of 2 columns, each `[depth, 2]`
 * @param accumulate whether to add to what is there
 */
export function multiply(
  values: Float64Array, _tables: Int32Array, to: number, pitch: number, rows: number, columns: number,
  rowPanels: number, columnPanels: number, depth: number, accumulate: boolean,
): void {
  for (let i = 0; i < rowPanels; i++) {
    for (let j = 0, b = columns; j < columnPanels; j++) {
      let c00 = 0, c01 = 0, c10 = 0, c11 = 0, c20 = 0, c21 = 0, c30 = 0, c31 = 0;
      for (let a = rows + 4 * i * depth, end = a + 4 * depth; a < end; a += 4, b += 2) {
        const b0 = values[b] as number;
        const b1 = values[b + 1] as number;
        const a0 = values[a] as number;
        c00 += a0 * b0;
        c01 += a0 * b1;
        const a1 = values[a + 1] as number;
        c10 += a1 * b0;
        c11 += a1 * b1;
        const a2 = values[a + 2] as number;
        c20 += a2 * b0;
        c21 += a2 * b1;
        const a3 = values[a + 3] as number;
        c30 += a3 * b0;
        c31 += a3 * b1;
      }
      const tile = to + 4 * i * pitch + 2 * j;
      put(values, tile, c00, c01, accumulate);
      put(values, tile + pitch, c10, c11, accumulate);
      put(values, tile + 2 * pitch, c20, c21, accumulate);
      put(values, tile + 3 * pitch, c30, c31, accumulate);
    }
  }
}

function put(values: Float64Array, to: number, left: number, right: number, accumulate: boolean): void {
  values[to] = accumulate ? (values[to] as number) + left : left;
  values[to + 1] = accumulate ? (values[to + 1] as number) + right : right;
}
