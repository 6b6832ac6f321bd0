import { isRecord, merge, oneOf, within } from './check';

export const sampleNames = ['scene', 'text', 'gradient', 'flat', 'zonePlate', 'edge'] as const;
export type SampleName = typeof sampleNames[number];
export const imageKernels = ['random', 'constant', 'glorot', 'bilinear', 'icnr', 'step'] as const;
export type ImageKernel = typeof imageKernels[number];

export interface ImageState {
  readonly sample: SampleName | 'own';
  readonly kernel: ImageKernel;
  readonly seed: number;
  /** How often the layer is applied, one after the other. */
  readonly repeats: number;
}

export const defaultImage: ImageState = { sample: 'flat', kernel: 'random', seed: 1, repeats: 1 };

export function parseImage(value: unknown): ImageState {
  const fallback = defaultImage;
  if (!isRecord(value)) return fallback;
  const plain = merge(fallback, value);
  return {
    ...plain,
    sample: oneOf(sampleNames, value['sample'], fallback.sample),
    kernel: oneOf(imageKernels, value['kernel'], fallback.kernel),
    repeats: within(plain.repeats, 1, 3),
  };
}
