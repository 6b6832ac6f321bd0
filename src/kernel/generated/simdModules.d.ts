/** Both modules of the SIMD engine, one after the other, packed as `scripts/lib/simd.mjs` says, in base64. */
export const packedModules: string;
/** Length in bytes of the first, which does without relaxed SIMD. */
export const plainLength: number;
