import assert from 'node:assert/strict';
import { axisOf, isAccepted, sizeOffset, writtenTogether, type AxisSetting, type Cut } from '../../../src/geometry/convention';
import { edges, overlap } from '../../../src/geometry/overlap';
import { evenAlternative, exactMultiple, type Rounding } from '../../../src/geometry/resize';

const padding = (p: number, op: number): Cut => ({ kind: 'padding', padding: p, outputPadding: op });
const same = (op?: number): Cut => ({ kind: 'same', outputPadding: op });
const valid = (op?: number): Cut => ({ kind: 'valid', outputPadding: op });

function setting(kernelSize: number, stride: number, cut: Cut, dilation = 1): AxisSetting {
  return { kernelSize, stride, dilation, cut };
}

/** Every accepted setting within bounds. */
function* settings(): Iterable<AxisSetting> {
  for (let kernelSize = 1; kernelSize <= 9; kernelSize++) for (let stride = 1; stride <= 6; stride++) for (let dilation = 1; dilation <= 4; dilation++) {
    const cuts: Cut[] = [same(), valid()];
    for (let op = 0; op < Math.max(stride, dilation); op++) {
      cuts.push(same(op), valid(op));
      for (let p = 0; p <= 5; p++) cuts.push(padding(p, op));
    }
    for (const cut of cuts) {
      const each = setting(kernelSize, stride, cut, dilation);
      if (isAccepted(each)) yield each;
    }
  }
}

describe('the axis that a setting means', () => {
  // [kernel, stride, cut, dilation, input size, output size, left crop]: sizes of the golden vectors made by the frameworks.
  const known: readonly (readonly [number, number, Cut, number, number, number, number])[] = [
    [3, 2, padding(0, 0), 1, 3, 7, 0], [3, 2, padding(1, 1), 1, 3, 6, 1], [3, 2, padding(1, 0), 1, 3, 5, 1],
    [3, 2, padding(0, 0), 2, 3, 9, 0], [2, 1, padding(0, 1), 2, 3, 6, 0], [3, 2, padding(3, 0), 1, 3, 1, 3],
    [3, 2, same(), 1, 3, 6, 0], [3, 2, same(0), 1, 3, 5, 1], [3, 2, valid(), 1, 3, 7, 0], [3, 2, valid(1), 1, 3, 8, 0],
    [4, 2, same(), 1, 3, 6, 1], [4, 2, same(1), 1, 3, 5, 1], [5, 2, same(), 1, 3, 6, 1], [5, 2, same(0), 1, 3, 5, 2],
    [2, 3, same(), 1, 3, 9, 0], [2, 3, valid(), 1, 3, 9, 0], [2, 3, valid(0), 1, 3, 8, 0], [3, 1, same(), 2, 3, 3, 2],
  ];
  for (const [kernelSize, stride, cut, dilation, inputSize, outputSize, cropLeft] of known) {
    it(`kernel ${kernelSize}, stride ${stride}, dilation ${dilation}, ${JSON.stringify(cut)}`, () => {
      const axis = axisOf(setting(kernelSize, stride, cut, dilation), inputSize);
      assert.deepEqual([axis.outputSize, axis.cropLeft], [outputSize, cropLeft]);
    });
  }
});

