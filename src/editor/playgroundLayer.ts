import { asConstant } from '../algebra/integer';
import type { ArgumentValue } from '../frameworks/argument';
import type { Instance, Layer } from '../network/layer';
import type { PlainArgument, PlaygroundLayer } from '../protocol';
import { spatialPart } from '../report/sizes';

/**
 * The layer for the playground: of several instances the one of which most is known.
 * @returns `undefined` where the rank is unknown, so that there is nothing to draw.
 */
export function playgroundLayer(layer: Layer, location: string | undefined): PlaygroundLayer | undefined {
  const instance = clearest(layer.instances);
  const reading = instance?.reading ?? layer.reading;
  const { rank } = reading;
  if (rank !== 1 && rank !== 2 && rank !== 3) return undefined;
  const values = Object.entries(reading.arguments).map(([name, value]) => [name, plain(value)] as const);
  const input = instance?.input && spatialPart(instance.input, reading);
  return {
    label: reading.api.label, location, api: reading.api.name, rank,
    arguments: Object.fromEntries(values.filter((entry): entry is readonly [string, PlainArgument] => entry[1] !== undefined)),
    unknownArguments: values.filter(([, value]) => value === undefined).map(([name]) => name),
    inputSize: Array.from({ length: rank }, (_, axis) => (input?.[axis] && asConstant(input[axis])) ?? null),
  };
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
    case 'tensor': case 'other': case 'unknown': return undefined;
  }
}
