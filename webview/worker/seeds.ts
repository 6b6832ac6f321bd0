/** Other weights in each layer of a row. */
export function seedOf(seed: number, layer: number): number {
  return seed + layer * 1000;
}
