import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Piece } from '../../../src/python/blockPieces';
import { readPieces, rereadPieces } from '../../../src/python/pieces';

const place = { cell: 0, file: undefined };

/** All of a reading but its identities. */
function shown(pieces: readonly Piece[]): unknown {
  return JSON.parse(JSON.stringify(pieces));
}

/** Reads the versions one after another. The last is as if it had been read alone. */
function reread(...versions: readonly string[]): readonly Piece[] {
  const [first = '', ...others] = versions;
  let [before, pieces] = [first, readPieces(first, place)];
  for (const text of others) {
    pieces = rereadPieces(before, pieces, text, place);
    before = text;
  }
  assert.deepEqual(shown(pieces), shown(readPieces(before, place)));
  return pieces;
}

describe('reading a text in pieces', () => {
  it('what is wrong in one block changes nothing in the next', () => {
    const next = 'class B:\n    def f(self):\n        return 1\n';
    for (const broken of ['def f():\n    x = 1\n        y = 2\n', 'x = f(1,\n', 'class A:\n', 'x = "a\n', 'for x in\n', '  ) = ]\n']) {
      const last = readPieces(broken + next, place).at(-1)?.statements[0];
      assert.equal(last?.kind === 'class' && last.body[0]?.kind === 'function' && last.body[0].body[0]?.kind, 'return', broken);
    }
  });

  it('keeps the nodes of blocks that did not change', () => {
    const before = readPieces('x = 1\n\ndef f():\n    return 1\n\ny = 2\n', place);
    const after = rereadPieces('x = 1\n\ndef f():\n    return 1\n\ny = 2\n', before, 'x = 10\n\n# new\n\ndef f():\n    return 1\n\ny = 2\n', place);
    assert.deepEqual([before[1]?.statements, before[2]?.statements], [after[2]?.statements, after[3]?.statements]);
    assert.equal(before[1]?.statements[0], after[2]?.statements[0]);
  });

  it('another version after one with a bad indentation', () => {
    const text = 'class A:\n    x = 1\n            y = 2\nclass B:\n    def f(self):\n        self.a = 1\n        self.b = 2\n';
    reread(text, text.replace('        self.a = 1\n', ''));
  });

  it('a statement that now goes on, or no longer', () => {
    reread('if a:\n    x\ns:\n    y\n', 'if a:\n    x\nelse:\n    y\n', 'if a:\n    x\nlse:\n    y\n');
    reread('x = 1\n@a\ny = 2\n', 'x = 1\n@a\ndef f(): pass\ny = 2\n', 'x = 1\na\ndef f(): pass\ny = 2\n');
  });

  it('text before the first statement', () => {
    reread('\nfrom a import b\n', "'\nfrom a import b\n", '\nfrom a import b\n', 'rom a import b\n', '');
  });

  it('gives what a first reading gives, whatever is typed', function () {
    this.timeout(20_000);
    const line = fc.constantFrom(
      'x = 1', 'class A:', '    def f(self):', '        return 1', '    y = (2,', ')', 'else:', 'if x:', '@a', '# tconv: x = (1, 2)', '"""', "'''", '', '\\',
      '            z', 'from a import b', 'x; y', '\tq', 'try:', 'except:', 'f("a', ']', '[1,',
    );
    const text = fc.tuple(fc.array(line, { maxLength: 12 }), fc.constantFrom('\n', '\r\n')).map(([lines, end]) => lines.join(end));
    const edit = fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), remove: fc.nat(6), insert: fc.oneof(fc.constant(''), line, fc.constantFrom('\n', ' ', '(', 'e', '@', '\0', '\uFEFF', '\u2028', '\r')) });
    fc.assert(fc.property(text, fc.array(edit, { maxLength: 5 }), (first, edits) => {
      const versions = [first];
      for (const { at, remove, insert } of edits) {
        const before = versions.at(-1) ?? '';
        const start = Math.floor(at * before.length);
        versions.push(before.slice(0, start) + insert + before.slice(start + remove));
      }
      reread(...versions);
    }), { seed: 20261121, numRuns: 1_500 });
  });
});
