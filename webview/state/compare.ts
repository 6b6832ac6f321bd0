import { isRecord, merge, oneOf, within } from './check';
import { parseSize, sampleNames, type PictureSize, type SampleName } from './image';

export const compareKernels = ['random', 'constant', 'bilinear', 'icnr', 'glorot'] as const;
export const compareShows = ['picture', 'difference', 'spectrum'] as const;

export interface CompareState {
  readonly sample: SampleName | 'own';
  readonly size: PictureSize;
  readonly kernel: typeof compareKernels[number];
  readonly show: typeof compareShows[number];
  readonly seed: number;
  readonly zoom: number;
}

export const defaultCompare: CompareState = { sample: 'scene', size: 128, kernel: 'random', show: 'picture', seed: 1, zoom: 1 };

export function parseCompare(value: unknown): CompareState {
  const fallback = defaultCompare;
  if (!isRecord(value)) return fallback;
  const plain = merge(fallback, value);
  return {
    ...plain,
    sample: oneOf(sampleNames, value['sample'], fallback.sample), size: parseSize(value['size'], fallback.size), kernel: oneOf(compareKernels, value['kernel'], fallback.kernel),
    show: oneOf(compareShows, value['show'], fallback.show), zoom: within(plain.zoom, 1, 8),
  };
}
