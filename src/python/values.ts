import type { Int } from '../algebra/integer';
import { constant, symbol } from '../algebra/integer';
import type { Cells } from './trail';
import type { ClassStatement, FunctionStatement, LambdaExpression } from './syntax';
import type { Module } from './modules';
import type { Scope } from './scope';

/**
 * What an expression can be known to be. Values are immutable; what Python can change in place (lists,
 * dictionaries, instances) refers to {@link Cells}.
 */
export type Value =
  | IntegerValue | RatioValue | FloatValue | BooleanValue | NoneValue | EllipsisValue | StringValue
  | TupleValue | ListValue | DictionaryValue | SliceValue
  | FunctionValue | ClassValue | InstanceValue | MethodValue | SuperValue | PartialValue
  | ExternalValue | ExternalMethodValue | ImportValue | ModuleValue | NamespaceValue | HostValue | UnknownValue;

interface Base {
  /** Which defaults of parameters the value rests on: `ngf=64 (default of parameter)`. */
  readonly assumed?: readonly string[];
}

/** May be symbolic. */
export interface IntegerValue extends Base { readonly kind: 'integer'; readonly value: Int }
/** A true division of integers that is not a plain number: `ngf / 2`. */
export interface RatioValue extends Base { readonly kind: 'ratio'; readonly numerator: Int; readonly denominator: Int }
export interface FloatValue extends Base { readonly kind: 'float'; readonly value: number }
export interface BooleanValue extends Base { readonly kind: 'boolean'; readonly value: boolean }
export interface NoneValue extends Base { readonly kind: 'none' }
export interface EllipsisValue extends Base { readonly kind: 'ellipsis' }
export interface StringValue extends Base { readonly kind: 'string'; readonly value: string }
export interface TupleValue extends Base { readonly kind: 'tuple'; readonly items: readonly Value[] }
/** Its items are in the cell `items`: a tuple, or unknown. */
export interface ListValue extends Base { readonly kind: 'list'; readonly cells: Cells }
/** Keys that are strings or numbers are cells `s:name`, `i:3`; the cell `open` is set when there may be others. */
export interface DictionaryValue extends Base {
  readonly kind: 'dictionary';
  readonly cells: Cells;
  /** Its entries are attributes as well, as with `AttrDict`. */
  readonly attributes?: true;
}
export interface SliceValue extends Base { readonly kind: 'slice'; readonly lower: Value; readonly upper: Value; readonly step: Value }
export interface FunctionValue extends Base {
  readonly kind: 'function';
  readonly node: FunctionStatement | LambdaExpression;
  readonly scope: Scope;
  readonly defaults: ReadonlyMap<string, Value>;
  /** How it binds when found on a class. */
  readonly binding: 'plain' | 'static' | 'class' | 'property';
  /** What runs when such a property is set. */
  readonly setter?: FunctionValue;
  /** What decorators of the source make of it: that runs when it is called. */
  readonly decorated?: FunctionValue;
  /** Decorated with something unknown, which may change defaults and what it gives back. */
  readonly opaque?: boolean;
  /** The class whose body it stands in, for `super()`. */
  readonly owner: ClassStatement | undefined;
}
export interface ClassValue extends Base {
  readonly kind: 'class';
  readonly node: ClassStatement;
  readonly bases: readonly Value[];
  readonly cells: Cells;
  /** Fields become arguments of the constructor (`@dataclass`, `NamedTuple`). */
  readonly record: boolean;
  /** Decorated with something unknown, which may do the same. */
  readonly opaque?: boolean;
}
export interface InstanceValue extends Base { readonly kind: 'instance'; readonly class: ClassValue; readonly cells: Cells }
export interface MethodValue extends Base { readonly kind: 'method'; readonly self: Value; readonly function: FunctionValue }
export interface SuperValue extends Base { readonly kind: 'super'; readonly self: Value; readonly after: ClassValue }
/** `factory`: the default of a dataclass's field, which each object makes anew. */
export interface PartialValue extends Base { readonly kind: 'partial'; readonly callee: Value; readonly arguments: Arguments; readonly factory?: true }
/** Something imported, by its qualified name: `torch.nn.ConvTranspose2d`, `math.pi`, `models.unet`. */
export interface ExternalValue extends Base {
  readonly kind: 'external';
  readonly name: string;
  /** The file that imports it, where it may be a directory of the workspace. */
  readonly from?: string;
}
/** What an import names; which it is shows when it is used: {@link Imports.resolve}. */
export interface ImportValue extends Base {
  readonly kind: 'import';
  readonly module: string;
  readonly level: number;
  /** Without it, the module itself. */
  readonly name: string | undefined;
  /** The file with the import. */
  readonly from: string;
}
/** A module of the workspace. */
export interface ModuleValue extends Base { readonly kind: 'module'; readonly module: Module }
/** The attributes of a module or object as a dictionary: `globals()`, `vars(model)`, `self.__dict__`. */
export interface NamespaceValue extends Base { readonly kind: 'namespace'; readonly of: ModuleValue | ExternalValue | InstanceValue | ClassValue }
/** A method of a built-in or host value, or one that an instance has from an imported base class. */
export interface ExternalMethodValue extends Base { readonly kind: 'externalMethod'; readonly self: Value; readonly name: string }
/** A value that only the host understands: a layer, a tensor. */
/** `optional`: it may be None instead. */
export interface HostValue extends Base {
  readonly kind: 'host';
  readonly data: object;
  readonly optional?: boolean;
  /** Attributes that the code has set, of objects that can take some. */
  readonly cells?: Cells;
}
export interface UnknownValue extends Base {
  readonly kind: 'unknown';
  /** What to call it as a symbol (`ngf`, `opt.nz`), where it may be an integer. */
  readonly name?: string;
  /** Identity of the symbol. */
  readonly key?: string;
  /** The attribute that it was read from, so that a method of something unknown can be called. */
  readonly member?: { readonly self: Value; readonly name: string };
}

