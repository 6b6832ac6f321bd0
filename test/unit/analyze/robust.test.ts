import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { analyzeFile, Analyzer } from '../../../src/analyze';
import { LibraryHost } from '../../../src/network/host';
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

/** Counts what is asked of the library. */
class CountingHost {
  calls = 0;
  private readonly call = LibraryHost.prototype.call;
  private readonly callValue = LibraryHost.prototype.callValue;

  constructor() {
    const { call, callValue } = this;
    const count = (): void => { this.calls++; };
    LibraryHost.prototype.call = function (...given) { count(); return call.apply(this, given); };
    LibraryHost.prototype.callValue = function (...given) { count(); return callValue.apply(this, given); };
  }

  restore(): void {
    LibraryHost.prototype.call = this.call;
    LibraryHost.prototype.callValue = this.callValue;
  }
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

  /** A statement, many times. */
  const squared = (statement: string, margin = ''): string => `${margin}for a in range(200):\n${margin}  for b in range(200):\n${margin}    ${statement}\n`;

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
    'layers in loops': `from torch import nn\n${squared('nn.ConvTranspose2d(8, 8, 3, 2)')}`,
    'a container that doubles': `from torch import nn\ns = nn.ConvTranspose2d(8, 8, 3, 1, 1)\nfor i in range(30):\n  s = nn.Sequential(s, s)\ns(x)\n`,
    'long ranges in loops': squared('range(4096)'),
    'sums of long ranges in loops': squared('sum(range(4096)); max(range(4096)); list(zip(range(4096), range(4096)))'),
    'a long list of long lists in a row': `import itertools\n${squared('itertools.chain(*[range(4000)] * 4000)')}`,
    'slices and sums of a long list': `r = list(range(4000))\n${squared('q = r[1:]; q += r; q = r + r')}`,
    'a long list within long lists, compared': `r = [[0] * 2000] * 4000\n${squared('([0] * 1999 + [1]) in r; r == [[0] * 2000] * 4000')}`,
    'copies of lists within lists': `import copy\nr = [0] * 4096\n${'r = [r] * 4096\n'.repeat(3)}q = copy.deepcopy(r)\n`,
    'copies of dictionaries within dictionaries': `import copy\nd = {i: i for i in range(4000)}\n${'d = {i: d for i in range(4000)}\n'.repeat(3)}q = copy.deepcopy(d)\n`,
    'long lists, one of two': `def f(c):\n  d = [1]\n  e = [2]\n${'  d = [d] * 1000\n  e = [e] * 1000\n'.repeat(4)}  x = d if c else e\n`,
    'tuples of defaults as an argument': `from torch import nn\ndef f(t=1):\n${'  t = (t,) * 4096\n'.repeat(3)}  nn.ConvTranspose2d(8, 8, t, stride=t)\n`,
    'tuples within tuples as a key': `${shared('t', '(t, t)')}d = {t: 1}\n${squared('d[t]')}`,
    'texts that double': `x = y = z = w = u = 'ab'\n${"x = f'{x}{x}'\ny = '%s%s' % (y, y)\nz = '{}{}'.format(z, z)\nw = w.replace('a', 'aa')\nu = u.join([u, u])\n".repeat(60)}`,
    'a field that is never closed': `x = '${'{'.repeat(4_000)}'.format(1)\n`,
    'a long literal in a loop': squared(`x = [${'a * b + 1, '.repeat(2_000)}]`),
    'calls of a function with many parameters': `def f(${Array.from({ length: 2_000 }, (_, index) => `a${index}=${index}`).join()}): pass\n${squared('f()')}`,
    'a class of heavy methods': `class A:\n  def __init__(self, n=1): pass\n${Array.from({ length: 300 }, (_, index) => `  def m${index}(self):\n${squared('self.x = 1', '    ')}`).join('')}A(1); A(2); A(3)\n`,
    'heavy calls that execution does not come to': `def heavy():\n${squared('x = 1', '  ')}def f():\n  return 1\n${'  heavy()\n'.repeat(300)}`,
    'ways out of a long loop': 'def f(c):\n  for i in range(4000):\n    c.x = y = [i]\n    if c[i]: return y\n    if c(i): break\n',
    'a tensor of four thousand axes': `import torch\nx = torch.zeros(*[1] * 4000)\n${squared('x + x; x.permute(*range(4000))')}`,
    'divisions within divisions': `def f(n):\n  s = n\n${'  s = (s + 1) // 2 + s // 3\n'.repeat(300)}`,
    'binary': Array.from({ length: 5_000 }, (_, index) => String.fromCharCode((index * 7919) % 65_536)).join(''),
  };

  it('bounds the layers that are made and applied, and says so', () => {
    const model = 'from torch import nn\nclass Net(nn.Module):\n  def __init__(self):\n    super().__init__()\n    self.all = nn.Sequential(*[nn.ConvTranspose2d(8, 8, 3, 1, 1) for _ in range(200)])\n  def forward(self, x):\n    return self.all(x)\n';
    const texts: Readonly<Record<string, string>> = { 'net.py': model };
    const counted = new CountingHost();
    const analysis = new Analyzer().analyze(
      { kind: 'file', cells: [`import torch\nfrom net import Net\n${'Net()(torch.zeros(1, 8, 9, 9))\n'.repeat(200)}`], path: 'main.py' },
      { files: { read: path => texts[path] } },
    );
    counted.restore();
    assert.ok(counted.calls > 5_000 && counted.calls < 30_000, String(counted.calls));
    assert.match(analysis.flow.cutOff ?? '', /bounds/);
    assert.equal(analysis.imported.length, 1);
  });

  it('bounds the search for a name in modules that import all of one another', () => {
    const count = 25;
    const texts = Object.fromEntries(Array.from({ length: count }, (_, index) => [`a${index}.py`, Array.from({ length: count }, (__, other) => `from a${other} import *\n`).join('')]));
    const { layers } = new Analyzer().analyze({ kind: 'file', cells: ['from a0 import *\nfrom torch import nn\nnn.ConvTranspose2d(nothing, 8, 3)\n'], path: 'main.py' }, { files: { read: path => texts[path] } });
    assert.equal(layers.length, 1);
  });

  for (const [name, text] of Object.entries(hostile)) {
    it(`${name}: comes back`, function () {
      this.timeout(20_000);
      const { layers } = analyzeFile(`${text}\nfrom torch import nn\nup = nn.ConvTranspose2d(8, 8, 4, 2)\n`);
      for (const layer of layers) assert.equal(layer.cutOff?.includes('internal error') ?? false, false, layer.cutOff);
    });
  }
});
