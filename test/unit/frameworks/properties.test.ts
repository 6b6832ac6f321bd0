import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Int, asConstant, constant, symbol, unknown } from '../../../src/algebra/integer';
import { substitute } from '../../../src/algebra/substitute';
import type { ArgumentValue } from '../../../src/frameworks/argument';
import type { Reading } from '../../../src/frameworks/api';
import { apis } from '../../../src/frameworks/index';
import { boolean, integer, none, string } from '../../../src/frameworks/value';
import { type Keywords, read } from './call';

const options = { seed: 20261121, numRuns: 200 };

/** Arguments that are numbers, and which of them are written as symbols instead. */
interface Sample {
  readonly values: Readonly<Record<string, number>>;
  readonly symbolic: readonly string[];
  readonly fixed: Keywords;
}

function sample(names: Readonly<Record<string, [number, number]>>, fixed: fc.Arbitrary<Keywords>): fc.Arbitrary<Sample> {
  return fc.record({
    values: fc.record(Object.fromEntries(Object.entries(names).map(([name, [min, max]]) => [name, fc.integer({ min, max })]))),
    symbolic: fc.subarray(Object.keys(names)),
    fixed,
  });
}

function keywords({ values, symbolic, fixed }: Sample, asSymbols: boolean): Keywords {
  const entries = Object.entries(values).map(([name, value]): [string, ArgumentValue] =>
    [name, integer(asSymbols && symbolic.includes(name) ? symbol(name) : constant(value))]);
  return { ...fixed, ...Object.fromEntries(entries) };
}

function evaluated(size: Int, values: Readonly<Record<string, number>>): number | undefined {
  return asConstant(substitute(size, atom => values[atom.name]));
}

function sameWindow(exact: Reading, symbolic: Reading, values: Readonly<Record<string, number>>, inputSize: number): void {
  const [wanted] = exact.axes([constant(inputSize)]);
  const [found] = symbolic.axes([symbol('H', { minimum: 1 })]);
  assert.ok(wanted !== undefined && found !== undefined);
  for (const key of ['outputSize', 'cropLeft'] as const) {
    assert.equal(evaluated(found[key], { ...values, H: inputSize }), asConstant(wanted[key]), key);
  }
}

describe('readings with symbols', function () {
  this.timeout(30_000);

  it('PyTorch: give for all values what the numbers give', () => {
    const arguments_ = sample({ kernel_size: [1, 7], stride: [1, 5], padding: [0, 4], output_padding: [0, 3], dilation: [1, 3] }, fc.constant({ in_channels: 2, out_channels: 3 }));
    fc.assert(fc.property(arguments_, fc.integer({ min: 1, max: 9 }), (one, inputSize) => {
      const api = 'torch.nn.ConvTranspose1d';
      sameWindow(read(api, [], keywords(one, false)), read(api, [], keywords(one, true)), one.values, inputSize);
    }), options);
  });

  it('Keras: give for all values what the numbers give', () => {
    const fixed = fc.constantFrom<Keywords>({ padding: 'same' }, { padding: 'valid' }, { padding: 'same', output_padding: 0 }, { padding: 'valid', output_padding: 1 });
    fc.assert(fc.property(sample({ filters: [1, 4], kernel_size: [1, 7], strides: [1, 5], dilation_rate: [1, 3] }, fixed), fc.integer({ min: 1, max: 9 }), (one, inputSize) => {
      const api = 'keras.layers.Conv1DTranspose';
      sameWindow(read(api, [], keywords(one, false)), read(api, [], keywords(one, true)), one.values, inputSize);
    }), options);
  });
});

const anything: fc.Arbitrary<ArgumentValue> = fc.letrec<{ value: ArgumentValue }>(tie => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.integer({ min: -3, max: 9 }).map(integer),
    fc.constantFrom<ArgumentValue>(
      integer(unknown), integer(symbol('s')), integer(1e15), none, boolean(true), boolean(false), string('same'), string('VALID'), string(''), string('__proto__'),
      { kind: 'float', value: 2.5 }, { kind: 'float', value: NaN }, { kind: 'unknown' }, { kind: 'other', description: 'a function' },
      { kind: 'tensor', shape: undefined }, { kind: 'tensor', shape: [] }, { kind: 'tensor', shape: [constant(2), constant(4), constant(5), unknown] },
    ),
    fc.record({ kind: fc.constant('sequence' as const), form: fc.constantFrom('tuple' as const, 'list' as const), items: fc.array(tie('value'), { maxLength: 6 }) }),
  ),
})).value;

describe('every API', function () {
  this.timeout(30_000);

  for (const api of apis) {
    it(`${api.label} (${api.name}) survives any arguments and inputs`, () => {
      const names = [...api.signature({ kerasVersion: 3 }).parameters.map(parameter => parameter.name), 'constructor', 'groups'];
      const argument = fc.record({ value: anything, keyword: fc.option(fc.constantFrom(...names), { nil: undefined }), source: fc.option(fc.nat(9), { nil: undefined }) });
      const input = fc.array(fc.constantFrom(constant(0), constant(1), constant(6), symbol('H', { minimum: 1 }), unknown), { maxLength: 7 });
      fc.assert(fc.property(fc.array(argument, { maxLength: 12 }), fc.boolean(), fc.boolean(), fc.constantFrom(2 as const, 3 as const), input, anything, (given, unknownPositional, unknownKeywords, kerasVersion, sizes, outputSize) => {
        const reading = api.read({ given, unknownPositional, unknownKeywords }, { kerasVersion });
        reading.apply(sizes);
        reading.apply(sizes, { outputSize });
        reading.apply(undefined);
        assert.equal(reading.axes(sizes).length, reading.rank ?? 0);
        assert.equal(reading.kernelSize.length, reading.rank ?? 0);
        for (let axis = 0; axis < 3; axis++) reading.formula(axis, unknown);
        for (const problem of reading.problems) assert.ok(problem.message.length > 0);
      }), { ...options, numRuns: 60 });
    });
  }
});
