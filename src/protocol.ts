import type { PlainArgument } from './frameworks/plain';

/** Messages between the editor and the playground, both directions. Plain JSON, but for the bytes of a file. */

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

/** What the arguments of the layer's call shall be. Without `value` the argument goes, so that the default applies. */
export interface ArgumentChange {
  readonly name: string;
  readonly value?: PlainArgument;
}

/** A piece of the call as it would be. */
export interface CallPart {
  readonly text: string;
  readonly changed: boolean;
}

export type ToPlayground =
  /**
   * Show this layer. `reread`: the same call as before, after an edit of the code.
   * `revision` counts what was sent: edits name it, so that none is made from what is no longer there.
   */
  | { readonly type: 'showLayer'; readonly layer: PlaygroundLayer; readonly revision: number; readonly reread: boolean }
  /** The call that is shown is no longer in the code. */
  | { readonly type: 'layerGone' }
  /** What the editor does for the page: whether the layer follows the cursor, and how a link to a state begins. */
  | { readonly type: 'host'; readonly following: boolean; readonly linkPrefix: string }
  /** Show the state of a link, as it was in the link. */
  | { readonly type: 'openState'; readonly state: unknown }
  /** Answer to `editCall`: the call as it would be or now is, or why not. */
  | { readonly type: 'callEdit'; readonly request: number; readonly applied: boolean; readonly call: readonly CallPart[] }
  | { readonly type: 'callEdit'; readonly request: number; readonly reason: string }
  /** Answer to `saveFile`: where it went; `undefined` when the user changed their mind; or why it failed. */
  | { readonly type: 'fileSaved'; readonly name: string | undefined }
  | { readonly type: 'fileSaved'; readonly reason: string };

export type ToEditor =
  /** The page has loaded and listens. */
  | { readonly type: 'ready' }
  /** Show the layer's place in the source. */
  | { readonly type: 'revealSource' }
  /** Open a page of the rule documentation: `TC101`. */
  | { readonly type: 'openRule'; readonly rule: string }
  /** Show the layer under the cursor from now on, or stop. */
  | { readonly type: 'follow'; readonly on: boolean }
  /** Ask how the call reads with these arguments, or write them into the code. */
  | { readonly type: 'editCall'; readonly request: number; readonly revision: number; readonly apply: boolean; readonly changes: readonly ArgumentChange[] }
  /** Save a picture where the user says. */
  | { readonly type: 'saveFile'; readonly name: string; readonly content: Uint8Array }
  /** Something in the page failed; goes to the log. */
  | { readonly type: 'failed'; readonly message: string };

const deepest = 4;
const longest = 32;

/** Whether a value is a plain argument of a size that an argument can have. For what comes from the page or a link. */
export function isPlainArgument(value: unknown, depth = 0): value is PlainArgument {
  if (value === null || typeof value === 'boolean') return true;
  if (typeof value === 'string') return value.length <= 1000;
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || depth >= deepest) return false;
  if (Array.isArray(value)) return value.length <= longest && value.every(item => isPlainArgument(item, depth + 1));
  const { shape, ...rest } = value as { readonly shape?: unknown };
  return Object.keys(rest).length === 0 && Array.isArray(shape) && shape.length <= longest
    && shape.every(size => size === null || (Number.isSafeInteger(size) && Number(size) >= 0));
}
