import Mocha from 'mocha';

/** Begins the one line of the output that programs read: the counts as JSON follow. */
export const resultMark = 'TCONV-HOST-RESULT ';

/**
 * Runs the suites inside an extension host, in Node or in a worker, and prints to its console.
 * Rejects when a test fails, which is how VS Code tells its own exit status.
 * @param load evaluates the test files, once mocha's globals are there
 */
export async function runSuites(load: () => void, options: { readonly grep: string | undefined }): Promise<void> {
  const mocha = new Mocha({ ui: 'bdd', timeout: 20_000, slow: 5000, reporter: ConsoleReporter, ...(options.grep ? { grep: options.grep } : {}) });
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  load();
  const failures = await new Promise<number>(resolve => {
    const runner = mocha.run(resolve);
    runner.once('end', () => {
      const { passes = 0, failures = 0, pending = 0 } = runner.stats ?? {};
      console.log(resultMark + JSON.stringify({ passed: passes, failed: failures, skipped: pending }));
    });
  });
  if (failures > 0) throw new Error(`${failures} failed`);
}

/** Whole lines only, without colours: what a console that is forwarded can carry. */
class ConsoleReporter {
  constructor(runner: Mocha.Runner) {
    let depth = 0;
    const print = (text: string) => { console.log('  '.repeat(depth) + text); };
    runner.on('suite', suite => {
      if (suite.title) print(suite.title);
      depth++;
    });
    runner.on('suite end', () => { depth--; });
    runner.on('pass', test => { print(`✓ ${test.title}${test.speed === 'slow' ? ` (${test.duration} ms)` : ''}`); });
    runner.on('pending', test => { print(`- ${test.title}`); });
    runner.on('fail', (test, error: unknown) => {
      print(`✗ ${test.title}`);
      const { stack, message } = error instanceof Error ? error : { stack: undefined, message: String(error) };
      for (const line of (stack?.includes(message) ? stack : `${message}\n${stack ?? ''}`).split('\n')) print(`    ${line}`);
    });
  }
}
