import type { PlainArgument } from '../../src/frameworks/plain';
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
  };
}

function isPlain(value: unknown): value is PlainArgument {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (isRecord(value)) return Object.keys(value).length === 1 && Array.isArray(value['shape']) && value['shape'].length <= 16 && value['shape'].every(isCount);
  return Array.isArray(value) && value.length <= 16 && value.every(isPlain);
}
