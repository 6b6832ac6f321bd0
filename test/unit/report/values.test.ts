import assert from 'node:assert/strict';
import { add, constant, multiply, symbol, unknown } from '../../../src/algebra/integer';
import type { ArgumentValue } from '../../../src/frameworks/argument';
import { argumentToJson, isUnknown, type Json } from '../../../src/report/values';

const integer = (value: number): ArgumentValue => ({ kind: 'integer', value: constant(value) });
const nothing: ArgumentValue = { kind: 'integer', value: unknown };

describe('argumentToJson', () => {
  const cases: readonly [string, ArgumentValue, Json, boolean][] = [
    ['a number', integer(3), 3, false],
    ['a symbol', { kind: 'integer', value: multiply(8, symbol('ngf')) }, '8*ngf', false],
    ['a sum', { kind: 'integer', value: add(multiply(2, symbol('k')), -1) }, '2*k - 1', false],
    ['an unknown integer', nothing, null, true],
    ['an unknown value', { kind: 'unknown' }, null, true],
    ['None', { kind: 'none' }, null, false],
    ['a pair', { kind: 'sequence', form: 'tuple', items: [integer(2), nothing] }, [2, null], true],
    ['a string', { kind: 'string', value: 'same' }, 'same', false],
    ['a truth value', { kind: 'boolean', value: false }, false, false],
    ['a float', { kind: 'float', value: 1.5 }, 1.5, false],
    ['infinity, which JSON lacks', { kind: 'float', value: Infinity }, 'Infinity', false],
    ['a tensor', { kind: 'tensor', shape: [symbol('N'), constant(3), unknown] }, ['N', 3, null], false],
    ['a tensor without a shape', { kind: 'tensor', shape: undefined }, null, false],
    ['something else', { kind: 'other', description: 'a function' }, 'a function', false],
  ];
  for (const [name, value, json, isMissing] of cases) {
    it(name, () => {
      assert.deepEqual(argumentToJson(value), json);
      assert.equal(isUnknown(value), isMissing);
    });
  }
});
