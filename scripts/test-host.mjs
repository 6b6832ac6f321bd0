// The suites of test/host in a real VS Code, and the packed VSIX as a user has it.
//   node scripts/test-host.mjs [--host 1.100|1.139|web|vsix]… [--grep TEXT]
import { parseArgs } from 'node:util';
import { build } from './lib/build.mjs';
import { finish } from './lib/results.mjs';
import { hostNames, runHostTests } from './lib/suites.mjs';

const { values } = parseArgs({ options: { host: { type: 'string', multiple: true }, grep: { type: 'string' } } });
const hosts = values.host ?? hostNames;
const unknown = hosts.find(host => !hostNames.includes(host));
if (unknown !== undefined) throw new Error(`no host ${unknown}; there are ${hostNames.join(', ')}`);

await build();
finish(await runHostTests({ hosts, grep: values.grep }));
