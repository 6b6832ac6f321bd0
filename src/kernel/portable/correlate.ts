// Few channels: every output is a short sum of products, gathered through a table of offsets.

/**
 * All outputs of some channels from framed sources. The outputs fall into residues modulo the strides;
 * the outputs of one residue are an ordinary correlation, with the taps of that residue.
 *
 * Table: output depth, height, width; the three strides; of the framed source a plane and a row; the
 * number of terms; then for each residue (of width fastest) where its terms end; then each term's offset.
 * @param weights `[channels, terms]`
 * @param bias `[channels]`
 * @param result `[channels, depth, height, width]`. Rows are written in order, each a little past its end.
 */
export function correlate(
  values: Float64Array, tables: Int32Array, table: number, source: number, weights: number, bias: number, result: number, channels: number,
): void {
  const entry = (at: number): number => tables[table + at] as number;
  const [depth, height, width] = [entry(0), entry(1), entry(2)];
  const [strideZ, strideY, strideX] = [entry(3), entry(4), entry(5)];
  const [sourcePlane, sourceRow, terms] = [entry(6), entry(7), entry(8)];
  const ends = table + 10;
  const offsets = ends + strideZ * strideY * strideX;
  for (let channel = 0; channel < channels; channel++, weights += terms) {
    for (let z = 0; z < depth; z++) for (let y = 0; y < height; y++, result += width) {
      const from = source + Math.floor(z / strideZ) * sourcePlane + Math.floor(y / strideY) * sourceRow;
      const residues = ends + (z % strideZ * strideY + y % strideY) * strideX;
      correlateRow(values, tables, from, residues, offsets, weights, values[bias + channel] as number, result, width, strideX);
    }
  }
}

/** One row of outputs, four of a residue at a time. */
function correlateRow(
  values: Float64Array, tables: Int32Array, from: number, residues: number, offsets: number,
  weights: number, addend: number, to: number, width: number, stride: number,
): void {
  for (let residue = 0; residue < stride && residue < width; residue++) {
    const first = tables[residues + residue - 1] as number;
    const end = tables[residues + residue] as number;
    const count = Math.ceil((width - residue) / stride);
    for (let x = 0, at = to + residue; x < count; x += 4) {
      let sum0 = addend, sum1 = addend, sum2 = addend, sum3 = addend;
      for (let term = first; term < end; term++) {
        const weight = values[weights + term] as number;
        const source = from + x + (tables[offsets + term] as number);
        sum0 += weight * (values[source] as number);
        sum1 += weight * (values[source + 1] as number);
        sum2 += weight * (values[source + 2] as number);
        sum3 += weight * (values[source + 3] as number);
      }
      values[at] = sum0;
      values[at += stride] = sum1;
      values[at += stride] = sum2;
      values[at += stride] = sum3;
      at += stride;
    }
  }
}
