import assert from 'node:assert/strict';
import { format, formatFloat } from '../../../src/algebra/format';
import { bounds, compare } from '../../../src/algebra/bounds';
import { ceilDivide, floorDivide, isMultipleOf, modulo } from '../../../src/algebra/division';
import { add, asConstant, constant, equal, keyOf, multiply, negate, subtract, symbol, symbolsOf, unknown, zero, type Int } from '../../../src/algebra/integer';
import { maximum, minimum, positivePart } from '../../../src/algebra/maximum';
import { substitute } from '../../../src/algebra/substitute';

const H = symbol('H', { minimum: 1 });
const W = symbol('W', { minimum: 1 });
const s = symbol('s', { minimum: 1 });
const k = symbol('k', { minimum: 1 });
const z = symbol('z');

describe('floats', () => {
  it('are written as Python does', () => {
    assert.deepEqual([2, -0.5, 1e16, 1e300, Infinity, -Infinity, NaN].map(formatFloat), ['2.0', '-0.5', '1e+16', '1e+300', 'inf', '-inf', 'nan']);
  });
});

describe('symbolic integers', () => {
  it('are written in the order of names, whatever the keys of their symbols are', () => {
    const [a, b] = [symbol('a', { key: '9' }), symbol('b', { key: '1' })];
    assert.equal(format(multiply(b, a)), 'a*b');
    assert.equal(format(add(b, a)), 'a + b');
    assert.equal(format(add(floorDivide(b, 2), floorDivide(a, 2))), 'a//2 + b//2');
    assert.equal(format(add(maximum(b, 2), maximum(a, 2))), 'max(a - 2, 0) + max(b - 2, 0) + 4');
  });

  const simplified: readonly (readonly [string, Int, string])[] = [
    ['like terms are collected', subtract(add(multiply(2, H), 3, H), 3), '3*H'],
    ['what cancels goes', subtract(H, H), '0'],
    ['products are multiplied out', multiply(add(H, 1), subtract(H, 1)), 'H*H - 1'],
    ['a negative leading term goes behind', subtract(7, H), '7 - H'],
    ['all negative', negate(add(H, W)), '-H - W'],
    ['the output size of kernel k, stride s', add(multiply(subtract(H, 1), s), k), 's*H + k - s'],
    ['what divides comes out of a division', floorDivide(add(multiply(2, H), 1), 2), 'H'],
    ['a negative constant comes out too', add(floorDivide(subtract(H, 1), 2), 1), '(H + 1)//2'],
    ['division by a negative number', floorDivide(H, -2), 'H//2 - H'],
    ['divisions in a row are one', floorDivide(floorDivide(H, 2), 3), 'H//6'],
    ['strided convolutions in a row', floorDivide(add(floorDivide(add(H, 1), 2), 1), 2), '(H + 3)//4'],
    ['a shared divisor is cancelled', floorDivide(add(multiply(2, H), 1), 4), 'H//2'],
    ['division by a symbol', floorDivide(multiply(s, H), s), 'H'],
    ['division by a symbol with rest', floorDivide(add(multiply(s, H), k), s), 'H + k//s'],
    ['the rest below the divisor goes', floorDivide(subtract(multiply(s, H), 1), s), 'H + (-1)//s'],
    ['a product with a division', multiply(2, floorDivide(add(H, 1), 2)), '2*((H + 1)//2)'],
    ['less a division', subtract(H, floorDivide(H, 2)), 'H - H//2'],
    ['a division negated', negate(floorDivide(H, 2)), '-(H//2)'],
    ['rounding up', ceilDivide(H, 2), '(H + 1)//2'],
    ['remainder of a multiple', modulo(multiply(4, H), 2), '0'],
    ['maximum that is decided', maximum(add(H, 3), H), 'H + 3'],
    ['minimum that is decided', minimum(add(H, 3), H), 'H'],
    ['positive part of what is negative', positivePart(negate(H)), '0'],
    ['a factor comes out of a positive part', positivePart(subtract(multiply(2, k), multiply(2, s))), '2*max(k - s, 0)'],
  ];
  for (const [title, value, expected] of simplified) {
    it(`${title}: ${expected}`, () => { assert.equal(format(value), expected); });
  }

  it('max(a, b) and max(b, a) are the same text', () => {
    assert.equal(format(maximum(s, k)), format(maximum(k, s)));
    assert.ok(equal(maximum(s, k), maximum(k, s)));
    assert.ok(equal(maximum(add(z, 1), H), maximum(H, add(z, 1))));
    assert.ok(equal(minimum(s, multiply(2, k)), minimum(multiply(2, k), s)));
  });

  it('unknown absorbs, also multiplied by zero, and equals nothing', () => {
    for (const value of [
      add(unknown, 1), multiply(0, unknown), floorDivide(unknown, 2), floorDivide(H, 0), positivePart(unknown),
      maximum(H, unknown), modulo(H, 0), constant(1.5), constant(NaN), constant(2 ** 53), symbolOver(),
    ]) assert.equal(format(value), '?');
    assert.ok(!equal(unknown, unknown));
    assert.equal(compare(unknown, unknown), 'undecided');
    assert.equal(asConstant(unknown), undefined);
  });

  it('compares what bounds or divisibility decide', () => {
    assert.equal(compare(add(H, 1), H), 'different');
    assert.equal(compare(multiply(2, H), add(multiply(2, W), 1)), 'different');
    assert.equal(compare(H, W), 'undecided');
    assert.equal(compare(multiply(2, H), add(H, H)), 'equal');
    assert.equal(compare(add(H, 1), modulo(H, 4)), 'different');
  });

  it('knows when one divides the other', () => {
    assert.equal(isMultipleOf(multiply(2, s), s), true);
    assert.equal(isMultipleOf(add(multiply(2, H), 4), 2), true);
    assert.equal(isMultipleOf(add(multiply(2, H), 3), 2), false);
    assert.equal(isMultipleOf(add(multiply(3, H), 2), 2), undefined);
    assert.equal(isMultipleOf(k, s), undefined);
    assert.equal(isMultipleOf(H, 1), true);
    assert.equal(isMultipleOf(H, 0), undefined);
  });

  it('bounds see that a remainder is below its divisor', () => {
    assert.deepEqual(bounds(modulo(H, 4)), { lower: 0, upper: 3 });
    assert.deepEqual(bounds(modulo(z, 2)), { lower: 0, upper: 1 });
    assert.equal(bounds(subtract(H, floorDivide(H, 2))).lower, 1);
  });

  it('replaces symbols and leaves the others', () => {
    const value = add(multiply(s, H), floorDivide(k, 2));
    assert.equal(format(substitute(value, atom => ({ s: 2, k: 5 })[atom.name])), '2*H + 2');
    assert.deepEqual(symbolsOf(value).map(atom => atom.name).sort(), ['H', 'k', 's']);
  });

  it('two symbols of the same name with different keys are different', () => {
    const other = symbol('H', { key: 'H of another function' });
    assert.equal(compare(H, other), 'undecided');
    assert.equal(format(subtract(H, other)), 'H - H');
  });

  it('a name cannot be mistaken for a product of names', () => {
    assert.ok(!equal(symbol('a·b'), multiply(symbol('a'), symbol('b'))));
  });

  it('stays bounded and fast when squared, divided and nested again and again', () => {
    const grow: readonly ((x: Int) => Int)[] = [
      x => multiply(x, x),
      x => multiply(add(x, 1), add(x, W)),
      x => floorDivide(add(multiply(x, x), 1), 3),
      x => floorDivide(add(x, W), add(x, H)),
      x => maximum(multiply(x, W), add(x, k)),
      x => positivePart(subtract(multiply(3, x), floorDivide(multiply(W, x), 2))),
      x => modulo(add(x, symbol('n'.repeat(300))), add(s, x)),
      x => add(floorDivide(x, 2), floorDivide(x, 3), floorDivide(x, 5), W),
    ];
    const start = performance.now();
    for (const step of grow) {
      let value: Int = H;
      for (let turn = 0; turn < 60; turn++) value = step(value);
      assert.ok(keyOf(value).length < 20_000);
      bounds(value);
      substitute(value, () => 3);
    }
    const elapsed = performance.now() - start;
    assert.ok(elapsed < 2000, `took ${Math.round(elapsed)} ms`);
  });

  it('a wide sum becomes unknown, not slow', () => {
    let value: Int = zero;
    for (let index = 0; index < 200; index++) value = add(value, symbol(`x${index}`));
    assert.equal(format(value), '?');
  });
});

function symbolOver(): Int {
  return multiply(2 ** 40, 2 ** 40, H);
}
