import { apis, findApi } from '../frameworks/index';
import type { Api, ReadingOptions } from '../frameworks/api';
import { importedBases } from '../python/functions';
import type { Host, Site } from '../python/machine';
import {
  assumptionsOf, noneValue, unknownValue,
  type Arguments, type ExternalMethodValue, type HostValue, type InstanceValue, type Value,
} from '../python/values';
import { libraryConstant } from './libraries';
import type { Recorder } from './recorder';
import { transposedLayer, transposedResult } from './transposed';
import { networkObject, toGiven } from './values';
import { operations } from './operations';

/** What the interpreter asks about deep-learning libraries. */
export class LibraryHost implements Host {
  constructor(private readonly recorder: Recorder, private readonly options: ReadingOptions) {}

  exports(module: string, name: string): boolean {
    const qualified = `${module}.${name}`;
    return findApi(qualified) !== undefined || operations.has(qualified) || prefixes.has(qualified);
  }

  constant(name: string): Value | undefined {
    return libraryConstant(name);
  }

  call(name: string, given: Arguments, site: Site): Value {
    const api = findApi(name);
    if (api !== undefined) return this.transposed(api, given, site);
    return operations.get(name)?.(given, site) ?? unknownValue;
  }

  callValue(value: HostValue, given: Arguments, site: Site): Value {
    const object = networkObject(value);
    return object?.type === 'layer' ? object.call(given, site) : unknownValue;
  }

  callMethod(method: ExternalMethodValue, given: Arguments, site: Site): Value | undefined {
    const object = networkObject(method.self);
    if (object?.type === 'layer') return object.method?.(method.name, given, site);
    if (method.self.kind === 'instance') return this.inheritedMethod(method.self, method.name, given, site);
    return undefined;
  }

  attribute(value: HostValue | InstanceValue, name: string): Value | undefined {
    const object = networkObject(value);
    return object?.type === 'layer' ? object.attribute?.(name) : undefined;
  }

  assigned(): void {
    // Modules find their layers through attributes; nothing else depends on the moment of assignment.
  }

  callMethodName(bases: readonly string[]): string | undefined {
    if (bases.some(base => /keras|tensorflow|^tf\b/.test(base))) return 'call';
    return bases.length > 0 ? 'forward' : undefined;
  }

  binary(): Value {
    return unknownValue;
  }

  subscript(value: HostValue, index: Value, site: Site): Value {
    const object = networkObject(value);
    return object?.type === 'layer' ? object.subscript?.(index, site) ?? unknownValue : unknownValue;
  }

  items(value: HostValue): readonly Value[] | undefined {
    const object = networkObject(value);
    return object?.type === 'layer' ? object.items?.() : undefined;
  }

  /** A method that a class of the source has from an imported base. */
  private inheritedMethod(self: InstanceValue, name: string, given: Arguments, site: Site): Value | undefined {
    if (name !== 'super.__init__') return undefined;
    const base = importedBases(self.class).map(findApi).find(api => api?.form === 'layer');
    if (base !== undefined) this.transposed(base, given, site);
    return noneValue;
  }

  private transposed(api: Api, given: Arguments, site: Site): Value {
    const reading = api.read(toGiven(given), this.options);
    const assumed = [...new Set([...given.positional, ...given.keywords].flatMap(argument => assumptionsOf(argument.value)))];
    const recorded = { reading, assumed, path: site.path, mode: site.mode, applications: [] };
    if (site.call !== undefined) this.recorder.record(site.call, recorded);
    return api.form === 'layer' ? transposedLayer(recorded) : transposedResult(recorded);
  }
}

/** Every module path that leads to an API: what `from keras import *` may bring in. */
const prefixes = new Set(apis.flatMap(api => [api.name, ...api.aliases]).flatMap(name => {
  const parts = name.split('.');
  return parts.slice(1, -1).map((_, index) => parts.slice(0, index + 2).join('.'));
}));
