import { asConstant, constant, unknown, type Int } from '../algebra/integer';
import type { Shape } from '../frameworks/argument';
import type { Machine, Site } from '../python/machine';
import { asInteger, asItems, type Arguments, type Value } from '../python/values';
import { plainNumber } from './numpy/numbers';
import { asTensor, type Tensor } from './values';

/** Arguments of a library call, read by position and name. */
export class LibraryCall {
  constructor(readonly given: Arguments, readonly site: Site, private readonly names: readonly string[] = []) {}

  get machine(): Machine {
    return this.site.machine;
  }

  /** The argument, `undefined` when it is not given. Unknown where a star argument may hold it. */
  value(name: string): Value | undefined {
    const keyword = this.given.keywords.find(argument => argument.name === name) ?? this.otherSpelling(name);
    if (keyword !== undefined) return keyword.value;
    const position = this.names.indexOf(name);
    const positional = position < 0 ? undefined : this.given.positional[position];
    if (positional !== undefined) return positional.value;
    return this.unsure ? { kind: 'unknown' } : undefined;
  }

  /** PyTorch takes NumPy's names of these parameters, too. */
  private otherSpelling(name: string): Arguments['keywords'][number] | undefined {
    const other = numpyNames.get(name);
    return other === undefined ? undefined : this.given.keywords.find(argument => argument.name === other);
  }

  private get unsure(): boolean {
    return this.given.unknownKeywords || this.given.unknownPositional;
  }

  integer(name: string, fallback?: number): Int {
    const value = this.value(name);
    if (value === undefined || (value.kind === 'none' && fallback !== undefined)) return fallback === undefined ? unknown : constant(fallback);
    return asInteger(plainNumber(value)) ?? unknown;
  }

  number(name: string, fallback?: number): number | undefined {
    return asConstant(this.integer(name, fallback));
  }

  text(name: string, fallback?: string): string | undefined {
    const value = this.value(name);
    return value === undefined ? fallback : value.kind === 'string' ? value.value : undefined;
  }

  flag(name: string, fallback: boolean): boolean | undefined {
    const value = this.value(name);
    return value === undefined ? fallback : this.machine.truth(value);
  }

  /** One integer for each axis, from an integer or a sequence. */
  sizes(name: string, rank: number, fallback?: number | readonly Int[]): readonly Int[] {
    const value = this.value(name);
    const missing = value === undefined || (value.kind === 'none' && fallback !== undefined);
    if (missing) {
      return typeof fallback === 'object' ? fallback : Array.from({ length: rank }, () => fallback === undefined ? unknown : constant(fallback));
    }
    const items = asItems(value);
    if (items !== undefined) {
      const [only] = items;
      if (items.length === 1 && only !== undefined) return Array.from({ length: rank }, () => asInteger(only) ?? unknown);
      return Array.from({ length: rank }, (_, axis) => items.length === rank ? asInteger(items[axis] ?? { kind: 'none' }) ?? unknown : unknown);
    }
    const size = asInteger(value) ?? unknown;
    return Array.from({ length: rank }, () => size);
  }

  tensor(name: string): Tensor | undefined {
    return asTensor(this.value(name));
  }

  /** A sequence of integers of any length. */
  list(name: string): Shape | undefined {
    const value = this.value(name);
    return value === undefined ? undefined : integers(this.machine, value);
  }
}

const numpyNames: ReadonlyMap<string, string> = new Map([['dim', 'axis'], ['keepdim', 'keepdims']]);

export function integers(machine: Machine, value: Value): Shape | undefined {
  return machine.items(value)?.map(item => asInteger(plainNumber(item)) ?? unknown);
}