/** Arguments of a call, evaluated. */
export interface Arguments {
  readonly positional: readonly GivenValue[];
  readonly keywords: readonly (GivenValue & { readonly name: string })[];
  readonly unknownPositional: boolean;
  readonly unknownKeywords: boolean;
}

export interface GivenValue {
  readonly value: Value;
  /** Index of the argument in the call's source; `undefined` when it did not stand there alone. */
  readonly source: number | undefined;
}

/** Items of a sequence, characters of a text. */
export const longestSequence = 4096;

export const unknownValue: UnknownValue = { kind: 'unknown' };
export const noneValue: NoneValue = { kind: 'none' };
export const noArguments: Arguments = { positional: [], keywords: [], unknownPositional: false, unknownKeywords: false };

export function integer(value: Int | number): Value {
  const int = typeof value === 'number' ? constant(value) : value;
  return int.known ? { kind: 'integer', value: int } : unknownValue;
}

export function string(value: string): StringValue {
  return { kind: 'string', value };
}

/** A text that was put together; unknown when it is longer than any name needs, so that texts that double stay harmless. */
export function shortString(value: string): StringValue | UnknownValue {
  return value.length > longestSequence ? unknownValue : { kind: 'string', value };
}

export function boolean(value: boolean): BooleanValue {
  return { kind: 'boolean', value };
}

/** A tuple; unknown when it is longer than any model needs, so that lists that double stay harmless. */
export function tuple(items: readonly Value[]): TupleValue | UnknownValue {
  return items.length > longestSequence ? unknownValue : { kind: 'tuple', items };
}

/** Unknown, but one and the same unknown wherever this value goes. */
export function named(name: string, key: string): UnknownValue {
  return { kind: 'unknown', name, key };
}

/** The value as an integer, where it is one or may stand for one. */
export function asInteger(value: Value): Int | undefined {
  if (value.kind === 'integer') return value.value;
  if (value.kind === 'boolean') return constant(value.value ? 1 : 0);
  if (value.kind === 'unknown' && value.name !== undefined) return symbol(value.name, { key: value.key ?? value.name });
  return undefined;
}

/** The items of a tuple or list, where they are known. */
export function asItems(value: Value): readonly Value[] | undefined {
  if (value.kind === 'tuple') return value.items;
  if (value.kind !== 'list') return undefined;
  const items = value.cells.get('items');
  return items?.kind === 'tuple' ? items.items : undefined;
}

/** More defaults than people read that one value rests on. */
const mostAssumed = 64;

/** The value, resting also on what the others rest on. */
export function assuming<T extends Value>(value: T, ...sources: readonly (Value | undefined)[]): T {
  let assumed = value.assumed;
  for (const source of sources) {
    if (source?.assumed === undefined) continue;
    if (assumed === undefined) assumed = source.assumed;
    else if (assumed !== source.assumed && assumed.length < mostAssumed) assumed = [...new Set([...assumed, ...source.assumed])];
  }
  return assumed === value.assumed ? value : { ...value, assumed };
}

/**
 * All defaults of parameters that the value and what it holds rest on.
 * @param room how many items are still looked at: they may hold one another many times over.
 */
export function assumptionsOf(value: Value, depth = 3, room = { items: 2_000 }): readonly string[] {
  const own = value.assumed ?? [];
  const items = depth > 0 ? asItems(value) : undefined;
  if (items === undefined || (room.items -= items.length) < 0) return own;
  return [...new Set([...own, ...items.flatMap(item => assumptionsOf(item, depth - 1, room))])];
}
