// `npx tsx test/bench/size.ts`: what of src/kernel takes how many bytes, minified.
import { kernelSizes } from '../unit/kernel/size';

const groups: Readonly<Record<string, RegExp>> = {
  'both SIMD modules, packed': /^generated/,
  'unpacking and starting them': /^(simdEngine|unpack)/,
  'portable engine': /^(portable|engine)/,
  'strategy by columns, in three directions': /columns|blocks/,
  'strategy for few channels, or a single input': /direct/,
  'what output rows are summed from': /rowTable/,
  'choosing, extents, places': /^(planner|extents|places)/,
  'operator, and the functions that do a whole job': /^(operator|transposedConvolution)/,
  'geometries and their checks': /^convolutionGeometry/,
  'a job step by step': /^slicedKernel/,
  'upsamplers': /^(resampling|alongAxis)/,
  'poolings': /^pooling/,
  'layouts': /^layout/,
};

const rest = new Map(await kernelSizes());
const total = [...rest.values()].reduce((sum, size) => sum + size, 0);
console.log('| part | bytes |\n|---|---|');
for (const [name, pattern] of [...Object.entries(groups), ['others', /./] as const]) {
  const files = [...rest.keys()].filter(file => pattern.test(file));
  const bytes = files.reduce((sum, file) => sum + (rest.get(file) ?? 0), 0);
  for (const file of files) rest.delete(file);
  if (bytes > 0) console.log(`| ${name} | ${bytes} |`);
}
console.log(`| **all** | **${total}** |`);
