import assert from 'node:assert/strict';
import { excerpt, printable } from '../../../src/report/excerpt';

describe('excerpt', () => {
  const cases: readonly [string, string, number, number, string, string][] = [
    ['marks a part', 'x = f(1)', 4, 8, 'x = f(1)', '    ^^^^'],
    ['expands tabs', '\tx\ty', 1, 2, '    x   y', '    ^'],
    ['counts wide characters as two', 'あ = f', 4, 5, 'あ = f', '     ^'],
    ['counts a character beyond the BMP once', '"😀", f', 6, 7, '"😀", f', '      ^'],
    ['does not count combining marks', 'e\u0301 = f', 5, 6, 'e\u0301 = f', '    ^'],
    ['marks at least one column', 'abc', 3, 3, 'abc', '   ^'],
    ['shows control characters as dots', 'a\u001b[31mb', 0, 1, 'a·[31mb', '^'],
    ['bears columns beyond the line', 'ab', 5, 9, 'ab', '  ^'],
  ];
  for (const [name, line, from, to, code, marks] of cases) {
    it(name, () => assert.deepEqual(excerpt(line, from, to), { code, marks }));
  }

  for (const [name, from, to] of [['start', 0, 5], ['middle', 150, 155], ['end', 295, 300]] as const) {
    it(`cuts a long line around marks at its ${name}`, () => {
      const line = Array.from({ length: 300 }, (_, at) => String.fromCharCode(97 + at % 26)).join('');
      const { code, marks } = excerpt(line, from, to);
      assert.ok(code.length <= 112, String(code.length));
      assert.equal([...code].filter((_, at) => marks[at] === '^').join(''), line.slice(from, to));
    });
  }

  it('drops the indentation of a line that is too long', () => {
    const code = `f(${'x'.repeat(100)})`;
    assert.deepEqual(excerpt(`\t\t${code}`, 2, 3), { code, marks: '^' });
  });

  it('cuts marks that are longer than the room', () => {
    const { code, marks } = excerpt('x'.repeat(5000), 10, 4000);
    assert.ok(code.length <= 112 && marks.length <= 112);
  });
});

describe('printable', () => {
  it('leaves nothing that drives a terminal', () => {
    assert.equal(printable('a\u001b]0;x\u0007\u009b1m\u202eb\r\n'), 'a·]0;x··1m·b··');
  });
});
