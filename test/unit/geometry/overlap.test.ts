import assert from 'node:assert/strict';
import { add, constant, multiply, symbol, unknown, type Int } from '../../../src/algebra/integer';
import { fullSize, type Axis } from '../../../src/geometry/axis';
import { combineOverlaps, contributions, countsOfOutput, edges, evenness, overlap } from '../../../src/geometry/overlap';

/** Every kernel, stride and dilation of the exhaustive checks. */
function* parameters(): Iterable<{ kernelSize: number; stride: number; dilation: number }> {
  for (let kernelSize = 1; kernelSize <= 12; kernelSize++) {
    for (let stride = 1; stride <= 8; stride++) {
      for (let dilation = 1; dilation <= 6; dilation++) yield { kernelSize, stride, dilation };
    }
  }
}

/** Counts by doing it: one for each input and tap. Length of the full result. */
function bruteForce(axis: Omit<Axis, 'cropLeft' | 'outputSize'>): number[] {
  const counts = new Array<number>(fullSize({ ...axis, cropLeft: 0, outputSize: 0 })).fill(0);
  for (let input = 0; input < axis.inputSize; input++) {
    for (let tap = 0; tap < axis.kernelSize; tap++) {
      const at = input * axis.stride + tap * axis.dilation;
      counts[at] = (counts[at] ?? 0) + 1;
    }
  }
  return counts;
}

describe('overlap', () => {
  const known: readonly (readonly [number, number, number, readonly number[], number])[] = [
    [3, 2, 1, [2, 1], 2], [5, 2, 1, [3, 2], 1.5], [4, 2, 1, [2, 2], 1], [7, 2, 1, [4, 3], 4 / 3],
    [4, 3, 1, [2, 1, 1], 2], [5, 4, 1, [2, 1, 1, 1], 2], [3, 4, 1, [1, 1, 1, 0], Infinity],
    [4, 2, 2, [4, 0], Infinity], [3, 1, 2, [3], 1], [1, 2, 1, [1, 0], Infinity],
    [4, 3, 2, [2, 1, 1], 2], [3, 4, 3, [1, 0, 1, 1], Infinity],
  ];
  for (const [kernelSize, stride, dilation, counts, ratio] of known) {
    it(`of kernel ${kernelSize}, stride ${stride}, dilation ${dilation} is ${counts.join(', ')}`, () => {
      const result = overlap({ kernelSize, stride, dilation });
      assert.deepEqual(result.counts, counts);
      assert.equal(result.ratio, ratio);
    });
  }

  it('equals brute force in the interior for every kernel ≤ 12, stride ≤ 8, dilation ≤ 6', () => {
    for (const each of parameters()) {
      const inputSize = Math.ceil((each.dilation * (each.kernelSize - 1)) / each.stride) + each.stride + 1;
      const full = bruteForce({ ...each, inputSize });
      const { counts, even, holes, ratio } = overlap(each);
      const interior: number[] = [];
      for (let m = each.dilation * (each.kernelSize - 1); m <= (inputSize - 1) * each.stride; m++) {
        assert.equal(counts[m % each.stride], full[m], JSON.stringify(each));
        interior.push(full[m] ?? NaN);
      }
      const [least, most] = [Math.min(...interior), Math.max(...interior)];
      assert.deepEqual([even, holes, ratio], [least === most, least === 0, most / least], JSON.stringify(each));
    }
  });

  it('has counts that sum to the kernel size', () => {
    for (const each of parameters()) {
      assert.equal(overlap(each).counts.reduce((sum, count) => sum + count, 0), each.kernelSize);
    }
  });

  it('answers for a huge stride without making a list of it', () => {
    assert.deepEqual(overlap({ kernelSize: 3, stride: 2 ** 40, dilation: 1 }), { counts: [], even: false, holes: true, ratio: Infinity });
  });

  it('is shifted by the crop', () => {
    assert.deepEqual(countsOfOutput([2, 1, 1], 1), [1, 1, 2]);
    assert.deepEqual(countsOfOutput([2, 1, 1], -1), [1, 2, 1]);
    assert.deepEqual(countsOfOutput([2, 1], 4), [2, 1]);
  });

  it('multiplies over the axes', () => {
    const uneven = overlap({ kernelSize: 3, stride: 2, dilation: 1 });
    const even = overlap({ kernelSize: 4, stride: 2, dilation: 1 });
    assert.deepEqual(combineOverlaps([uneven, uneven]), { even: false, holes: false, ratio: 4 });
    assert.deepEqual(combineOverlaps([even, uneven]), { even: false, holes: false, ratio: 2 });
    assert.deepEqual(combineOverlaps([even, even]), { even: true, holes: false, ratio: 1 });
  });
});

