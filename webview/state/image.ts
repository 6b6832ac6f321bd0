import { isRecord, merge, oneOf, within } from './check';

export const sampleNames = ['scene', 'text', 'gradient', 'flat', 'zonePlate', 'edge'] as const;
export type SampleName = typeof sampleNames[number];
export const imageKernels = ['random', 'constant', 'glorot', 'bilinear', 'icnr', 'step'] as const;
export type ImageKernel = typeof imageKernels[number];

/** Sides of the squares that pictures are brought to. */
export const pictureSizes = [64, 128, 256, 512] as const;
export type PictureSize = typeof pictureSizes[number];

export interface ImageState {
  readonly sample: SampleName | 'own';
  readonly size: PictureSize;
  readonly kernel: ImageKernel;
  readonly seed: number;
  /** How often the layer is applied, one after the other. */
  readonly repeats: number;
  /** Instead of this layer alone: those that the code has in a row, where it tells. */
  readonly wholeDecoder: boolean;
}

export const defaultImage: ImageState = { sample: 'flat', size: 128, kernel: 'random', seed: 1, repeats: 1, wholeDecoder: false };

export function parseImage(value: unknown): ImageState {
  const fallback = defaultImage;
  if (!isRecord(value)) return fallback;
  const plain = merge(fallback, value);
  return {
    ...plain,
    sample: oneOf(sampleNames, value['sample'], fallback.sample),
    size: parseSize(value['size'], fallback.size),
    kernel: oneOf(imageKernels, value['kernel'], fallback.kernel),
    repeats: within(plain.repeats, 1, 3),
  };
}

export function parseSize(value: unknown, fallback: PictureSize): PictureSize {
  return pictureSizes.find(size => size === value) ?? fallback;
}
