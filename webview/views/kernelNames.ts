import type { ImageKernel } from '../state/image';

/** What the kernels for pictures are called. */
export const kernelNames: Readonly<Record<ImageKernel, string>> = {
  random: 'Random, positive', constant: 'Constant', glorot: 'Glorot (signed)', bilinear: 'Bilinear', icnr: 'ICNR-like', step: 'From step view',
};
