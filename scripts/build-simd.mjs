// `npm run build:simd`: compiles src/kernel/simd (AssemblyScript) if it has changed.
import { buildSimd } from './lib/simd.mjs';

await buildSimd();
