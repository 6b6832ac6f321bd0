import assert from 'node:assert/strict';
import { probe } from './probe';

/** Each case: source, and what `probe(…)` sees. */
const cases: Readonly<Record<string, readonly (readonly [string, ...string[]])[]>> = {
  'literals': [
    ['probe(4, 0x1F, 1_000, 0b11, 0o17)', '4, 31, 1000, 3, 15'],
    ['probe(1.5, 1., 1e3)', '1.5, 1.0, 1000.0'],
    [`probe('same', "va" 'lid', r'\\d', '\\x41', b'x')`, `'same', 'valid', '\\d', 'A', 'x'`],
    ['probe(True, None, (1, 2), [3], (4,), ())', 'True, None, (1, 2), [3], (4,), ()'],
    ["k = 3\nprobe(f'up{k}', f'{k!r:>3}')", "'up3', ?"],
    ['probe(-3, +3, not True, not 0)', '-3, 3, False, True'],
  ],
  'arithmetic': [
    ['probe(7 // 2, -7 // 2, 7 % 3, -7 % 3, 2 ** 5, 2 ** -1, 7 / 2)', '3, -4, 1, 2, 32, 0.5, 3.5'],
    ['probe(2 + 3 * 4, (2 + 3) * 4, -2 ** 2, 2 ** 3 ** 2)', '14, 20, -4, 512'],
    ['probe(int(7 / 2), int(3.9), int(-3.9), int("12"))', '3, 3, -3, 12'],
    ['probe((1, 2) + (3,), [1] + [2], (2,) * 3, [0] * 2, "ab" * 2)', "(1, 2, 3), [1, 2], (2, 2, 2), [0, 0], 'abab'"],
    ['probe(1 << 3, 7 >> 1, 6 & 3, 6 | 1, 6 ^ 3)', '8, 3, 2, 7, 5'],
    ['probe(1 // 0, 1 / 0)', '?, ?'],
    ['probe(max(1, 5, 3), min([4, 2]), max((1, 2)), len((1, 2, 3)), abs(-3), round(2.5), sum([1, 2]))', '5, 2, 2, 3, 3, 2, 3'],
  ],
  'symbols': [
    ['def f(ngf):\n  probe(ngf * 8, 8 * ngf, ngf // 2, 2 * ngf - ngf)', '8*ngf, 8*ngf, ngf//2, ngf'],
    ['def f(a, b):\n  probe(a * b + a, int(a / 2), (a + b) * 2)', 'a*b + a, a//2, 2*a + 2*b'],
    ['import argparse\nopt = argparse.ArgumentParser().parse_args()\nprobe(opt.nz * 2)', '2*opt.nz'],
    ['def f(a):\n  probe(a)\ndef g(a):\n  f(a + 1)', 'a + 1'],
    ['x = unknown_thing()\ny = unknown_thing()\nprobe(x - x, x - y)', '0, x - y'],
  ],
  'names and rebinding': [
    ['k = 3\nprobe(k)\nk = 4\nprobe(k)', '3', '4'],
    ['k = 3\ndef f():\n  probe(k)\nf()\nk = 4', '3'],
    ['def f():\n  probe(k)\nk = 4', '4'],
    ['a = b = 2\nc, (d, *e) = 1, (2, 3, 4)\nprobe(a, b, c, d, e)', '2, 2, 1, 2, [3, 4]'],
    ['a, b = b, a = 1, 2\nprobe(a, b)', '2, 1'],
    ['if unknown():\n  k = 3\nelse:\n  k = 4\nprobe(k)', '?'],
    ['if unknown():\n  k = 3\nelse:\n  k = 3\nprobe(k)', '3'],
    ['k = 3\nif unknown():\n  k = 4\nprobe(k)', '?'],
    ['k = 3\nif unknown():\n  raise ValueError\nprobe(k)', '3'],
    ['k = 3 if 2 > 1 else 4\nprobe(k)', '3'],
    ['def f():\n  global k\n  k = 5\nf()\nprobe(k)', '5'],
    ['def f():\n  k = 1\n  def g():\n    nonlocal k\n    k = 2\n  g()\n  probe(k)\nf()', '2'],
    ['k = 1\nclass A:\n  k = 2\n  def f(self):\n    probe(k)\n  probe(k)', '2', '1'],
    ['k = 1\nk += 2\nprobe(k)\nl = [1]\nm = l\nl += [2]\nprobe(m)', '3', '[1, 2]'],
    ['probe((n := 3) + n)\nprobe(n)', '6', '3'],
    ['k = 1\ndel k\nprobe(k)', 'k'],
    ['try:\n  k = 1\n  risky()\nexcept E:\n  k = 2\nprobe(k)', '?'],
    ['try:\n  import a\nexcept ImportError:\n  a = None\nprobe(a)', 'a'],
    ['with open(f) as h:\n  k = 2\nprobe(k)', '2'],
    ['match x:\n  case 1:\n    k = 1\n  case _:\n    k = 1\nprobe(k)', '1'],
  ],
  'sequences and dictionaries': [
    ['l = [1, 2, 3]\nprobe(l[0], l[-1], l[1:], l[::-1], l[9])', '1, 3, [2, 3], [3, 2, 1], ?'],
    ["d = {'a': 1, 2: 'b', **{'c': 3}}\nprobe(d['a'], d[2], d['c'], d.get('x', 7), d['zz'])", "1, 'b', 3, 7, ?"],
    ['l = []\nl.append(1)\nl.extend([2, 3])\nl.insert(0, 0)\nprobe(l, l.pop(), l)', '[0, 1, 2], 3, [0, 1, 2]'],
    ['d = dict(a=1)\nd["b"] = 2\nd.update(c=3)\nprobe(len(d), list(d.keys()), list(d.values()))', "3, ['a', 'b', 'c'], [1, 2, 3]"],
    ['l = [1, 2]\nl[0] = 5\nprobe(l)\nl[unknown()] = 7\nprobe(l[0])', '[5, 2]', '?'],
    ['probe([x * 2 for x in range(3)], [x for x in range(4) if x % 2], {x: 1 for x in (1, 2)}[2])', '[0, 2, 4], [1, 3], 1'],
    ['probe(list(zip([1, 2], [3, 4])), list(enumerate([5], 1)), list(reversed([1, 2])))', '[(1, 3), (2, 4)], [(1, 5)], [2, 1]'],
    ['probe(3 in [1, 2, 3], "a" in {"a": 1}, 1 < 2 < 3, 1 == 1.0, None is None)', 'True, True, True, True, True'],
    ['probe("Conv_a".split("_")[1], "a-b".replace("-", "_"), "up{}".format(2), "".join(["a", "b"]))', "'a', 'a_b', 'up2', 'ab'"],
  ],
  'functions': [
    ['def f(a, b=2, *args, c=3, **kw):\n  probe(a, b, args, c)\nf(1)\nf(1, 5, 6, 7, c=8)\nf(b=1, a=2)', '1, 2, (), 3', '1, 5, (6, 7), 8', '2, 1, (), 3'],
    ['def f(a):\n  return a + 1\nprobe(f(2), f(f(3)))', '3, 5'],
    ['def f(a):\n  if a > 3:\n    return 1\n  return 2\nprobe(f(5), f(1), f(u()))', '1, 2, ?'],
    ['def f(a):\n  if u():\n    return 1\n  return 1\nprobe(f(5))', '1'],
    ['args = (1, 2)\nkw = {"c": 3}\ndef f(a, b, c):\n  probe(a, b, c)\nf(*args, **kw)\nf(*u(), c=1)', '1, 2, 3', 'a, b, 1'],
    ['from functools import partial\ndef f(a, b):\n  probe(a, b)\npartial(f, b=2)(1)\npartial(f, 5)(6)', '1, 2', '5, 6'],
    ['probe((lambda x, y=2: x * y)(3))', '6'],
    ['def f(n):\n  return 1 if n == 0 else n * f(n - 1)\nprobe(f(1))', '1'],
    ['def f(k=4):\n  probe(k)', '4 [k=4 (default of parameter)]'],
    ['def f(k=4, s=2):\n  probe((k - s) // 2)', '1 [k=4 (default of parameter); s=2 (default of parameter)]'],
    ['def f(k=4):\n  probe(k)\nf()', '4'],
    ['def f(n=None):\n  if n is None:\n    n = 3\n  else:\n    probe(n)\n  probe(n)', 'excluded: None [n=None (default of parameter)]', '3'],
    ['def outer():\n  def inner(k=1):\n    probe(k)\n', '1 [k=1 (default of parameter)]'],
    ['@staticmethod\ndef f():\n  return 2\n@weird\ndef g():\n  return 3\nprobe(f(), g())', '2, ?'],
    ['def g():\n  yield 1\nprobe(g())', '?'],
  ],
  'classes': [
    ['class A:\n  k = 3\n  def __init__(self, n):\n    self.n = n\n  def f(self):\n    probe(self.n, self.k)\nA(5).f()', '5, 3'],
    ['class A:\n  def __init__(self, n=2):\n    self.n = n\n  def f(self):\n    probe(self.n)', '2 [n=2 (default of parameter)]'],
    ['class A:\n  def __init__(self, n):\n    self.n = n\nclass B(A):\n  def __init__(self):\n    super().__init__(7)\n    probe(self.n)\nB()', '7'],
    ['class A:\n  def __init__(self):\n    super(A, self).__init__()\n    self.m = self.g()\n    probe(self.m)\n  def g(self):\n    return 4\nA()', '4'],
    ['from torch import nn\nclass A(nn.Module):\n  def forward(self, x):\n    probe(self.w)\na = A()\na.w = 3', '3'],
    ['class A:\n  @property\n  def p(self):\n    return 9\n  @classmethod\n  def make(cls):\n    return cls()\nprobe(A().p, A.make().p)', '9, 9'],
    ['from dataclasses import dataclass\n@dataclass\nclass C:\n  a: int = 1\n  b: int = 2\nc = C(b=5)\nprobe(c.a, c.b)', '1, 5'],
    ['class A:\n  pass\nsetattr(A, "k", 4)\na = A()\nsetattr(a, f"up{1}", 2)\nprobe(A.k, getattr(a, "up1"))', '4, 2'],
    ['class A:\n  def __call__(self, x):\n    return x + 1\nprobe(A()(1))', '2'],
  ],
  'loops': [
    ['for i, (u, k) in enumerate(zip([8, 2], [16, 4])):\n  probe(i, u, k)', '0, 8, 16', '1, 2, 4'],
    ['c = 64\nfor _ in range(2):\n  probe(c)\n  c //= 2\nprobe(c)', '64', '32', '16'],
    ['c = 64\nfor _ in unknown():\n  probe(c)\n  c //= 2\nprobe(c)', '?', '?'],
    ['k = 3\nfor _ in unknown():\n  probe(k)\nprobe(k)', '3', '3'],
    ['for i in range(5):\n  if i == 1:\n    continue\n  if i == 3:\n    break\n  probe(i)', '0', '2'],
    ['k = 0\nfor i in range(3):\n  if unknown():\n    break\n  k += 1\nprobe(k)', '?'],
    ['k = 0\nwhile k < 3:\n  k += 1\nprobe(k)', '3'],
    ['k = 0\nwhile k < n:\n  k += 1\nprobe(k)', '?'],
    ['k = 0\nwhile k < 1000:\n  k += 1\nprobe(k)', '?'],
    ['for i in []:\n  probe(i)', 'excluded: i'],
    ['l = []\nfor i in unknown():\n  l.append(i)\nprobe(len(l))', '?'],
    ['for i in range(2):\n  pass\nelse:\n  probe(i)', '1'],
    ['def f():\n  for i in range(3):\n    if unknown():\n      return 5\n  return 5\nprobe(f())', '5'],
  ],
  'conditions': [
    ['if True:\n  probe(1)\nelse:\n  probe(2)', 'excluded: 2', '1'],
    ['if not u() or None is not None:\n  probe(1)', '1'],
    ['if True and not u or True:\n  probe(1)\nelse:\n  probe(2)', 'excluded: 2', '1'],
    ['def f(n):\n  if isinstance(n, int):\n    n = (n, n)\n  probe(n)\nf(3)\nf((1, 2))', '(3, 3)', '(1, 2)'],
    ['probe(None or 3, 0 or 4, 2 and 5, u() or 3)', '3, 4, 5, ?'],
  ],
  'broken and odd text': [
    ['x = (3,\nprobe(1)\n', '1'],
    ['def f(:\n  probe(1)\nprobe(2)', '2', '1'],
    ['k = 3\nprobe(k, )\nprobe(', '3', ''],
    ['k =\nprobe(k)', 'k'],
    ['<<<<<<< HEAD\nk = 1\n=======\nk = 2\n>>>>>>> other\nprobe(k)', '2'],
    ['class A:\n    def f(self):\n<<<<<<< HEAD\n        return 1\n=======\n        return 2\n>>>>>>> other\n    k = 3\nprobe(A.k)', '3'],
    ['k = 1\r\nif k:\r\n\tprobe(k)\r\n', '1'],
    ['größe = 3\nprobe(größe)', '3'],
    ['return 3\nprobe(1)', '1'],
    ['class A(A):\n  pass\nprobe(A)', 'class'],
    ['l = []\nl.append(l)\nprobe(len(l))', '1'],
    // What certainly comes again is followed as deep as any call; what may come again, less far.
    ['def f():\n  f()\n  probe(1)\nf()', ...Array<string>(28).fill('1')],
    ['def f():\n  if x:\n    f()\n  probe(1)\nf()', '1', '1'],
    ['def f(n):\n  if n == 1:\n    return n\n  return n * f(n - 1)\nprobe(f(5))', '120'],
    ['x = 2\n' + 'x = x * x\n'.repeat(60) + 'probe(x)', 'x*x*x*x'],
    ['probe(' + '('.repeat(300) + '1' + ')'.repeat(300) + ')', '?'],
    ['probe(' + '1 + '.repeat(300) + '1)', '301'],
    ['probe(' + '1 + '.repeat(3000) + '1)', '?'],
  ],
};

for (const [group, list] of Object.entries(cases)) {
  describe(`values: ${group}`, () => {
    for (const [source, ...expected] of list) {
      it(JSON.stringify(source).slice(1, 90), () => { assert.deepEqual(probe(source), expected); });
    }
  });
}

describe('values: notebooks', () => {
  it('cells share one namespace; magics and other languages are passed over', () => {
    assert.deepEqual(probe('%matplotlib inline\nk = 3\n!pip install x\nfiles = !ls\n# ---\n%%bash\necho k = 4\n# ---\nprobe(k)\n?probe\n', 'notebook'), ['3']);
  });
});
