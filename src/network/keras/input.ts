import { symbol, unknown, type Int } from '../../algebra/integer';
import type { Shape } from '../../frameworks/argument';
import type { Site } from '../../python/machine';
import { asInteger, type Arguments, type Value } from '../../python/values';
import { batchSymbol } from '../implied';

const spatialNames: Readonly<Record<number, readonly string[]>> = { 1: ['L'], 2: ['H', 'W'], 3: ['D', 'H', 'W'] };

/** The shape that `Input(shape=…)` or a first layer's `input_shape=…` gives, with the batch. */
export function inputShapeOf(given: Arguments, site: Site): Shape | undefined {
  const named = (name: string): Value | undefined => given.keywords.find(argument => argument.name === name)?.value;
  const whole = named('batch_input_shape') ?? named('batch_shape');
  if (whole !== undefined) return sizes(whole, site, true);
  const shape = named('input_shape');
  const rest = shape === undefined ? undefined : sizes(shape, site, false);
  if (rest !== undefined) return [batchOf(named('batch_size')), ...rest];
  const length = named('input_dim');
  return length === undefined ? undefined : [batchSymbol(), asInteger(length) ?? unknown];
}

export function batchOf(value: Value | undefined): Int {
  const size = value === undefined || value.kind === 'none' ? undefined : asInteger(value);
  return size ?? batchSymbol();
}

/** Sizes of which those that are None are symbols: `H`, `W` and so on. */
export function sizes(value: Value, site: Site, withBatch: boolean): Shape | undefined {
  const items = site.machine.items(value);
  if (items === undefined) return undefined;
  const own = withBatch ? items.slice(1) : items;
  // Which axis is the channels is told by what is given: the last, unless only the first is.
  const channelsFirst = own.length > 1 && own[0]?.kind !== 'none' && own.slice(1).every(item => item.kind === 'none');
  const names = spatialNames[own.length - 1] ?? [];
  const place = `${site.node.chunk.cell}:${site.node.chunk.start + site.node.from}`;
  const rest = own.map((item, axis) => {
    if (item.kind !== 'none') return asInteger(item) ?? unknown;
    const name = names[channelsFirst ? axis - 1 : axis] ?? 'C';
    return symbol(name, { key: `size ${name} ${place}`, minimum: 1 });
  });
  const [batch] = items;
  return withBatch ? [batchOf(batch), ...rest] : rest;
}
