import { modulo } from '../algebra/division';
import { asConstant } from '../algebra/integer';
import type { Reading } from '../frameworks/api';
import { combineOverlaps, countsOfOutput, evenness, overlap } from '../geometry/overlap';
import type { Layer } from '../network/layer';
import { rejection, symbolicSizes } from './sizes';

/** How contributions overlap over all axes of a layer, as far as it is known. */
export interface LayerOverlap {
  readonly even: boolean | undefined;
  readonly holes: boolean | undefined;
  /** Per axis, contributions by residue of the output position modulo the stride; `undefined` where not all are known. */
  readonly counts: readonly (readonly number[])[] | undefined;
  /** Greatest over smallest count; infinite with holes. */
  readonly ratio: number | undefined;
}

export function overlapOf(reading: Reading): LayerOverlap {
  const axes = reading.stride.map((stride, axis) => {
    const [kernelSize, dilation] = [reading.kernelSize[axis], reading.dilation[axis]];
    return kernelSize && dilation && evenness(kernelSize, stride, dilation);
  });
  const all = (property: 'even' | 'holes', absorbing: boolean): boolean | undefined => {
    if (axes.some(axis => axis?.[property] === absorbing)) return absorbing;
    return axes.length === 0 || axes.some(axis => axis?.[property] === undefined) ? undefined : !absorbing;
  };
  return { even: all('even', false), holes: all('holes', true), ...counted(reading) };
}

/** One sentence, without a full stop; `undefined` where nothing is known. Of even layers never that they are safe. */
export function overlapWords({ even, holes, counts, ratio }: LayerOverlap): string | undefined {
  if (even === undefined && holes !== true) return undefined;
  if (counts === undefined) return even === true ? 'Even overlap' : holes === true ? 'Holes: some interior outputs get no contribution' : 'Uneven overlap';
  const products = distinctProducts(counts);
  const numbers = listOf([...products.keys()].sort((a, b) => b - a));
  if (holes === true) {
    const total = sum(products.values());
    return `Holes: ${products.get(0) ?? 0} of ${total} interior outputs get no contribution`;
  }
  if (even === true) return `Even overlap: ${numbers} ${numbers === '1' ? 'contribution' : 'contributions'} to each interior output`;
  const period = counts.map(axis => axis.length).join(' × ');
  return `Uneven overlap: interior outputs get ${numbers} contributions (ratio ${ratioText(ratio ?? 1)}), repeating every ${period}`;
}

/** In a word or two, for one line in the editor: of several contexts the worst. */
export function overlapSummary(layer: Layer): string | undefined {
  if (layer.instances.some(rejection)) return 'rejected';
  const all = layer.instances.map(instance => overlapOf(instance.reading));
  if (all.some(each => each.holes === true)) return 'holes';
  if (all.some(each => each.even === false)) return 'uneven overlap';
  return all.length > 0 && all.every(each => each.even === true) ? 'even overlap' : undefined;
}

/** `2`, `1.5`, `1.33`. */
function ratioText(ratio: number): string {
  return String(Math.round(ratio * 100) / 100);
}

function counted(reading: Reading): Pick<LayerOverlap, 'counts' | 'ratio'> {
  const unknown = { counts: undefined, ratio: undefined };
  const windows = reading.rank === undefined ? [] : reading.axes(symbolicSizes(reading.rank));
  const axes = [];
  for (const [axis, strideInt] of reading.stride.entries()) {
    const [kernelInt, dilationInt] = [reading.kernelSize[axis], reading.dilation[axis]];
    const [kernelSize, stride, dilation] = [kernelInt && asConstant(kernelInt), asConstant(strideInt), dilationInt && asConstant(dilationInt)];
    if (!kernelSize || !stride || !dilation || kernelSize < 1 || stride < 1 || dilation < 1) return unknown;
    const pattern = overlap({ kernelSize, stride, dilation });
    if (pattern.counts.length === 0) return unknown;
    // Where the window starts is often known only modulo the stride, and that is all that matters.
    const window = windows[axis];
    const start = window && asConstant(modulo(window.cropLeft, stride));
    axes.push({ ...pattern, counts: start === undefined ? pattern.counts : countsOfOutput(pattern.counts, start) });
  }
  if (axes.length === 0) return unknown;
  return { counts: axes.map(axis => axis.counts), ratio: combineOverlaps(axes).ratio };
}

/** How many points of one period get each number of contributions. */
function distinctProducts(counts: readonly (readonly number[])[]): ReadonlyMap<number, number> {
  let products = new Map<number, number>([[1, 1]]);
  for (const axis of counts) {
    const times = new Map<number, number>();
    for (const count of axis) times.set(count, (times.get(count) ?? 0) + 1);
    const next = new Map<number, number>();
    for (const [product, many] of products) for (const [count, often] of times) {
      next.set(product * count, (next.get(product * count) ?? 0) + many * often);
    }
    products = next;
  }
  return products;
}

function listOf(numbers: readonly number[]): string {
  return numbers.length <= 1 ? numbers.join('') : `${numbers.slice(0, -1).join(', ')} or ${numbers.at(-1)}`;
}

function sum(numbers: Iterable<number>): number {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}
