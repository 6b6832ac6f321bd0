/** Both modules of the SIMD engine, one after the other, packed as `src/kernel/unpack.ts` says. */
export const packedModules: string;
/** Bytes of the first, which has relaxed SIMD, and of both. */
export const relaxedLength: number;
export const bothLength: number;
