// Indices count the 4-byte cells of the memory, numbers and table entries alike; addresses count bytes.

// @ts-ignore: decorator
@inline
export function address(index: i32): usize {
  return <usize>index << 2;
}

/** Entry `at` of the table that starts at index `table`. */
// @ts-ignore: decorator
@inline
export function entry(table: i32, at: i32): i32 {
  return load<i32>(address(table + at));
}

/** `a·b + sum` in four lanes; fused, with one rounding, where the machine may. */
// @ts-ignore: decorator
@inline
export function mulAdd(a: v128, b: v128, sum: v128): v128 {
  return ASC_FEATURE_RELAXED_SIMD ? f32x4.relaxed_madd(a, b, sum) : f32x4.add(f32x4.mul(a, b), sum);
}
