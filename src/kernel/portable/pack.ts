/**
 * `from[k·depthStride + lane·laneStride]` as panels of `width` lanes, each `[depth, width]`; lanes past the last are zero.
 */
export function pack(
  values: Float64Array, _tables: Int32Array, to: number, from: number, depth: number, lanes: number,
  depthStride: number, laneStride: number, width: number,
): void {
  for (let first = 0; first < lanes; first += width) {
    for (let k = 0; k < depth; k++) for (let lane = first; lane < first + width; lane++) {
      values[to++] = lane < lanes ? values[from + k * depthStride + lane * laneStride] as number : 0;
    }
  }
}

/** `to[i] += factor·from[i]` */
export function add(values: Float64Array, _tables: Int32Array, to: number, from: number, count: number, factor: number): void {
  for (let i = 0; i < count; i++) values[to + i] = (values[to + i] as number) + factor * (values[from + i] as number);
}

/** `to[r·toPitch + c] = from[r·fromPitch + c] + bias[r]`; a bias at place 0 is none. */
export function copyRows(
  values: Float64Array, _tables: Int32Array, to: number, toPitch: number, from: number, fromPitch: number,
  rows: number, columns: number, bias: number,
): void {
  for (let r = 0; r < rows; r++) {
    const addend = bias > 0 ? values[bias + r] as number : 0;
    for (let c = 0; c < columns; c++) values[to + r * toPitch + c] = (values[from + r * fromPitch + c] as number) + addend;
  }
}
