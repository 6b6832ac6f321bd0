/** @typedef {{ name: string, passed: number, failed: number, skipped: number }} Result what one part of the tests gave */

/**
 * Prints a line for each part, then the sum alone on the last line, and sets the exit status.
 * @param {readonly Result[]} results
 */
export function finish(results) {
  const sum = (/** @type {'passed' | 'failed' | 'skipped'} */ key) => results.reduce((total, result) => total + result[key], 0);
  const width = Math.max(...results.map(result => result.name.length));
  console.log();
  for (const { name, passed, failed, skipped } of results) {
    console.log(`${name.padEnd(width)}  ${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`);
  }
  const failed = sum('failed');
  const passed = sum('passed');
  const skipped = sum('skipped');
  // A run that tested nothing proves nothing.
  process.exitCode = failed > 0 || passed + skipped === 0 ? 1 : 0;
  if (skipped > 0) console.log(`${skipped} skipped`);
  console.log(`\n${passed} passed, ${failed} failed`);
}
