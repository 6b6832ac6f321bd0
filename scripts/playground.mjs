// The playground as a plain web page. `npm run playground` builds and serves it on this machine until Ctrl+C;
// `npm run playground -- --static DIR` writes it as files that any web server can hand out.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { out } from './lib/paths.mjs';
import { buildPlaygroundPage, servePlaygroundPage } from './lib/playgroundPage.mjs';

const { values } = parseArgs({ options: { static: { type: 'string' }, port: { type: 'string', default: '0' } } });
const folder = values.static ?? join(out, 'playground');

await buildPlaygroundPage(folder);
if (values.static === undefined) {
  const { url } = await servePlaygroundPage(folder, Number(values.port));
  console.log(`The playground is at ${url} (Ctrl+C ends it)`);
} else {
  console.log(`Wrote the playground to ${folder}`);
}
