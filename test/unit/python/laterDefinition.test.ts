import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPieces } from '../../../src/python/pieces';
import type { Node } from '../../../src/python/syntax';

/** All of some nodes, with places counted from the beginning of the text. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  const { chunk } = value as Partial<Node>;
  const fields = new Set([...Object.keys(value), ...'kind' in value && value.kind === 'function' ? ['body', 'generator', 'to'] : []]);
  return Object.fromEntries([...fields].filter(key => !['chunk', 'read', 'whole'].includes(key)).sort().map(key => {
    const field = (value as Record<string, unknown>)[key];
    return [key, chunk !== undefined && (key === 'from' || key === 'to' || key === 'close') && typeof field === 'number' ? chunk.start + field : plain(field)];
  }));
}

function read(text: string, file: string | undefined): unknown {
  return plain(readPieces(text, { cell: 0, file }).flatMap(({ statements }) => statements));
}

describe('definitions of imported files', () => {
  const folder = join(__dirname, '../../fixtures/workspace');
  for (const name of readdirSync(folder).filter(each => each.endsWith('.py'))) {
    it(`read as those of the file itself: ${name}`, () => {
      const text = readFileSync(join(folder, name), 'utf8');
      assert.deepEqual(read(text, 'other.py'), read(text, undefined));
    });
  }

  const filler = '        value = compute(first, second, third)\n'.repeat(4);
  const texts: Readonly<Record<string, string>> = {
    'decorators and strings with lines': `@a.b("x", c='y')\n@d\nclass A(B):\n    """Says\n    def no(self):\n    """\n    x = 1\n    @property\n    def f(self, a=(\n            1)):\n${filler}        yield a\n    async def g(self): return 1\n    def h(self):\n        def i():\n            yield 1\n${filler}        return [\n  1]\n`,
    'code of Python 2': `class A:\n    def f(self):\n${filler}        print 'a'\n    def g(self):\n${filler}        return 1 / 2\n`,
    'tabs': `class A:\n\tdef f(self):\n${filler.replaceAll('        ', '\t\t')}\t\treturn 1\n`,
    'what stands behind at the margin': `def f():\n${filler.replaceAll('        ', '    ')}# a comment\n\nx = f()\n`,
  };
  for (const [name, text] of Object.entries(texts)) {
    it(`read as those of the file itself: ${name}`, () => {
      assert.deepEqual(read(text, 'other.py'), read(text, undefined));
    });
  }

  it('are not parsed before somebody asks', () => {
    const [piece] = readPieces(`class A:\n    def f(self):\n${filler}`, { cell: 0, file: 'other.py' });
    assert.equal(piece?.later?.isRead, false);
    assert.equal(piece.later.outline.kind, 'function');
    assert.equal(piece.statements[0]?.kind, 'class');
    assert.equal(piece.later.isRead, true);
  });
});
