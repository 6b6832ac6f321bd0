// What the page itself computes with. Where the page is bundled, these are the functions of the worker's program, which
// is there anyway (scripts/lib/workerProgram.mjs): the kernel would be in the script twice.
export { maxPool, maxUnpool } from '../../src/kernel/pooling';
export { convolution, transposedConvolution } from '../../src/kernel/transposedConvolution';
export { fractionallyStridedConvolution } from '../grids/fractionallyStrided';
