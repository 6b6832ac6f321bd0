import type { PlainArgument } from '../../src/frameworks/plain';
import { isPlainArgument, type ChainLayer, type LayerChain } from '../../src/protocol';
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
  /** Which reading of the code this is; edits name it. */
  readonly revision: number;
  /** As the code has them, with examples for what it does not tell. */
  readonly arguments: Readonly<Record<string, PlainArgument>>;
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
  return { api, rank, arguments: parseArguments(given), inputSize, source: parseSource(source) };
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
    revision: isCount(value['revision']) ? value['revision'] : 0,
    arguments: parseArguments(value['arguments']),
  };
}

function parseArguments(value: unknown): LayerState['arguments'] {
  if (!isRecord(value)) return {};
  return Object.fromEntries(Object.entries(value).filter((entry): entry is [string, PlainArgument] => isPlainArgument(entry[1])));
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
  return { label, location, unknownArguments, api: value['api'], arguments: parseArguments(value['arguments']) };
}
