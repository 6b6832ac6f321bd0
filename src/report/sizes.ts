import { asConstant, symbol, type Int } from '../algebra/integer';
import { format } from '../algebra/format';
import type { Problem, Reading } from '../frameworks/api';
import type { Shape } from '../frameworks/argument';
import type { Instance, Layer } from '../network/layer';

/** What people call the spatial axes of an input of that rank, in order. */
export function axisNames(rank: number): readonly string[] {
  return rank === 1 ? ['L'] : rank === 2 ? ['H', 'W'] : rank === 3 ? ['D', 'H', 'W'] : [];
}

/** Spatial input sizes of which nothing is known: `H` and `W`, each at least 1. */
export function symbolicSizes(rank: number): readonly Int[] {
  return axisNames(rank).map(name => symbol(name, { minimum: 1 }));
}

/** The output size of each axis as a function of the input's. Empty where the rank is unknown. */
export function outputFormulas(reading: Reading): readonly Int[] {
  return reading.rank === undefined ? [] : reading.axes(symbolicSizes(reading.rank)).map(axis => axis.outputSize);
}

/** The spatial part of a whole shape; `undefined` where it cannot be told which part that is. */
export function spatialPart(shape: Shape, reading: Reading): Shape | undefined {
  const { rank, layout } = reading;
  if (rank === undefined || layout === undefined || shape.length < rank + 1 || shape.length > rank + 2) return undefined;
  return layout === 'channelsFirst' ? shape.slice(-rank) : shape.slice(-rank - 1, -1);
}

/** A size for people: `2H - 1`, `s·H + k - s`, `?`. */
export function sizeText(size: Int): string {
  return withoutDots(format(size, { times: '·' }));
}

/** `2·H` as `2H`, where that reads as one: a number before a single letter. */
export function withoutDots(text: string): string {
  return text.replace(/(?<![\p{L}\p{N}_.·])(\d+)·(?=\p{L}(?![\p{L}\p{N}_·]))/gu, '$1');
}

/** `2H × 2W`, `(2H - 1) × (2W - 1)`. */
export function sizesText(sizes: readonly Int[]): string {
  const texts = sizes.map(sizeText);
  return texts.length > 1 ? texts.map(text => / [+-] /.test(text) ? `(${text})` : text).join(' × ') : texts.join('');
}

/** `(N, 64, 2H, 2W)`. */
export function shapeText(shape: Shape): string {
  return `(${shape.map(sizeText).join(', ')})`;
}

/** What the framework rejects about the layer, so that there is no output; the first such problem. */
export function rejection({ problems }: Instance): Problem | undefined {
  return problems.find(problem => problem.kind !== 'argument-order');
}

/** Whether the framework rejects the layer wherever it is made. Of a call that is still being written nothing is certain. */
export function isRejected({ end, instances }: Layer): boolean {
  return end !== undefined && instances.length > 0 && instances.every(rejection);
}

/** The whole output shape: as it flows through the model, or else in terms of the input's `N` and sizes. */
export function outputShape({ output, reading }: Instance): string | undefined {
  if (output) return shapeText(output);
  const sizes = outputFormulas(reading);
  if (!sizes.some(size => size.known) && !reading.outputChannels.known) return undefined;
  const batch = symbol('N', { minimum: 0 });
  if (reading.layout === 'channelsFirst') return shapeText([batch, reading.outputChannels, ...sizes]);
  return reading.layout === 'channelsLast' ? shapeText([batch, ...sizes, reading.outputChannels]) : sizesText(sizes);
}

/** The spatial output size: numbers where the input is known, else the formula; `undefined` if wholly unknown. */
export function outputSizes(instance: Instance): readonly Int[] | undefined {
  if (rejection(instance)) return undefined;
  const concrete = instance.output && spatialPart(instance.output, instance.reading);
  if (concrete?.every(size => asConstant(size) !== undefined)) return concrete;
  const formulas = outputFormulas(instance.reading);
  return formulas.some(size => size.known) ? formulas : undefined;
}

/** For one line in the editor. */
export interface SizeSummary {
  /** `2H × 2W`; of several contexts the first few. */
  readonly text: string;
  readonly explanation: string;
}

/** The output size of a layer in one line. `undefined` where nothing is known. */
export function sizeSummary(layer: Layer): SizeSummary | undefined {
  const texts = new Set<string>();
  let unknown = 0;
  for (const instance of layer.instances) {
    const sizes = outputSizes(instance);
    if (sizes) texts.add(sizesText(sizes));
    else unknown++;
  }
  const [first, ...others] = texts;
  if (first === undefined) return undefined;
  const rest = others.length + (unknown > 0 ? 1 : 0);
  const text = rest === 0 ? first : rest <= 2 && unknown === 0 ? [...texts].join(' | ') : `${first} | …`;
  const input = axisNames(layer.reading.rank ?? 0).join(' × ');
  const formula = /\p{L}/u.test(text) && input !== '' ? `Output size for an input of ${input}` : 'Output size';
  return { text, explanation: rest === 0 ? formula : `${formula}; the layer is made in ${layer.instances.length} contexts, see the hover` };
}
