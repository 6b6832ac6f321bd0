import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { cellColours, overlapPicture, svgDataUri } from '../../../src/report/overlapPicture';

/** The numbers in the picture, in drawing order. */
function labels(counts: readonly (readonly number[])[]): readonly number[] {
  const svg = overlapPicture(counts) ?? '';
  return [...svg.matchAll(/<text [^>]*>(\d+)<\/text>/g)].map(match => Number(match[1]));
}

describe('overlapPicture', () => {
  it('repeats a one-dimensional pattern over whole periods', () => {
    assert.deepEqual(labels([[2, 1]]), [2, 1, 2, 1, 2, 1, 2, 1]);
    assert.deepEqual(labels([[2, 1, 1, 1]]), [2, 1, 1, 1, 2, 1, 1, 1]);
  });

  it('draws the outer product of two axes', () => {
    const row = [4, 2, 4, 2, 4, 2, 4, 2];
    const between = [2, 1, 2, 1, 2, 1, 2, 1];
    assert.deepEqual(labels([[2, 1], [2, 1]]), [row, between, row, between].flat());
  });

  it('keeps axes of different strides apart', () => {
    const numbers = labels([[1], [2, 1, 0]]);
    assert.equal(numbers.length, 4 * 9);
    assert.deepEqual(numbers.slice(0, 9), [2, 1, 0, 2, 1, 0, 2, 1, 0]);
  });

  it('multiplies the depth axis in', () => {
    assert.deepEqual(labels([[3, 1], [1], [2]]), Array.from({ length: 32 }, () => 6));
  });

  it('marks holes with a pattern as well as with a zero', () => {
    assert.match(overlapPicture([[1, 0]]) ?? '', /url\(#hole\)/);
    assert.deepEqual(labels([[1, 0]]), [1, 0, 1, 0, 1, 0, 1, 0]);
  });

  for (const [name, counts] of [
    ['no axes', []], ['an axis without residues', [[]]], ['a period too wide to read', [Array.from({ length: 17 }, () => 1)]],
  ] as const) {
    it(`has no picture for ${name}`, () => assert.equal(overlapPicture(counts), undefined));
  }

  it('survives a layer without any contribution', () => {
    assert.deepEqual(labels([[0, 0], [0, 0]]), Array.from({ length: 32 }, () => 0));
    assert.doesNotMatch(overlapPicture([[0]]) ?? '', /NaN|Infinity/);
  });

  it('gives cells room for their numbers', () => {
    const svg = overlapPicture([[32], [32]]) ?? '';
    assert.match(svg, />1024</);
    assert.match(svg, /width="240"/);
  });

  it('has readable numbers at every share', () => {
    for (let share = 0; share <= 1; share += 0.01) {
      const { fill, text } = cellColours(share);
      assert.ok(contrast(fill, text) >= 4.5, `share ${share.toFixed(2)}: ${fill} ${text} ${contrast(fill, text).toFixed(2)}`);
    }
  });

  it('becomes a data address that holds the same picture', () => {
    const svg = overlapPicture([[2, 1], [2, 1]]) ?? '';
    const [head, body] = svgDataUri(svg).split(',');
    assert.equal(head, 'data:image/svg+xml;base64');
    assert.equal(Buffer.from(body ?? '', 'base64').toString('utf8'), svg);
  });
});

/** WCAG contrast ratio. */
function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}

function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map(at => {
    const channel = parseInt(colour.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
