// Builds and packs the extension: transposed-conv-lens.vsix.
import { build, packageExtension } from './lib/build.mjs';

await build();
await packageExtension();
