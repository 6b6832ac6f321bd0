import fc from 'fast-check';
import { ceilDivide, floorDivide, modulo } from '../../../src/algebra/division';
import { add, constant, multiply, negate, subtract, symbol, type Int } from '../../../src/algebra/integer';
import { maximum, minimum, positivePart } from '../../../src/algebra/maximum';

/** A random expression: the symbolic integer, and the same in plain arithmetic. `undefined` where Python would raise. */
export interface Expression {
  readonly text: string;
  readonly value: Int;
  readonly evaluate: (symbols: Readonly<Record<string, number>>) => number | undefined;
}

/** `a` is at least 1, `b` at least 0, `c` can be anything. */
const minima: Readonly<Record<string, number>> = { a: 1, b: 0, c: -Infinity };

/** Values that the symbols may take. */
export const symbolValues = fc.record({
  a: fc.integer({ min: 1, max: 40 }),
  b: fc.integer({ min: 0, max: 40 }),
  c: fc.integer({ min: -40, max: 40 }),
});

const leaf: fc.Arbitrary<Expression> = fc.oneof(
  fc.constantFrom('a', 'b', 'c').map((name): Expression => {
    const minimum = minima[name] ?? -Infinity;
    return { text: name, value: symbol(name, { minimum }), evaluate: symbols => symbols[name] };
  }),
  fc.integer({ min: -9, max: 9 }).map((number): Expression => ({ text: String(number), value: constant(number), evaluate: () => number })),
);

type Operation = readonly [string, (a: Int, b: Int) => Int, (a: number, b: number) => number | undefined];

const operations: readonly Operation[] = [
  ['+', add, (a, b) => a + b],
  ['-', subtract, (a, b) => a - b],
  ['*', multiply, (a, b) => a * b],
  ['//', floorDivide, (a, b) => b === 0 ? undefined : Math.floor(a / b)],
  ['ceil', ceilDivide, (a, b) => b === 0 ? undefined : Math.ceil(a / b)],
  ['%', modulo, (a, b) => b === 0 ? undefined : a - b * Math.floor(a / b)],
  ['max', maximum, Math.max],
  ['min', minimum, Math.min],
  ['relu', a => positivePart(a), a => Math.max(a, 0)],
  ['neg', a => negate(a), a => -a],
];

export const expression: fc.Arbitrary<Expression> = fc.letrec<{ tree: Expression }>(tie => ({
  tree: fc.oneof({ maxDepth: 4, depthSize: 'medium' }, leaf, fc.tuple(fc.constantFrom(...operations), tie('tree'), tie('tree')).map(
    ([[sign, symbolic, plain], left, right]): Expression => ({
      text: `(${left.text} ${sign} ${right.text})`,
      value: symbolic(left.value, right.value),
      evaluate: symbols => {
        const x = left.evaluate(symbols);
        const y = right.evaluate(symbols);
        return x === undefined || y === undefined ? undefined : plain(x, y);
      },
    }))),
})).tree;
