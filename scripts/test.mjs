// Every test there is. The last line is the sum: `N passed, N failed`.
import { build } from './lib/build.mjs';
import { finish } from './lib/results.mjs';
import { runBrowserTests, runHostTests, runUnitTests } from './lib/suites.mjs';

await build();
finish([
  await runUnitTests(),
  ...await runHostTests(),
  await runBrowserTests(),
]);
