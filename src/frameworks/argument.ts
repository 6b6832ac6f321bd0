import type { Int } from '../algebra/integer';

/**
 * The value of an argument as far as it is known, in the terms that frameworks care about. Plain data,
 * so that the same reading serves Python source, the playground's controls and tests.
 */
export type ArgumentValue =
  /** May be symbolic (`8*ngf`). `bool` counts as `boolean`, not here, although Python takes it for 0 or 1. */
  | { readonly kind: 'integer'; readonly value: Int }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'none' }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'sequence'; readonly form: 'tuple' | 'list'; readonly items: readonly ArgumentValue[] }
  | { readonly kind: 'tensor'; readonly shape: Shape | undefined }
  /** Certainly none of the above: a function, a layer, a dictionary. `description` says what, for messages. */
  | { readonly kind: 'other'; readonly description: string }
  /** `symbol`: what to call it where an integer is expected (`ngf`, `k`); it may yet be anything else. */
  | { readonly kind: 'unknown'; readonly symbol?: Int };

/** Sizes of a tensor in the framework's own axis order; a size may be symbolic or unknown. */
export type Shape = readonly Int[];

/** One argument as written at a call. */
export interface GivenArgument {
  readonly value: ArgumentValue;
  /** `undefined` for a positional argument. */
  readonly keyword: string | undefined;
  /** Index into the call's source arguments, so that findings and fixes can point at the text. */
  readonly source: number | undefined;
}

/** The arguments of one call, in source order. */
export interface GivenArguments {
  readonly given: readonly GivenArgument[];
  /** A `*args` of unknown length was passed: the positional arguments after it are unknown. */
  readonly unknownPositional: boolean;
  /** A `**kwargs` of unknown content was passed: any parameter not given may be in it. */
  readonly unknownKeywords: boolean;
}
