// `npx tsx test/bench/size.ts`: what of src/kernel takes how many bytes, minified.
import { kernelSize } from '../unit/kernel/size';

const groups: Readonly<Record<string, RegExp>> = {
  'both SIMD modules, packed': /^generated/,
  'unpacking and starting them': /^(simdEngine|unpack)/,
  'portable engine': /^(portable|engine)/,
  'strategy by columns, in three directions': /columns|blocks/,
  'pairs of taps': /pairs/,
  'strategy for few channels, or a single input': /direct/,
  'what output rows are summed from': /rowTable/,
  'choosing, extents, places': /^(planner|extents|places|arithmetic)/,
  'operator, and the functions that do a whole job': /^(operator|transposedConvolution)/,
  'geometries and their checks': /^convolutionGeometry/,
  'a job step by step': /^slicedKernel/,
  'upsamplers': /^(resampling|alongAxis)/,
  'poolings': /^pooling/,
  'layouts': /^layout/,
};

const { bytes, files } = await kernelSize();
const rest = new Map(files);
console.log('| part | bytes |\n|---|---|');
let sum = 0;
for (const [name, pattern] of [...Object.entries(groups), ['others', /./] as const]) {
  const own = [...rest].filter(([file]) => pattern.test(file));
  const size = own.reduce((total, [, one]) => total + one, 0);
  for (const [file] of own) rest.delete(file);
  if (size > 0) console.log(`| ${name} | ${size} |`);
  sum += size;
}
console.log(`| minified for the second time | ${bytes - sum} |\n| **all** | **${bytes}** |`);
