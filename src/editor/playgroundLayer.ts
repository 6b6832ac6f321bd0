import { asConstant } from '../algebra/integer';
import type { ArgumentValue } from '../frameworks/argument';
import type { PlainArgument } from '../frameworks/plain';
import type { Instance, Layer } from '../network/layer';
import type { ChainLayer, LayerChain, PlaygroundLayer } from '../protocol';
import type { SourceRange } from '../python/source';
import { spatialPart } from '../report/sizes';

/** What a row of layers is found in. */
export interface LayerRow {
  readonly layers: readonly Layer[];
  readonly placeOf: (range: SourceRange) => string | undefined;
}

/**
 * The layer for the playground: of several instances the one of which most is known.
 * @param row the layers of the document, among which those in a row with this one are, and where a call stands, in words
 * @returns `undefined` where the rank is unknown, so that there is nothing to draw.
 */
export function playgroundLayer(layer: Layer, location: string | undefined, row?: LayerRow): PlaygroundLayer | undefined {
  const instance = clearest(layer.instances);
  const reading = instance?.reading ?? layer.reading;
  const { rank } = reading;
  if (rank !== 1 && rank !== 2 && rank !== 3) return undefined;
  const input = instance?.input && spatialPart(instance.input, reading);
  const shown = { range: layer.range, reading, call: layer.call };
  const chain = instance && row && chainOf(shown, instance, row);
  return {
    ...described(shown, () => location), rank,
    inputSize: Array.from({ length: rank }, (_, axis) => (input?.[axis] && asConstant(input[axis])) ?? null),
    ...(chain && { chain }),
  };
}

type Call = Instance['before'][number];

function described({ range, reading }: Call, placeOf: LayerRow['placeOf']): ChainLayer {
  const values = Object.entries(reading.arguments).map(([name, value]) => [name, plain(value)] as const);
  return {
    label: reading.api.label, location: placeOf(range), api: reading.api.name,
    arguments: Object.fromEntries(values.filter((entry): entry is readonly [string, PlainArgument] => entry[1] !== undefined)),
    unknownArguments: values.filter(([, value]) => value === undefined).map(([name]) => name),
  };
}

/** The longest row that leads to this instance and on from it. */
function chainOf(shown: Call, instance: Instance, { layers: all, placeOf }: LayerRow): LayerChain | undefined {
  const position = instance.before.length;
  let calls: readonly Call[] = [...instance.before, shown];
  for (const other of all) for (const later of other.instances) {
    if (later.before.length < calls.length || !sameCalls(later.before.slice(0, position + 1), [...instance.before, shown])) continue;
    calls = [...later.before, { range: other.range, reading: later.reading, call: other.call }];
  }
  if (calls.length < 2 || calls.some(call => call.reading.rank !== shown.reading.rank)) return undefined;
  return { layers: calls.map(call => described(call, placeOf)), position };
}

/** The same calls with the same arguments: a wrapper's call is another layer each time. */
function sameCalls(left: readonly Call[], right: readonly Call[]): boolean {
  return left.every((call, index) => {
    const other = right[index];
    return other !== undefined && call.call === other.call
      && JSON.stringify(described(call, () => undefined)) === JSON.stringify(described(other, () => undefined));
  });
}

/** The first with the most arguments known, a known input counting as one more. */
function clearest(instances: readonly Instance[]): Instance | undefined {
  let best: Instance | undefined;
  let most = -1;
  for (const instance of instances) {
    const known = Object.values(instance.reading.arguments).filter(value => plain(value) !== undefined).length;
    const score = known + (instance.input ? 1 : 0);
    if (score > most) [best, most] = [instance, score];
  }
  return best;
}

/** The value in JSON; `undefined` where it is not a plain one, or not known. */
function plain(value: ArgumentValue): PlainArgument | undefined {
  switch (value.kind) {
    case 'integer': return asConstant(value.value);
    case 'float': case 'boolean': case 'string': return value.value;
    case 'none': return null;
    case 'sequence': {
      const items = value.items.map(plain);
      const known = items.filter(item => item !== undefined);
      return known.length === items.length ? known : undefined;
    }
    case 'tensor': {
      const shape = value.shape?.map(size => asConstant(size) ?? null);
      return shape === undefined ? undefined : { shape };
    }
    case 'other': case 'unknown': return undefined;
  }
}
