// Builds and packs the extension.
import { build, packageExtension } from './lib/build.mjs';

await build();
await packageExtension();
