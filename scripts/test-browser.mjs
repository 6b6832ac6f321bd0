// The playground in a real browser: builds, then runs test/browser/**/*.test.ts.
import { runBrowserTests } from './lib/suites.mjs';
import { finish } from './lib/results.mjs';

finish([await runBrowserTests(process.argv.slice(2))]);
