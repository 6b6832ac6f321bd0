import assert from 'node:assert/strict';
import fc from 'fast-check';
import { format } from '../../../src/algebra/format';
import { bounds, compare } from '../../../src/algebra/bounds';
import { isMultipleOf } from '../../../src/algebra/division';
import { add, asConstant, equal, keyOf, multiply, subtract, type Int } from '../../../src/algebra/integer';
import { substitute } from '../../../src/algebra/substitute';
import { expression, symbolValues } from './expressions';

const settings = { seed: 20261121, numRuns: 1500 };

function evaluate(value: Int, symbols: Readonly<Record<string, number>>): number | undefined {
  return asConstant(substitute(value, atom => symbols[atom.name]));
}

describe('symbolic integers, for random expressions', () => {
  it('agree with plain arithmetic once the symbols are known', () => {
    let compared = 0;
    fc.assert(fc.property(expression, symbolValues, ({ value, evaluate: plain }, symbols) => {
      const expected = plain(symbols);
      if (expected === undefined || !Number.isSafeInteger(expected) || !value.known) return;
      const actual = evaluate(value, symbols);
      // A part that is multiplied by zero may have been out of range on the way.
      if (actual !== undefined) {
        compared++;
        assert.equal(actual + 0, expected + 0);
      }
    }), settings);
    assert.ok(compared > 1000, `only ${compared} compared`);
  });

  it('lie within their bounds', () => {
    fc.assert(fc.property(expression, symbolValues, ({ value, evaluate: plain }, symbols) => {
      const number = plain(symbols);
      if (number === undefined || !value.known) return;
      const { lower, upper } = bounds(value);
      assert.ok(lower <= number && number <= upper, `${number} is not in [${lower}, ${upper}]`);
    }), settings);
  });

  it('are equal for all values when they are said to be, and different when that is said', () => {
    fc.assert(fc.property(expression, expression, symbolValues, (left, right, symbols) => {
      const [x, y] = [left.evaluate(symbols), right.evaluate(symbols)];
      if (x === undefined || y === undefined) return;
      const verdict = compare(left.value, right.value);
      if (verdict === 'equal') assert.equal(x + 0, y + 0);
      if (verdict === 'different') assert.notEqual(x + 0, y + 0);
    }), settings);
  });

  it('are multiples for all values when they are said to be', () => {
    fc.assert(fc.property(expression, expression, symbolValues, (left, right, symbols) => {
      const [x, y] = [left.evaluate(symbols), right.evaluate(symbols)];
      if (x === undefined || y === undefined || y === 0) return;
      const verdict = isMultipleOf(left.value, right.value);
      if (verdict !== undefined) assert.equal(x % y === 0, verdict);
    }), settings);
  });

  it('have one normal form for sums and products, whatever the order', () => {
    fc.assert(fc.property(expression, expression, expression, ({ value: x }, { value: y }, { value: z }) => {
      const left = multiply(add(x, y), z);
      const right = add(multiply(z, y), multiply(z, x));
      if (!left.known || !right.known) return;
      assert.ok(equal(left, right));
      assert.equal(keyOf(left), keyOf(right));
      assert.equal(format(left), format(right));
      assert.equal(keyOf(subtract(left, right)), '');
    }), settings);
  });

  it('print as the Python expression that they are', () => {
    fc.assert(fc.property(expression, symbolValues, ({ value }, symbols) => {
      const expected = evaluate(value, symbols);
      if (expected === undefined) return;
      assert.equal(evaluatePython(format(value), symbols) + 0, expected + 0);
    }), settings);
  });
});

/** A small reader of the printed form: sums, products, `//` left to right, `max(x, 0)`, signs, parentheses. */
function evaluatePython(text: string, symbols: Readonly<Record<string, number>>): number {
  const tokens = text.match(/\d+|[a-z]+|\/\/|[-+*(),]/g) ?? [];
  let at = 0;
  const take = (token: string): boolean => {
    if (tokens[at] !== token) return false;
    at++;
    return true;
  };
  const sum = (): number => {
    let value = product();
    for (;;) {
      if (take('+')) value += product();
      else if (take('-')) value -= product();
      else return value;
    }
  };
  const product = (): number => {
    let value = unary();
    for (;;) {
      if (take('*')) value *= unary();
      else if (take('//')) value = Math.floor(value / unary());
      else return value;
    }
  };
  const unary = (): number => take('-') ? -unary() : primary();
  const primary = (): number => {
    if (take('(')) {
      const value = sum();
      assert.ok(take(')'));
      return value;
    }
    if (take('max')) {
      assert.ok(take('('));
      const value = sum();
      assert.ok(take(',') && take('0') && take(')'));
      return Math.max(value, 0);
    }
    const token = tokens[at++] ?? '';
    return /^\d/.test(token) ? Number(token) : symbols[token] ?? NaN;
  };
  const value = sum();
  assert.equal(at, tokens.length, text);
  return value;
}
