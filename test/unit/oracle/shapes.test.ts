import assert from 'node:assert/strict';
import type { Applied, ReadingOptions } from '../../../src/frameworks/api';
import { type KnownDifference, otherVerdicts, otherWords } from './differences';
import { applyCase, goldenCases, isError, type ShapeCase, sizes } from './golden';
import { sameMessage } from './messages';

/** Files, how the engine is told to read them, and the number of cases that must be there. */
const files: readonly (readonly [name: string, options: ReadingOptions, least: number])[] = [
  ['shapes-pytorch', { kerasVersion: 3 }, 2500],
  ['shapes-keras', { kerasVersion: 3 }, 1100],
  ['shapes-keras-tensorflow', { kerasVersion: 3 }, 700],
  ['shapes-keras2', { kerasVersion: 2 }, 700],
  ['shapes-tensorflow', { kerasVersion: 3 }, 1000],
  ['shapes-tensorflow1', { kerasVersion: 2 }, 250],
];

/** What real frameworks accept and reject, against what the engine says of the same calls. */
describe('oracle: shapes', () => {
  const used = new Set<string>();

  for (const [file, options, least] of files) {
    describe(file, () => {
      const cases = goldenCases<ShapeCase>(file);

      it(`holds at least ${least} cases, accepted and rejected`, () => {
        assert.ok(cases.length >= least, String(cases.length));
        assert.ok(cases.some(one => one.output !== null) && cases.some(one => one.error !== null));
      });

      for (const api of new Set(cases.map(one => one.api))) {
        const mine = cases.filter(one => one.api === api);
        const accepted = mine.filter(one => one.output !== null);
        const rejected = mine.filter(one => one.error !== null);

        it(`${api}: ${accepted.length} accepted calls give exactly this shape and no error`, () => {
          holds(accepted, otherVerdicts, (one, { output, problems }) => {
            const errors = problems.filter(isError);
            if (errors.length > 0) return `reports ${errors.map(problem => problem.message).join(' ')}`;
            const actual = JSON.stringify(output && sizes(output));
            return actual === JSON.stringify(one.output) ? undefined : `gives ${actual}`;
          });
        });

        it(`${api}: ${rejected.length} rejected calls are reported`, () => {
          holds(rejected, otherVerdicts, (_, { problems, output }) => problems.length > 0 ? undefined : `is silent and gives ${JSON.stringify(output && sizes(output))}`);
        });

        it(`${api}: reports quote the framework's own words, at the same moment`, () => {
          holds(rejected, [...otherVerdicts, ...otherWords], (one, { problems }) => {
            const { error, input } = one;
            if (error === null || problems.length === 0) return undefined;
            const text = `${error.type}: ${error.text}`;
            const match = problems.find(problem => problem.quote !== undefined && sameMessage(problem.quote, text));
            if (match === undefined) return `quotes ${problems.map(problem => problem.quote ?? 'nothing').join(' | ')}`;
            return match.when === error.when || input === null ? undefined : `says it at ${match.when ?? 'no time'}`;
          });
        });
      }

      function holds(
        group: readonly ShapeCase[], differences: readonly KnownDifference[],
        fault: (one: ShapeCase, applied: Applied) => string | undefined,
      ): void {
        const faults: string[] = [];
        for (const one of group) {
          const found = fault(one, applyCase(one, options));
          if (found === undefined) continue;
          const difference = differences.find(known => known.covers(one, file));
          if (difference === undefined) faults.push(`${JSON.stringify(one)} ${found}`);
          else used.add(difference.why);
        }
        assert.ok(faults.length === 0, `${faults.length} of ${group.length}:\n${faults.slice(0, 10).join('\n')}`);
      }
    });
  }

  describe('known differences', () => {
    it('still occur, each of them', () => {
      assert.deepEqual([...otherVerdicts, ...otherWords].map(known => known.why).filter(why => !used.has(why)), []);
    });
  });
});
