import { symbol, unknown, type Int } from '../algebra/integer';
import type { Shape } from '../frameworks/argument';
import type { Value } from '../python/values';
import { asTensor, variableOf, type Tensor } from './values';

const sizeNames: Readonly<Record<number, readonly string[]>> = { 1: ['L'], 2: ['H', 'W'], 3: ['D', 'H', 'W'] };

/** Symbols for the spatial sizes of an input of which nothing is known: `L`, or `H, W`, or `D, H, W`. */
export function spatialSymbols(rank: number, suffix = '', of = ''): readonly Int[] {
  return (sizeNames[rank] ?? Array.from({ length: rank }, (_, axis) => `S${axis}`))
    .map(name => symbol(name + suffix, { key: `size ${name} ${of}`, minimum: 1 }));
}

export function batchSymbol(suffix = '', of = ''): Int {
  return symbol(`N${suffix}`, { key: `size N ${of}`, minimum: 1 });
}

/**
 * Inputs that the code says nothing about take the shape that the first layer they meet implies:
 * `(N, C, H, W)` with its channels. The same variable has the same shape wherever it is used.
 */
export class ImpliedInputs {
  private readonly tensors = new Map<string, Tensor>();
  private readonly owners = new Set<string>();
  /** Told of each variable whose shape has just been implied. */
  onImplied: ((key: string, tensor: Tensor) => void) | undefined;

  /** The tensor for an argument: the one it is, or the one implied by `layout`; `undefined` when it is certainly none. */
  tensor(value: Value | undefined, implied: { readonly rank: number; readonly channels: Int; readonly channelsFirst: boolean }): Tensor | undefined {
    const known = asTensor(value);
    const variable = variableOf(value);
    if (variable === undefined) return known;
    const { key, name } = variable;
    const before = this.tensors.get(key);
    if (before !== undefined) return before;
    // The first input of a function has plain names; others bear theirs: `H_skip`.
    const owner = key.startsWith('parameter ') ? key.slice(0, key.lastIndexOf(' ')) : '';
    const suffix = this.owners.has(owner) ? `_${name.replaceAll(/\W+/g, '_')}` : '';
    this.owners.add(owner);
    const tensor: Tensor = { type: 'tensor', shape: impliedShape(implied, suffix, key), origin: undefined, implied: true };
    this.tensors.set(key, tensor);
    this.onImplied?.(key, tensor);
    return tensor;
  }

  /** Forgets all: what is run next is another use of the same variables. */
  restart(): void {
    this.tensors.clear();
    this.owners.clear();
  }

  /** The tensor that an argument was implied to be, if it met a layer before. */
  known(value: Value | undefined): Tensor | undefined {
    const variable = variableOf(value) ?? (value?.kind === 'unknown' && value.key !== undefined ? { key: value.key } : undefined);
    return (variable === undefined ? undefined : this.tensors.get(variable.key)) ?? asTensor(value);
  }
}

/** Sizes of different inputs are different symbols, whatever they are called. */
function impliedShape(implied: { readonly rank: number; readonly channels: Int; readonly channelsFirst: boolean }, suffix: string, key: string): Shape {
  const spatial = spatialSymbols(implied.rank, suffix, key);
  const channels = implied.channels.known ? implied.channels : unknown;
  const batch = batchSymbol(suffix, key);
  return implied.channelsFirst ? [batch, channels, ...spatial] : [batch, ...spatial, channels];
}
