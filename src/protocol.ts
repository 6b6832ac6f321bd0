/** Messages between the editor and the playground, both directions. Plain JSON. */

/** A plain value of an argument: what `ArgumentValue` is in JSON. Symbolic and unknown values are left out. */
export type PlainArgument = number | string | boolean | null | readonly PlainArgument[];

/** The layer that the playground opens with. */
export interface PlaygroundLayer {
  /** How people write it, and where: `nn.ConvTranspose2d`, `generator.py:12`. */
  readonly label: string;
  readonly location: string | undefined;
  /** Canonical qualified name of the API: `torch.nn.ConvTranspose2d`. */
  readonly api: string;
  readonly rank: 1 | 2 | 3;
  /** Known arguments in the framework's own names. */
  readonly arguments: Readonly<Record<string, PlainArgument>>;
  /** Names of the arguments whose value the code does not tell. */
  readonly unknownArguments: readonly string[];
  /** Spatial input sizes where known. */
  readonly inputSize: readonly (number | null)[];
  /** The transposed convolutions that the code has in a row, this one among them; missing where it stands alone. */
  readonly chain?: LayerChain;
}

/** Transposed convolutions of one rank, each of which gets what comes of the one before, through whatever lies between. */
export interface LayerChain {
  /** First to last. */
  readonly layers: readonly ChainLayer[];
  /** Which of them is the layer shown. */
  readonly position: number;
}

export type ChainLayer = Pick<PlaygroundLayer, 'label' | 'location' | 'api' | 'arguments' | 'unknownArguments'>;

export type ToPlayground =
  | { readonly type: 'showLayer'; readonly layer: PlaygroundLayer };

export type ToEditor =
  /** The page has loaded and listens. */
  | { readonly type: 'ready' }
  /** Show the layer's place in the source. */
  | { readonly type: 'revealSource' }
  /** Open a page of the rule documentation: `TC101`. */
  | { readonly type: 'openRule'; readonly rule: string }
  /** Something in the page failed; goes to the log. */
  | { readonly type: 'failed'; readonly message: string };
