import type { Int } from '../algebra/integer';
import type { SymbolicAxis } from '../geometry/axis';
import type { ArgumentValue, GivenArguments, Shape } from './argument';

export type Framework = 'pytorch' | 'keras' | 'tensorflow' | 'jax';

/**
 * One callable of a framework that is, or makes, a transposed convolution. Everything the analysis knows
 * about frameworks is a list of these; a new framework is a new list.
 */
export interface Api {
  /** Canonical qualified name, `torch.nn.ConvTranspose2d`. */
  readonly name: string;
  /** Other qualified names of the same thing. */
  readonly aliases: readonly string[];
  /** How people write it: `nn.ConvTranspose2d`. */
  readonly label: string;
  readonly framework: Framework;
  /** `layer`: calling it makes a layer that is applied later. `function`: it is applied at once. */
  readonly form: 'layer' | 'function';
  /** Spatial rank; `undefined` where the arguments decide (`tf.nn.conv_transpose`). */
  readonly rank: 1 | 2 | 3 | undefined;
  /** Address of the framework's documentation of it. */
  readonly documentation: string;
  /** The parameters in positional order for the given version of the framework. */
  signature(options: ReadingOptions): Signature;
  /** Reads the arguments of a call. Never throws; what is wrong becomes a problem, what is unknown stays so. */
  read(call: GivenArguments, options: ReadingOptions): Reading;
}

export interface Signature {
  readonly parameters: readonly Parameter[];
  /** Unknown keywords are swallowed (`**kwargs`). */
  readonly acceptsOtherKeywords: boolean;
}

export interface Parameter {
  readonly name: string;
  /** `undefined` where the parameter is required. */
  readonly default: ArgumentValue | undefined;
  readonly keywordOnly?: boolean;
  /** For keywords that are older spellings of the same parameter. */
  readonly otherNames?: readonly string[];
}

export interface ReadingOptions {
  /** Which Keras `tf.keras` and `keras` mean where Keras 2 and 3 differ. */
  readonly kerasVersion: 2 | 3;
  /** Keras's default `data_format` (set_image_data_format). */
  readonly imageDataFormat?: 'channels_last' | 'channels_first';
}

/** What a framework means by a call. */
export interface Reading {
  readonly api: Api;
  readonly rank: number | undefined;
  /** Canonical arguments in the framework's own names, defaults filled in (the command line's `arguments`). */
  readonly arguments: Readonly<Record<string, ArgumentValue>>;
  /** Per spatial axis; empty when the rank is unknown. Sizes that are not known are `unknown`. */
  readonly kernelSize: readonly Int[];
  readonly stride: readonly Int[];
  readonly dilation: readonly Int[];
  /** `inputChannels` is unknown where the layer infers it (Keras, Lazy). */
  readonly inputChannels: Int;
  readonly outputChannels: Int;
  readonly groups: Int;
  /** `undefined`: not known. */
  readonly bias: boolean | undefined;
  readonly layout: 'channelsFirst' | 'channelsLast' | undefined;
  /** The kernel is applied backwards compared with the scatter form. */
  readonly flip: boolean;
  /** Shape of the tensor argument, for functions whose input's shape is known from the arguments. */
  readonly input: Shape | undefined;
  /** What the framework rejects in these arguments whatever the input. */
  readonly problems: readonly Problem[];
  /** Decisions taken on the user's behalf: "Keras 3 argument order". */
  readonly assumed: readonly string[];
  /** Names of parameters whose unknown value keeps the output size unknown, for the hover. */
  readonly missing: readonly string[];
  /**
   * The geometry for the given spatial input sizes (symbols `H`, `W` where not known).
   * `outputSize` is exact or unknown. Length is the rank.
   */
  axes(inputSizes: readonly Int[]): readonly SymbolicAxis[];
  /**
   * The output size of an axis in the framework's own formula with this layer's numbers put in, not yet
   * simplified: `(H - 1)·2 - 2·1 + 1·(4 - 1) + 0 + 1`. `undefined` where nothing can be said.
   */
  formula(axis: number, inputSize: Int): string | undefined;
  /**
   * The shape that comes out for a whole input shape (with batch and channels, in the framework's order),
   * and what the framework rejects about that input (rank, channels, empty output, output_shape).
   */
  apply(input: Shape | undefined, call?: ForwardCall): Applied;
}

/** What else is passed when a layer is called, beside the tensor. */
export interface ForwardCall {
  /** PyTorch's `layer(x, output_size=…)`. */
  readonly outputSize?: ArgumentValue;
}

export interface Applied {
  readonly output: Shape | undefined;
  readonly problems: readonly Problem[];
}

export type ProblemKind =
  | 'output-padding-too-large' // TC201
  | 'groups-mismatch'          // TC202
  | 'empty-output'             // TC203
  | 'stride-with-dilation'     // TC204
  | 'unsupported-padding'      // TC205
  | 'invalid-argument'         // TC206
  | 'channel-mismatch'         // TC207
  | 'output-shape-mismatch'    // TC209
  | 'argument-order';          // TC302

/** Something that the framework rejects, or that cannot be meant. */
export interface Problem {
  readonly kind: ProblemKind;
  /** Which parameter is at fault, if one is. */
  readonly parameter: string | undefined;
  /** Index into the call's source arguments, where the problem is one written argument. */
  readonly source?: number | undefined;
  /** What is wrong, in our words, naming the values: one sentence. */
  readonly message: string;
  /** What the framework itself says, so that a search finds it. */
  readonly quote?: string;
  /** When the framework says it: while the layer is built, or when it is called. */
  readonly when?: 'construction' | 'call';
  /** Parameter values that would put it right, if that is evident. `undefined` value: remove the argument. */
  readonly correction?: { readonly title: string; readonly set: Readonly<Record<string, ArgumentValue | undefined>> };
}
