import assert from 'node:assert/strict';
import { probe } from './probe';

/** Each case: what it is about, source, and what `probe(…)` sees. */
const cases: readonly (readonly [string, string, ...string[]])[] = [
  ['a decorator of the source is run, and passes arguments on', `
import functools
def keep(init):
  @functools.wraps(init)
  def inner(self, *args, **kwargs):
    plain = {k: v for k, v in kwargs.items() if not k.startswith('_')}
    init(self, *args, **plain)
  return inner
class A:
  @keep
  def __init__(self, n, k=3):
    self.n = n
    probe(n, k)
A(2, _hidden=1)
A(n=4, k=5)`, '2, 3', '4, 5'],
  ['a decorator that changes a result', `
def twice(f):
  return lambda x: f(x) * 2
@twice
def g(x):
  return x + 1
probe(g(3))`, '8'],
  ['a decorator that is not known leaves defaults and results open', `
from somewhere import change
@change
def g(x=3):
  return x
probe(g(4))`, '?'],
  ['names of the module looked up by text', `
class Norm: pass
def get(name):
  return globals().get(name)
probe(get('Norm'), globals()['get']('Norm') is Norm, 'Norm' in globals())
probe(get('Missing'))
globals()['made'] = 3
globals().update(other=4)
probe(made, other)`, 'class, True, True', '?', '3, 4'],
  ['a module by its own name, and by a text', `
import sys, importlib
class Norm: pass
probe(getattr(sys.modules[__name__], 'Norm'))
path = 'package.layers.Norm'.rsplit('.', 1)
probe(getattr(importlib.import_module(path[0]), path[1]), vars(sys)['path'])`, 'class', 'Norm, path'],
  ['attributes as a dictionary', `
class Config:
  def __init__(self, **kwargs):
    self.a = 1
    self.__dict__.update(kwargs)
def f(a, b=0): return a * 10 + b
c = Config(b=2)
probe(c.b, vars(c)['a'], f(**vars(c)), c.__dict__.get('d', 9))
c.__dict__['a'] = 5
probe(c.a, len(vars(c)))`, '2, 1, 12, 9', '5, 2'],
  ['names of a function as a dictionary', `
class Config:
  def __init__(self, a, b=2):
    self.__dict__.update(locals())
c = Config(1)
probe(c.a, c.b)`, '1, 2'],
  ['classes that decorators enter in a registry', `
table = {}
def register(name=None):
  def enter(cls):
    table[name or cls.__name__] = cls
    return cls
  return enter
class Registry:
  def __init__(self): self.all = {}
  def register(self, cls):
    self.all[cls.__name__] = cls
    return cls
  def get(self, name): return self.all[name]
blocks = Registry()
@register('first')
class A:
  n = 1
@register()
@blocks.register
class B(A):
  n = 2
probe(table['first'].n, table['B'].n, blocks.get('B') is B)`, '1, 2, True'],
  ['fields of data classes: those of bases first, factories, computed ones', `
from dataclasses import dataclass, field
@dataclass
class Base:
  width: int = 4
  total: int = field(init=False)
  factors: list = field(default_factory=lambda: [2, 2])
  def __post_init__(self):
    self.total = self.width * len(self.factors)
@dataclass
class More(Base):
  depth: int = field(default=3)
a, b = More(5, [1, 2, 3], 7), More()
a.factors.append(4)
probe(a.total, a.depth, b.total, b.depth, b.factors)`, '15, 7, 8, 3, [2, 2]'],
  ['keywords that are no fields go to what runs after the constructor', `
from dataclasses import dataclass
@dataclass
class Base:
  def __post_init__(self, **kwargs):
    for name, value in kwargs.items():
      setattr(self, name, value)
@somewhere
class Config(Base):
  width: int = 4
  def __post_init__(self, **kwargs):
    self.hidden = self.width * 2
    super().__post_init__(**kwargs)
probe(Config(3).hidden, Config(hidden=5).hidden)`, '6, 5'],
  ['properties that can be set', `
class A:
  def __init__(self):
    self._n = 1
  @property
  def n(self): return self._n
  @n.setter
  def n(self, value): self._n = value * 2
a = A()
probe(a.n)
a.n = 4
probe(a.n, a._n)`, '1', '8, 8'],
  ['names that stand for others', `
class Config:
  others = {'hidden_size': 'd_model'}
  def __init__(self, **kwargs):
    self.d_model = 512
    for key, value in kwargs.items():
      setattr(self, key, value)
  def __setattr__(self, key, value):
    if key in self.others:
      key = self.others[key]
    super().__setattr__(key, value)
  def __getattribute__(self, key):
    if key != 'others' and key in super().__getattribute__('others'):
      key = super().__getattribute__('others')[key]
    return super().__getattribute__(key)
c = Config(hidden_size=64)
probe(c.d_model, c.hidden_size)`, '64, 64'],
  ['an attribute of unknown name may be any that is no function or object', `
class Part: pass
class A:
  c = 3
  def __init__(self, **kwargs):
    self.a, self.b = 1, Part()
    for name, value in kwargs.items():
      setattr(self, name, value)
    self.d = 4
known, open = A(), A(**options)
probe(known.a, known.c, open.d)
probe(open.a == 1, open.c == 3, isinstance(open.b, Part))`, '1, 3, 4', '?, ?, True'],
  ['lists and dictionaries of one shape from two ways', `
a, b = {'x': 1, 'y': 2}, [1, 2]
if somebody:
  a, b = {'x': 1, 'y': 3}, [1, 3]
probe(a['x'], len(b), b[0], len(a))
probe(a['y'])
a = {'x': 1}
if somebody:
  a = {'x': 1, 'z': 2}
probe(a['x'])`, '1, 2, 1, 2', '?', '?'],
  ['copies are things of their own', `
import copy
a = {'x': [1]}
b, c = copy.copy(a), copy.deepcopy(a)
a['x'].append(2)
a['y'] = 3
probe(len(b), b['x'], c['x'])`, '1, [1, 2], [1]'],
  ['a queue', `
from collections import deque
q = deque()
for i in range(3): q.append(i)
q.appendleft(9)
probe(q.pop(), q.popleft(), len(q))
probe(deque([1, 2], maxlen=1)[0])`, '2, 9, 2', '?'],
  ['a question that cannot fail is answered', `
from collections.abc import Iterable
def several(value):
  try:
    if hasattr(value, 'ndim') and value.ndim == 0:
      return False
  except Exception:
    return False
  return isinstance(value, Iterable) and not isinstance(value, str)
def times(value, n):
  return tuple(value) if several(value) else (value,) * n
probe(times((1, 2), 2), times(3, 2))
probe(several(unknown()))`, '(1, 2), (3, 3)', '?'],
  ['a constructor of a base class called as a function', `
class A:
  def __init__(self, k):
    self.k = k
class B(A):
  def __init__(self):
    A.__init__(self, 7)
    probe(self.k)
B()`, '7'],
  ['items and attributes by methods of the source', `
class Store:
  def __init__(self):
    self.all = {}
  def __getitem__(self, key):
    return self.all[key]
  def __getattr__(self, key):
    if key in self.all:
      return key
    return super().__getattribute__(key)
  def add(self, name):
    def inner(f):
      self.all[name] = f
      return f
    return inner
store = Store()
@store.add('double')
def double(x):
  return 2 * x
probe(store['double'](4), store.double)`, "8, 'double'"],
  ['named tuples', `
from collections import namedtuple
Pair = namedtuple('Pair', ('left', 'right'))
Size = namedtuple('Size', 'height width')
probe(Pair(1, 2).right, Pair(left=3, right=4).left, Size(5, 6).width)`, '2, 3, 6'],
  ['fields of a class that an unknown decorator may make a record', `
from somewhere import strict
@strict
class Config:
  width: int = 512
  depth: int = 4
config = Config(width=64)
probe(config.width, config.depth)`, '64, 4'],
  ['enumerations stand for their values', `
import enum
from enum import Enum
class Mode(str, Enum):
  UP = 'up'
  DOWN = 'down'
probe(Mode.UP == 'up', Mode('down') == Mode.DOWN, 'up' in {m.value for m in Mode}, isinstance(Mode, enum.EnumMeta))`, 'True, True, True, True'],
  ['dictionaries with attributes', `
from types import SimpleNamespace
from easydict import EasyDict
class AttrDict(dict):
  def __init__(self, *args, **kwargs):
    super(AttrDict, self).__init__(*args, **kwargs)
    self.__dict__ = self
h = AttrDict({'rates': [8, 2]}, width=4)
n = SimpleNamespace(a=1)
n.b = 2
probe(h.rates, h['width'], h.width, n.a + n.b, EasyDict({'a': {'b': 5}}).a.b)`, '[8, 2], 4, 4, 3, 5'],
  ['isinstance', `
from collections.abc import Mapping, Sequence, Hashable
class A: pass
class B(A): pass
probe(isinstance({}, Mapping), isinstance([1], Mapping), isinstance((1,), (list, tuple)), isinstance('a', Hashable), isinstance('a', Sequence))
probe(isinstance(B(), A), isinstance(A(), B), isinstance(3, A), isinstance(unknown(), A))`, 'True, False, True, True, True', 'True, False, False, ?'],
  ['hasattr', `
class A:
  k = 1
probe(hasattr((1, 2), 'ndim'), hasattr([1], '__len__'), hasattr(3, '__iter__'), hasattr(A(), 'k'), hasattr(A(), 'j'), hasattr(unknown(), 'k'))`, 'False, True, False, True, False, ?'],
  ['callable', 'probe(callable(len), callable("a"), callable(lambda x: x), callable(unknown()))', '?, False, True, ?'],
];

describe('classes and functions', () => {
  for (const [name, source, ...expected] of cases) it(name, () => { assert.deepEqual(probe(source), expected); });
});
