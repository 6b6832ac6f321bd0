import type { Int } from '../algebra/integer';
import type { Shape } from '../frameworks/argument';
import type { Reading } from '../frameworks/api';
import type { SourceRange } from '../python/source';

/** One call in the source that is, or makes, a transposed convolution. */
export interface Layer {
  readonly reading: Reading;           // of the first instance, for what all share: api, label, framework
  /** The call expression. */
  readonly range: SourceRange;
  /** The name that is called: `nn.ConvTranspose2d`. */
  readonly callee: SourceRange;
  /** The arguments as written, in order. */
  readonly arguments: readonly ArgumentSource[];
  /** Position just before the closing parenthesis, where an argument can be added. `undefined` when it is missing. */
  readonly end: SourceRange | undefined;
  /** The input it is applied to in the source, when applied at once: `Conv2DTranspose(…)(x)`. */
  readonly instances: readonly Instance[];
  /** Why some instances may be missing: a bound on the work was reached. */
  readonly cutOff: string | undefined;
  /** Stands for the call: another for another call. */
  readonly call: object;
  /** Stands for all that is known of the layer but its place: the same in every version of the text in which nothing else differs. */
  readonly core: object;
}

/** An argument as written at the call. */
export interface ArgumentSource {
  /** `kernel_size=4`, with keyword and star. */
  readonly range: SourceRange;
  /** `4`. */
  readonly value: SourceRange;
  readonly text: string;
  readonly keyword: string | undefined;
  /** The parameter it binds to; `undefined` for a star argument or one too many. */
  readonly parameter: string | undefined;
  /** Number literals, strings, None, True, False and tuples or lists of them: safe to rewrite. */
  readonly literal: boolean;
}

/** A layer in one context: one call of the wrapper around it, one turn of a loop. */
export interface Instance {
  readonly reading: Reading;
  /** Values taken from defaults of parameters: `ngf=64 (default of parameter)`. */
  readonly assumed: readonly string[];
  /** Spatial and other sizes, in the framework's axis order; `undefined` where not known. */
  readonly input: Shape | undefined;
  readonly output: Shape | undefined;
  /** Where the input shape comes from, in words for the hover. */
  readonly inputOrigin: string | undefined;
  /** The layer that last changed the shape of its input. */
  readonly inputFrom?: SourceRange | undefined;
  /** The transposed convolutions that its input has come through, first to last, with {@link Layer.call}. */
  readonly before: readonly { readonly range: SourceRange; readonly reading: Reading; readonly call: object }[];
  /** The problems of the arguments and of this input together. */
  readonly problems: Reading['problems'];
  /** Calls that lead here, outermost first; empty at the top of a module. */
  readonly path: readonly SourceRange[];
  /** Learned numbers in the layer, weights and bias. */
  readonly parameters: Int;
  /** Multiplications and additions of one forward pass, for one example. */
  readonly multiplyAdds: Int;
  /** The code visibly sets the weights to a bilinear kernel and freezes them: overlap is then not reported. */
  readonly frozenBilinear?: boolean;
  /** The output size is passed where the layer is applied (`output_size=`), instead of following from the arguments. */
  readonly outputSizeGiven?: boolean;
}
