import { asConstant, equal, type Int } from '../algebra/integer';
import { format } from '../algebra/format';

/** Names of the spatial axes of a rank, as in formulas: `D`, `H`, `W`; `L` in one dimension. */
export function axisNames(rank: number): readonly string[] {
  return rank === 1 ? ['L'] : ['D', 'H', 'W'].slice(-rank);
}

/** `3`, where all axes agree, else `(3, 4)`. */
export function sizesText(sizes: readonly Int[]): string {
  const [first] = sizes;
  if (first !== undefined && sizes.every(size => equal(size, first))) return format(first);
  return `(${sizes.map(size => format(size)).join(', ')})`;
}

/** `kernel 3 and stride 2`, with the dilation where it is not 1. */
export function parametersText(
  { kernelSize, stride, dilation }: { readonly kernelSize: readonly Int[]; readonly stride: readonly Int[]; readonly dilation: readonly Int[] },
): string {
  const parts = [`kernel ${sizesText(kernelSize)}`, `stride ${sizesText(stride)}`];
  if (!dilation.every(size => asConstant(size) === 1)) parts.push(`dilation ${sizesText(dilation)}`);
  return listed(parts, 'and');
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(items: readonly string[], conjunction: 'and' | 'or'): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} ${conjunction} ${items.at(-1) ?? ''}`;
}

/** A ratio for people: `2`, `1.33`. */
export function ratioText(ratio: number): string {
  return String(Math.round(ratio * 100) / 100);
}
