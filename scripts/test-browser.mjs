// The playground in a real browser: builds, then runs test/browser/**/*.test.ts.
import { build } from './lib/build.mjs';
import { runBrowserTests } from './lib/suites.mjs';
import { finish } from './lib/results.mjs';

await build();
finish([await runBrowserTests(process.argv.slice(2))]);
