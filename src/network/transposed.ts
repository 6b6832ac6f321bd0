import type { HostValue } from '../python/values';
import type { Application, Recorded } from './recorder';
import { asTensor, hostValue, tensor } from './values';

/** The object that a layer's constructor makes: applying it to a tensor is recorded with the layer. */
export function transposedLayer(recorded: Recorded): HostValue {
  return hostValue({
    type: 'layer',
    name: recorded.reading.api.name,
    call(given, site) {
      const input = asTensor(given.positional[0]?.value);
      const applied = recorded.reading.apply(input?.shape);
      if (site.mode !== 'rehearsal') remember(recorded, { input: input?.shape, origin: input?.origin, applied });
      return tensor(applied.output, input?.origin);
    },
  });
}

/** The tensor that the functional form gives. */
export function transposedResult(recorded: Recorded): HostValue {
  const { reading } = recorded;
  const applied = reading.apply(reading.input);
  remember(recorded, { input: reading.input, origin: undefined, applied });
  return tensor(applied.output);
}

function remember(recorded: Recorded, application: Application): void {
  if (application.input === undefined && application.applied.output === undefined && application.applied.problems.length === 0) return;
  if (recorded.applications.length < 64) recorded.applications.push(application);
}

