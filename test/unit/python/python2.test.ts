import assert from 'node:assert/strict';
import { probe } from './probe';

describe('values: Python 2', () => {
  const cases: readonly (readonly [title: string, source: string, ...expected: string[]])[] = [
    ['where a statement prints, / between integers is //', "def f(n):\n  print 'widths', n\n  w = 7\n  w /= 2\n  probe(64 / 2, 7 / 2, 7.0 / 2, w, n / 2)", '32, 3, 3.5, 3, n//2'],
    ['parentheses may be those of the function', "def f(n):\n  print (n)\n  probe(7 / 2)", '3.5'],
    ['text that reads so is not code', "def f(n):\n  '''\n  print this\n  '''\n  probe(7 / 2)  # print that", '3.5'],
  ];
  for (const [title, source, ...expected] of cases) {
    it(title, () => { assert.deepEqual(probe(source), expected); });
  }
});
