import assert from 'node:assert/strict';
import fc from 'fast-check';
import { both, describeCondition, equalWhen, type ResidueCondition } from '../../../src/algebra/condition';
import { floorDivide, modulo } from '../../../src/algebra/division';
import { add, multiply, subtract, symbol, unknown, type Int, type IntLike } from '../../../src/algebra/integer';
import { maximum } from '../../../src/algebra/maximum';
import { expression, symbolValues } from './expressions';

const H = symbol('H', { minimum: 1 });
const W = symbol('W', { minimum: 1 });
const pooled = (size: Int, times: number): Int => times === 0 ? size : pooled(floorDivide(size, 2), times - 1);
const strided = (size: Int): Int => add(floorDivide(subtract(size, 1), 2), 1);

describe('when two sizes are equal', () => {
  const cases: readonly (readonly [string, IntLike, IntLike, string | undefined])[] = [
    ['four times halved and doubled', multiply(16, pooled(H, 4)), H, 'H is a multiple of 16'],
    ['halved by a strided convolution and doubled', multiply(2, strided(H)), H, 'H is even'],
    ['doubled less one', subtract(multiply(2, strided(H)), 1), H, 'H is odd'],
    ['one more than a multiple', add(multiply(4, floorDivide(H, 4)), 1), H, 'H is 1 more than a multiple of 4'],
    ['several remainders', floorDivide(modulo(H, 6), 3), 0, 'H % 6 is 0, 1 or 2'],
    ['one size only', multiply(2, H), add(H, 64), 'H is 64'],
    ['a size that is too small', add(H, 2), 1, 'never'],
    ['crossing between two sizes', multiply(2, H), 7, 'never'],
    ['the same', add(H, H), multiply(2, H), 'always'],
    ['the same, though it does not look so', add(floorDivide(H, 2), floorDivide(add(H, 1), 2)), H, 'always'],
    ['two symbols', H, W, undefined],
    ['no linear difference', multiply(H, H), add(H, 6), undefined],
    ['a maximum', maximum(H, 4), add(H, 1), undefined],
    ['unknown', unknown, H, undefined],
    ['a long period', multiply(5003, floorDivide(H, 5003)), H, undefined],
  ];
  for (const [title, left, right, words] of cases) {
    it(`${title}: ${words ?? 'undecided'}`, () => { assert.equal(describeCondition(equalWhen(left, right)), words); });
  }

  it('agrees with plain arithmetic', () => {
    let decided = 0;
    fc.assert(fc.property(expression, expression, symbolValues, (left, right, symbols) => {
      const [x, y] = [left.evaluate(symbols), right.evaluate(symbols)];
      if (x === undefined || y === undefined) return;
      const condition = equalWhen(left.value, right.value);
      if (condition.kind === 'undecided') return;
      decided++;
      assert.equal(holds(condition, symbols), x === y, `${left.text} == ${right.text}`);
    }), { seed: 7, numRuns: 1500 });
    assert.ok(decided > 300, `only ${decided} decided`);
  });
});

function holds(condition: ReturnType<typeof equalWhen>, symbols: Readonly<Record<string, number>>): boolean {
  if (condition.kind === 'always') return true;
  if (condition.kind === 'value') return symbols[condition.symbol.name] === condition.value;
  if (condition.kind !== 'residues') return false;
  const value = symbols[condition.symbol.name] ?? NaN;
  return condition.residues.includes(((value % condition.modulus) + condition.modulus) % condition.modulus);
}

describe('two conditions together', () => {
  const condition = fc.integer({ min: 1, max: 24 }).chain(modulus => fc.uniqueArray(fc.integer({ min: 0, max: modulus - 1 }), { minLength: 1, maxLength: modulus })
    .map((residues): ResidueCondition => {
      const [symbolOfH] = H.terms[0]?.factors ?? [];
      assert.ok(symbolOfH?.kind === 'symbol');
      return { kind: 'residues', symbol: symbolOfH, modulus, residues: [...residues].sort((a, b) => a - b) };
    }));
  const holds = ({ modulus, residues }: ResidueCondition, value: number): boolean => residues.includes(value % modulus);

  it('hold where each holds', () => {
    fc.assert(fc.property(condition, condition, fc.nat(2000), (a, b, value) => {
      const together = both(a, b);
      const expected = holds(a, value) && holds(b, value);
      assert.equal(together === undefined ? false : holds(together, value), expected);
    }), { seed: 7, numRuns: 500 });
  });

  it('are not known of different symbols', () => {
    const [first] = fc.sample(condition, { seed: 1, numRuns: 1 });
    const [other] = W.terms[0]?.factors ?? [];
    assert.ok(first && other?.kind === 'symbol');
    assert.equal(both(first, { ...first, symbol: other }), undefined);
  });
});
