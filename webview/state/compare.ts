import { isRecord, merge, oneOf, within } from './check';
import { sampleNames, type SampleName } from './image';

export const compareKernels = ['random', 'constant', 'bilinear', 'icnr', 'glorot'] as const;
export const compareShows = ['picture', 'difference', 'spectrum'] as const;

export interface CompareState {
  readonly sample: SampleName | 'own';
  readonly kernel: typeof compareKernels[number];
  readonly show: typeof compareShows[number];
  readonly seed: number;
  readonly zoom: number;
}

export const defaultCompare: CompareState = { sample: 'scene', kernel: 'random', show: 'picture', seed: 1, zoom: 1 };

export function parseCompare(value: unknown): CompareState {
  const fallback = defaultCompare;
  if (!isRecord(value)) return fallback;
  const plain = merge(fallback, value);
  return {
    ...plain,
    sample: oneOf(sampleNames, value['sample'], fallback.sample), kernel: oneOf(compareKernels, value['kernel'], fallback.kernel),
    show: oneOf(compareShows, value['show'], fallback.show), zoom: within(plain.zoom, 1, 8),
  };
}
