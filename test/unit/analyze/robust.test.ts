import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { analyzeFile, Analyzer } from '../../../src/analyze';
import { shown } from './shown';

const folder = join(__dirname, '../../fixtures/workspace');
const texts = readdirSync(folder).filter(name => name.endsWith('.py')).map(name => readFileSync(join(folder, name), 'utf8'));

const edit = fc.record({
  text: fc.constantFrom(...texts),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  remove: fc.integer({ min: 0, max: 40 }),
  insert: fc.constantFrom('', '(', ')', '[', '"', "'''", ':', '\n', '    ', '#', '*', '=', ',', 'def f(', 'class A:\n', 'for x in y:\n', '\\', '\0', '\uFEFF', 'é', '💥', 'lambda', '@', '1.', 'if True:\n    return\n'),
});

function apply(text: string, at: number, remove: number, insert: string): string {
  const place = Math.floor(at * text.length);
  return text.slice(0, place) + insert + text.slice(place + remove);
}

describe('analysis of broken text', () => {
  it('never throws, and every range lies in the text', () => {
    fc.assert(fc.property(edit, ({ text, at, remove, insert }) => {
      const broken = apply(text, at, remove, insert);
      const { layers, findings } = analyzeFile(broken);
      for (const { range } of [...layers, ...findings]) assert.ok(range.from >= 0 && range.from <= range.to && range.to <= broken.length);
      for (const layer of layers) assert.equal(layer.cutOff?.includes('internal error') ?? false, false, layer.cutOff);
    }), { seed: 20161017, numRuns: 150 });
  });

  it('an edited document gives what a fresh one gives', () => {
    fc.assert(fc.property(edit, fc.array(edit, { minLength: 1, maxLength: 3 }), ({ text }, edits) => {
      const analyzer = new Analyzer();
      let current = text;
      analyzer.analyze({ kind: 'file', cells: [current] });
      for (const { at, remove, insert } of edits) {
        current = apply(current, at, remove, insert);
        assert.deepEqual(shown(analyzer.analyze({ kind: 'file', cells: [current] })), shown(analyzeFile(current)));
      }
    }), { seed: 20161018, numRuns: 60 });
  });

  /** As deep as it is long, and exponentially large if it were written out. */
  const shared = (name: string, pair: string): string => `${name} = ${pair.charAt(0)}${pair.at(-1) ?? ''}\nfor i in range(60):\n  ${name} = ${pair}\n`;

  const hostile: Readonly<Record<string, string>> = {
    'ten thousand brackets': `x = ${'['.repeat(10_000)}`,
    'ten thousand closed brackets': `x = ${'('.repeat(10_000)}1${')'.repeat(10_000)}`,
    'a long chain of attributes': `x = a${'.b'.repeat(20_000)}()`,
    'a long chain of calls': `x = a${'(1)'.repeat(5_000)}`,
    'a long chain of subscripts in a function': `def f():\n  x = a${'[0]'.repeat(8_000)}`,
    'a long sum': `x = ${'1 + '.repeat(20_000)}1`,
    'deeply nested functions': Array.from({ length: 300 }, (_, depth) => `${' '.repeat(depth)}def f${depth}():\n`).join('') + `${' '.repeat(300)}pass\n`,
    'a long chain of elif': `if a: pass\n${'elif b: pass\n'.repeat(3_000)}`,
    'mutual recursion': 'def f(x):\n  return g(x) + g(x)\ndef g(x):\n  return f(x) + f(x)\nf(1)\n',
    'loops in loops': `${Array.from({ length: 12 }, (_, depth) => `${' '.repeat(depth)}for i${depth} in range(4000):\n`).join('')}${' '.repeat(12)}x = [i0]\n`,
    'clauses behind an error': `x = f(\n  y = (\n${'elif b: pass\n'.repeat(5_000)}`,
    'conditions in a row': `${'if a():\n  x = 1\nelse:\n  x = 2\n'.repeat(2_000)}`,
    'nothing, many times': 'x = () * 10**9\ny = n * [0] * 10**9\n',
    'a list that doubles': `x = [1]\n${'x = x + x\n'.repeat(60)}`,
    'a string that doubles': `x = 'ab'\n${'x = x + x\n'.repeat(60)}`,
    'tuples that hold one another': `${shared('t', '(t, t)')}${shared('u', '(u, u)')}t == u\nt in [u]\nx = t if a else u\nd = {t: 1}\ndef f(x=t):\n  return x\nwhile a:\n  t = (t, u)\n`,
    'lists that hold one another': `${shared('t', '[t, t]')}${shared('u', '[u, u]')}t == u\nt in [u]\nx = t if a else u\ndef f(x=t):\n  return x\n`,
    'a tuple of tuples as an argument': `from torch import nn\nt = (1,)\n${'t = (t,) * 100\n'.repeat(6)}nn.ConvTranspose2d(8, 8, t, stride=t)(t)\n`,
    'a list that holds itself': 't = [1]\nt.append(t)\nu = [1]\nu.append(u)\nt == u\nt in u\n',
    'growing symbols': `def f(a, b):\n  x = a + b\n${'  x = x * x + a\n'.repeat(60)}`,
    'a class that is its own base': 'class A(A): pass\nclass B(C): pass\nclass C(B): pass\nB()()\n',
    'a container that holds itself': 'from torch import nn\ns = nn.Sequential()\ns.append(s)\ns(1)\n',
    'binary': Array.from({ length: 5_000 }, (_, index) => String.fromCharCode((index * 7919) % 65_536)).join(''),
  };

  for (const [name, text] of Object.entries(hostile)) {
    it(`${name}: comes back`, function () {
      this.timeout(20_000);
      const { layers } = analyzeFile(`${text}\nfrom torch import nn\nup = nn.ConvTranspose2d(8, 8, 4, 2)\n`);
      for (const layer of layers) assert.equal(layer.cutOff?.includes('internal error') ?? false, false, layer.cutOff);
    });
  }
});