describe('contributions to each output', () => {
  it('equal brute force, edges, crops and zero fill included', () => {
    for (const each of parameters()) {
      for (const inputSize of [1, 2, 5, 9]) {
        const full = bruteForce({ ...each, inputSize });
        for (const cropLeft of [-2, 0, 3]) {
          const axis: Axis = { ...each, inputSize, cropLeft, outputSize: full.length - cropLeft + 1 };
          const expected = Array.from({ length: Math.max(0, axis.outputSize) }, (_, j) => full[j + cropLeft] ?? 0);
          assert.deepEqual([...contributions(axis)], expected, JSON.stringify(axis));
        }
      }
    }
  });

  it('between the edges follow the periodic pattern, and the edges are no wider than needed', () => {
    for (const each of parameters()) {
      const inputSize = 40;
      for (const [cropLeft, cropRight] of [[0, 0], [1, 2], [-2, -1], [3, 0]] as const) {
        const outputSize = fullSize({ ...each, inputSize, cropLeft: 0, outputSize: 0 }) - cropLeft - cropRight;
        const axis: Axis = { ...each, inputSize, cropLeft, outputSize };
        const pattern = countsOfOutput(overlap(each).counts, cropLeft);
        const counts = contributions(axis);
        const { left, right, emptyLeft, emptyRight } = edges(axis);
        const differs = (j: number): boolean => counts[j] !== pattern[j % each.stride];
        const from = emptyLeft + left;
        const to = outputSize - emptyRight - right;
        for (let j = from; j < to; j++) assert.ok(!differs(j), `${JSON.stringify(axis)} at ${j}`);
        if (left > 0) assert.ok(differs(from - 1), `${JSON.stringify(axis)}: left edge ${left}`);
        if (right > 0) assert.ok(differs(to), `${JSON.stringify(axis)}: right edge ${right}`);
        for (let j = 0; j < emptyLeft; j++) assert.equal(counts[j], 0);
        for (let j = outputSize - emptyRight; j < outputSize; j++) assert.equal(counts[j], 0);
      }
    }
  });
});

describe('evenness of symbolic parameters', () => {
  const s = symbol('s', { minimum: 1 });
  const strided = symbol('s', { minimum: 2 });
  const k = symbol('k', { minimum: 1 });
  const cases: readonly (readonly [string, Int, Int, Int, boolean | undefined, boolean | undefined])[] = [
    ['kernel 2*s over stride s', multiply(2, s), s, constant(1), true, false],
    ['kernel s over stride s', s, s, constant(1), true, false],
    ['kernel 2*s over stride s, dilation 2', multiply(2, s), s, constant(2), undefined, undefined],
    ['any kernel, stride 1, any dilation', unknown, constant(1), unknown, true, false],
    ['kernel k over stride 2', k, constant(2), constant(1), undefined, undefined],
    ['kernel 2*k + 1 over stride 2', add(multiply(2, k), 1), constant(2), constant(1), false, false],
    ['kernel 2*k + 1 over stride 2, unknown dilation', add(multiply(2, k), 1), constant(2), unknown, false, undefined],
    ['kernel s + 1 over stride s, which may be 1', add(s, 1), s, constant(1), undefined, false],
    ['kernel s + 1 over stride s of at least 2', add(strided, 1), strided, constant(1), false, false],
    ['unknown kernel, stride 2, dilation 2', unknown, constant(2), constant(2), false, true],
    ['unknown kernel, stride 2', unknown, constant(2), constant(1), undefined, undefined],
    ['kernel 3, stride 2, unknown dilation', constant(3), constant(2), unknown, false, undefined],
    ['kernel 1, stride 2, unknown dilation', constant(1), constant(2), unknown, false, true],
    ['kernel 4, unknown stride', constant(4), unknown, constant(1), undefined, undefined],
    ['kernel 3, stride 2', constant(3), constant(2), constant(1), false, false],
    ['an illegal stride', constant(3), constant(0), constant(1), undefined, undefined],
  ];
  for (const [title, kernelSize, stride, dilation, even, holes] of cases) {
    it(`${title}: even ${String(even)}, holes ${String(holes)}`, () => {
      assert.deepEqual(evenness(kernelSize, stride, dilation), { even, holes });
    });
  }
});
