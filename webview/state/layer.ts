import type { PlainArgument } from '../../src/frameworks/plain';
import type { ChainLayer, LayerChain, PlainArgument as WirePlainArgument } from '../../src/protocol';
import { isCount, isRecord, isSize } from './check';

export interface LayerState {
  /** Canonical qualified name: `torch.nn.ConvTranspose2d`. */
  readonly api: string;
  readonly rank: Rank;
  /** In the framework's own names. What is not here has the framework's default. */
  readonly arguments: Readonly<Record<string, PlainArgument>>;
  /** Spatial input sizes, one an axis. */
  readonly inputSize: readonly number[];
  /** Where the layer stands in the code; `undefined` when it was made here. */
  readonly source: LayerSource | undefined;
}

export type Rank = 1 | 2 | 3;

export interface LayerSource {
  readonly label: string;
  readonly location: string | undefined;
  readonly unknownArguments: readonly string[];
  /** Whether the code tells the input size. */
  readonly inputSizeKnown: boolean;
  /** The layers that the code has in a row with this one. */
  readonly chain?: LayerChain | undefined;
}

export const defaultLayer: LayerState = {
  api: 'torch.nn.ConvTranspose2d',
  rank: 2,
  arguments: { in_channels: 1, out_channels: 1, kernel_size: 4, stride: 2, padding: 1 },
  inputSize: [4, 4],
  source: undefined,
};

/** A size at which the numbers of a layer of that rank are easy to follow. */
export function defaultInputSize(rank: Rank): number {
  return rank === 1 ? 6 : rank === 2 ? 4 : 3;
}

export function parseLayer(value: unknown): LayerState {
  const fallback = defaultLayer;
  if (!isRecord(value)) return fallback;
  const { api, rank, inputSize, source } = value;
  const given = value['arguments'];
  if (typeof api !== 'string' || (rank !== 1 && rank !== 2 && rank !== 3) || !isRecord(given)) return fallback;
  if (!Array.isArray(inputSize) || inputSize.length !== rank || !inputSize.every(isSize)) return fallback;
  const known = Object.entries(given).filter((entry): entry is [string, PlainArgument] => isPlain(entry[1]));
  return { api, rank, arguments: Object.fromEntries(known), inputSize, source: parseSource(source) };
}

function parseSource(value: unknown): LayerSource | undefined {
  if (!isRecord(value) || typeof value['label'] !== 'string') return undefined;
  const { label, location, unknownArguments } = value;
  return {
    label,
    location: typeof location === 'string' ? location : undefined,
    unknownArguments: Array.isArray(unknownArguments) ? unknownArguments.filter(name => typeof name === 'string') : [],
    inputSizeKnown: value['inputSizeKnown'] === true,
    chain: parseChain(value['chain']),
  };
}

const longestChain = 16;

function parseChain(value: unknown): LayerChain | undefined {
  if (!isRecord(value) || !Array.isArray(value['layers']) || value['layers'].length > longestChain) return undefined;
  const layers = value['layers'].map(parseChainLayer);
  const known = layers.filter(layer => layer !== undefined);
  const { position } = value;
  return known.length === layers.length && isCount(position) && position < known.length ? { layers: known, position } : undefined;
}

function parseChainLayer(value: unknown): ChainLayer | undefined {
  const source = parseSource(value);
  if (source === undefined || !isRecord(value) || typeof value['api'] !== 'string' || !isRecord(value['arguments'])) return undefined;
  const { label, location, unknownArguments } = source;
  // Shapes of tensors, which the page adds for functions, do not come over the wire.
  const known = Object.entries(value['arguments']).filter((entry): entry is [string, WirePlainArgument] => isPlain(entry[1]) && !isRecord(entry[1]));
  return { label, location, unknownArguments, api: value['api'], arguments: Object.fromEntries(known) };
}

function isPlain(value: unknown): value is PlainArgument {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (isRecord(value)) return Object.keys(value).length === 1 && Array.isArray(value['shape']) && value['shape'].length <= 16 && value['shape'].every(isCount);
  return Array.isArray(value) && value.length <= 16 && value.every(isPlain);
}
