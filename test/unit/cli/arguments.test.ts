import assert from 'node:assert/strict';
import { parseArguments } from '../../../src/cli/arguments';

const defaults = { paths: ['.'], format: 'text', select: undefined, ignore: [], config: undefined, exitZero: false, stdinFilename: undefined };

describe('parseArguments', () => {
  const right: readonly [string, object][] = [
    ['check', defaults],
    ['check a.py models', { ...defaults, paths: ['a.py', 'models'] }],
    ['check - --stdin-filename a.py', { ...defaults, paths: ['-'], stdinFilename: 'a.py' }],
    ['check --format json a.py --exit-zero', { ...defaults, paths: ['a.py'], format: 'json', exitZero: true }],
    ['check --format=sarif', { ...defaults, format: 'sarif' }],
    ['check --select TC101,TC2 --select=uneven-overlap', { ...defaults, select: ['TC101', 'TC2', 'uneven-overlap'] }],
    ['check --ignore TC301, --config x.toml', { ...defaults, ignore: ['TC301'], config: 'x.toml' }],
    ['check -- --odd-name.py', { ...defaults, paths: ['--odd-name.py'] }],
  ];
  for (const [line, check] of right) {
    it(`tconv ${line}`, () => assert.deepEqual(parseArguments(line.split(' ')), { kind: 'check', check }));
  }

  const others: readonly [string, string][] = [
    ['--help', 'help'], ['-h', 'help'], ['help', 'help'], ['check --help', 'help'], ['--version', 'version'], ['-V', 'version'],
  ];
  for (const [line, kind] of others) {
    it(`tconv ${line}`, () => assert.deepEqual(parseArguments(line.split(' ')), { kind }));
  }

  const wrong: readonly [readonly string[], RegExp][] = [
    [[], /^a command is missing/],
    [['lint'], /^there is no command lint/],
    [['check', '--format', 'xml'], /^there is no format xml: text, json, sarif, github$/],
    [['check', '--fromat', 'json'], /--fromat/],
    [['check', '--format'], /--format/],
    [['check', '--exit-zero=1'], /--exit-zero/],
    [['check', ''], /^a path is empty$/],
  ];
  for (const [given, message] of wrong) {
    it(`refuses tconv ${given.join(' ')}`, () => {
      const invocation = parseArguments(given);
      assert.equal(invocation.kind, 'wrong');
      assert.match(invocation.kind === 'wrong' ? invocation.message : '', message);
    });
  }
});
