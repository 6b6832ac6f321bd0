import assert from 'node:assert/strict';
import { argumentListLength } from '../../../src/editor/appliedCall';

describe('the argument list after a call', () => {
  const cases: Readonly<Record<string, string>> = {
    'one name': '(x)',
    'nothing': '()',
    'calls within': '(layers.Conv2D(4, (3, 3))(x))',
    'subscripts and dictionaries': '(xs[0], {"a": (1, 2)}[k])',
    'brackets in strings': '(f(")"), \'(\', "\\")")',
    'long strings': '(f("""a)\n"b"""), x)',
    'lines and comments': '(\n    x,  # not :)\n)',
  };
  for (const [name, list] of Object.entries(cases)) {
    it(name, () => assert.equal(argumentListLength(`${list} + other(1)`), list.length));
  }

  for (const text of ['', ' (x)', '.weight', ')(x)', '(x', '(x[1)', '("x)']) {
    it(`is none at ${JSON.stringify(text)}`, () => assert.equal(argumentListLength(text), 0));
  }

  it('is found in time, whatever is there', () => {
    const start = performance.now();
    assert.equal(argumentListLength('('.repeat(20_000)), 0);
    assert.equal(argumentListLength(`(${'"'.repeat(20_001)}`), 0);
    assert.equal(argumentListLength(`(${'\'\'\''.repeat(5_000)}x`), 0);
    assert.ok(performance.now() - start < 1000);
  });
});
