// The SIMD engine, in AssemblyScript: the same loops as src/kernel/portable, four lanes at a time.

export { add, copyRows, pack } from './pack';
export { gather, sumRows } from './sumRows';
export { multiply } from './multiply';
