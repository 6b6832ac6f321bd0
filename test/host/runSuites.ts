import Mocha from 'mocha';
import * as vscode from 'vscode';

export interface RunOptions {
  /** Only tests whose full title matches. */
  readonly grep: string | undefined;
  /** Gets each line of the report. */
  readonly print: (line: string) => void;
  /** Gets the counts when all is over. */
  readonly report: (counts: Counts) => void;
}

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/**
 * Runs the suites inside an extension host, in Node or in a worker, and prints to its console.
 * Rejects when a test fails, which is how VS Code tells its own exit status.
 * @param load evaluates the test files, once mocha's globals are there
 */
export async function runSuites(load: () => void, options: RunOptions): Promise<void> {
  options.print(`VS Code ${vscode.version}, extension host in ${typeof process === 'undefined' ? 'a web worker' : `Node ${process.version}`}`);
  const mocha = new Mocha({ ui: 'bdd', timeout: 60_000, slow: 5000, reporter: lineReporter(options.print) as unknown as Mocha.ReporterConstructor, ...(options.grep ? { grep: options.grep } : {}) });
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  load();
  const failures = await new Promise<number>(resolve => {
    const runner = mocha.run(resolve);
    runner.once('end', () => {
      const { passes = 0, failures = 0, pending = 0 } = runner.stats ?? {};
      options.report({ passed: passes, failed: failures, skipped: pending });
    });
  });
  if (failures > 0) throw new Error(`${failures} failed`);
}

/**
 * Mocha's usual report in whole lines without colours, which a forwarded console can carry.
 * @returns a reporter in the form of a function, which mocha takes as well as a class
 */
function lineReporter(printLine: (line: string) => void): (runner: Mocha.Runner) => void {
  return function (runner) {   // mocha calls it with `new`
    let depth = 0;
    const print = (text: string) => { printLine('  '.repeat(depth) + text); };
    runner.on('suite', suite => {
      if (suite.title) print(suite.title);
      depth++;
    });
    runner.on('suite end', () => { depth--; });
    runner.on('pass', test => { print(`✓ ${test.title}${test.speed === 'slow' ? ` (${test.duration} ms)` : ''}`); });
    runner.on('pending', test => { print(`- ${test.title}`); });
    runner.on('fail', (test, error: unknown) => {
      print(`✗ ${test.title}`);
      for (const line of describeError(error).split('\n')) print(`    ${line}`);
    });
  };
}

function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { message, stack = '' } = error;
  return stack.includes(message) ? stack : `${message}\n${stack}`;
}