describe('the size-preserving alternative with even overlap', () => {
  type Row = readonly [AxisSetting, AxisSetting | undefined, AxisSetting | undefined];
  const table: readonly Row[] = [
    [setting(3, 2, padding(1, 1)), setting(4, 2, padding(1, 0)), setting(2, 2, padding(0, 0))],
    [setting(5, 2, padding(2, 1)), setting(6, 2, padding(2, 0)), setting(4, 2, padding(1, 0))],
    [setting(7, 2, padding(3, 1)), setting(8, 2, padding(3, 0)), setting(6, 2, padding(2, 0))],
    [setting(3, 2, padding(1, 0)), setting(4, 2, padding(2, 1)), setting(2, 2, padding(1, 1))],
    [setting(3, 2, padding(0, 0)), setting(4, 2, padding(1, 1)), undefined],
    [setting(5, 3, padding(1, 0)), setting(6, 3, padding(2, 1)), setting(3, 3, padding(0, 0))],
    [setting(5, 4, padding(1, 1)), setting(8, 4, padding(2, 0)), setting(4, 4, padding(0, 0))],
    [setting(2, 3, padding(0, 1)), setting(3, 3, padding(0, 0)), undefined],
    [setting(3, 2, padding(1, 1), 2), setting(4, 2, padding(0, 0)), undefined],
    [setting(3, 2, same()), setting(4, 2, same()), setting(2, 2, same())],
    [setting(5, 2, same(1)), setting(6, 2, same()), setting(4, 2, same())],
    [setting(3, 2, same(0)), setting(4, 2, same(1)), setting(2, 2, same(1))],
    [setting(3, 2, valid()), undefined, undefined],
    [setting(2, 3, valid()), setting(3, 3, valid()), undefined],
    [setting(3, 2, valid(1)), setting(4, 2, valid()), undefined],
    [setting(4, 2, padding(1, 0)), setting(4, 2, padding(1, 0)), setting(4, 2, padding(1, 0))],
  ];
  for (const [before, up, down] of table) {
    it(`of kernel ${before.kernelSize}, stride ${before.stride}, dilation ${before.dilation}, ${JSON.stringify(before.cut)}`, () => {
      assert.deepEqual(evenAlternative(before, 'up'), up);
      assert.deepEqual(evenAlternative(before, 'down'), down);
    });
  }

  it('has the same size for every input, even overlap, is accepted, and adds no empty tail: for all settings', () => {
    let found = 0;
    for (const before of settings()) for (const rounding of ['up', 'down'] satisfies Rounding[]) {
      const after = evenAlternative(before, rounding);
      if (after === undefined) continue;
      found++;
      const check = (holds: boolean, what: string): void => {
        if (!holds) assert.fail(`${what}: ${JSON.stringify(before)} → ${JSON.stringify(after)}`);
      };
      check(isAccepted(after), 'accepted');
      check(after.stride === before.stride, 'stride');
      check(overlap(after).even, 'even');
      check(rounding === 'up' ? after.kernelSize >= before.kernelSize : after.kernelSize <= before.kernelSize, 'direction');
      for (let n = 1; n <= 12; n++) {
        const old = axisOf(before, n);
        const mended = axisOf(after, n);
        check(mended.outputSize === old.outputSize, 'size');
        check(old.outputSize < 1 || edges(mended).emptyRight <= edges(old).emptyRight, 'tail');
      }
    }
    assert.ok(found > 2000, `${found} found`);
  });

  it('always exists by rounding up for accepted paddings in numbers', () => {
    for (const before of settings()) if (before.cut.kind === 'padding') assert.ok(evenAlternative(before, 'up'), JSON.stringify(before));
  });

  it('does not exist for what the framework rejects', () => {
    assert.equal(evenAlternative(setting(3, 2, padding(1, 2)), 'up'), undefined);
    assert.equal(evenAlternative(setting(3, 2, same(), 2), 'up'), undefined);
  });
});

describe('the setting of exactly stride·n', () => {
  it('has that size, for every setting for which there is one', () => {
    let found = 0;
    for (const before of settings()) {
      const after = exactMultiple(before);
      if (after === undefined) continue;
      found++;
      assert.ok(isAccepted(after));
      assert.equal(sizeOffset(after), 0, JSON.stringify(before));
      assert.deepEqual([after.kernelSize, after.stride, after.dilation], [before.kernelSize, before.stride, before.dilation]);
    }
    assert.ok(found > 2000, `${found} found`);
  });

  it('changes what is written as little as it can', () => {
    assert.deepEqual(exactMultiple(setting(3, 2, padding(1, 0)))?.cut, padding(1, 1));
    assert.deepEqual(exactMultiple(setting(4, 2, padding(1, 1)))?.cut, padding(1, 0));
    assert.deepEqual(exactMultiple(setting(5, 2, padding(1, 0)))?.cut, padding(2, 1));
    assert.deepEqual(exactMultiple(setting(3, 2, same(0)))?.cut, same());
    assert.equal(exactMultiple(setting(3, 2, valid())), undefined);
  });
});

describe('axes written together', () => {
  it('have None for all or numbers for all, and the same sizes', () => {
    const mixed = [setting(4, 2, same(1)), setting(3, 3, same())];
    assert.deepEqual(writtenTogether(mixed)?.map(each => each.cut), [same(1), same(2)]);
    assert.deepEqual(writtenTogether(mixed)?.map(sizeOffset), mixed.map(sizeOffset));
    assert.deepEqual(writtenTogether([setting(4, 2, valid(0)), setting(3, 2, valid())])?.map(each => each.cut), [valid(0), valid(0)]);
    assert.equal(writtenTogether([setting(3, 2, same(0)), setting(4, 2, same())]), undefined);
    assert.deepEqual(writtenTogether([setting(4, 2, same())])?.[0]?.cut, same());
  });
});
