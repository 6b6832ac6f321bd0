// Matrix product of packed panels: where nearly all time of a layer with many channels goes.

import { address, mulAdd } from './memory';

/**
 * `to[r·pitch + c] (+)= Σ_k rows[k, r]·columns[k, c]` in whole tiles of 4 rows by 8 columns.
 * @param rows panels of 4 rows, each `[depth, 4]`
 * @param columns panels of 8 columns, each `[depth, 8]`
 * @param accumulate whether to add to what is there
 */
export function multiply(to: i32, pitch: i32, rows: i32, columns: i32, rowPanels: i32, columnPanels: i32, depth: i32, accumulate: bool): void {
  const line = address(pitch);
  const rowPanelBytes = <usize>depth << 4;
  let a = address(rows);
  for (let i = 0; i < rowPanels; i++, a += rowPanelBytes) {
    let tile = address(to + 4 * i * pitch);
    let b = address(columns);
    for (let j = 0; j < columnPanels; j++, tile += 32) {
      let c00 = f32x4.splat(0), c01 = f32x4.splat(0);
      let c10 = f32x4.splat(0), c11 = f32x4.splat(0);
      let c20 = f32x4.splat(0), c21 = f32x4.splat(0);
      let c30 = f32x4.splat(0), c31 = f32x4.splat(0);
      // Not unrolled over the depth: V8 would hoist the loads and spill the sums.
      for (let k = a; k < a + rowPanelBytes; k += 16, b += 32) {
        const b0 = v128.load(b);
        const b1 = v128.load(b, 16);
        let weight = v128.load32_splat(k);
        c00 = mulAdd(weight, b0, c00);
        c01 = mulAdd(weight, b1, c01);
        weight = v128.load32_splat(k, 4);
        c10 = mulAdd(weight, b0, c10);
        c11 = mulAdd(weight, b1, c11);
        weight = v128.load32_splat(k, 8);
        c20 = mulAdd(weight, b0, c20);
        c21 = mulAdd(weight, b1, c21);
        weight = v128.load32_splat(k, 12);
        c30 = mulAdd(weight, b0, c30);
        c31 = mulAdd(weight, b1, c31);
      }
      put(tile, c00, c01, accumulate);
      put(tile + line, c10, c11, accumulate);
      put(tile + 2 * line, c20, c21, accumulate);
      put(tile + 3 * line, c30, c31, accumulate);
    }
  }
}

function put(to: usize, left: v128, right: v128, accumulate: bool): void {
  v128.store(to, accumulate ? f32x4.add(v128.load(to), left) : left);
  v128.store(to, accumulate ? f32x4.add(v128.load(to, 16), right) : right, 16);
}
