import assert from 'node:assert/strict';
import { Analyzer } from '../../../src/analyze';
import type { Analysis } from '../../../src/analysis';
import { unknown } from '../../../src/algebra/integer';
import { format } from '../../../src/algebra/format';
import { pythonText } from '../../../src/frameworks/value';
import type { Files } from '../../../src/python/files';

/** A workspace: texts by path. What is asked for is read as it then is. */
function workspace(texts: Record<string, string>): Files {
  return { read: path => Object.hasOwn(texts, path) ? texts[path] : undefined };
}

/** Input and output of every instance, in source order; those of imported files after `|`. */
function shapes({ layers, imported }: Pick<Analysis, 'layers' | 'imported'>): string {
  const show = (all: Analysis['layers']): string => all.flatMap(layer => layer.instances.map(({ input, output }) =>
    `${input?.map(size => format(size)).join() ?? '?'} → ${output?.map(size => format(size)).join() ?? '?'}`)).join('; ');
  return [show(layers), ...imported.length === 0 ? [] : [show(imported)]].join(' | ');
}

function read(path: string, texts: Record<string, string>): Analysis {
  return new Analyzer().analyze({ kind: 'file', cells: [texts[path]], path }, { files: workspace(texts) });
}

const block = `
import torch.nn as nn
class Up(nn.Module):
    def __init__(self, a, b):
        super().__init__()
        self.up = nn.ConvTranspose2d(a, b, 4, 2, 1)
    def forward(self, x):
        return self.up(x)
`;

const model = (imports: string, use = 'Up'): string => `
import torch
from torch import nn
${imports}
class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.up = ${use}(8, 4)
        self.out = nn.ConvTranspose2d(4, 3, 2, 2)
    def forward(self, x):
        return self.out(self.up(x))
Model()(torch.randn(1, 8, 16, 16))
`;

const expected = '1,4,32,32 → 1,3,64,64 | 1,8,16,16 → 1,4,32,32';

describe('imports of other files', () => {
  const ways: readonly (readonly [string, string, string, string])[] = [
    // imports, use, path of the block, path of the model
    ['from blocks import Up', 'Up', 'blocks.py', 'model.py'],
    ['from .blocks import Up', 'Up', 'models/blocks.py', 'models/model.py'],
    ['from ..layers.blocks import Up', 'Up', 'net/layers/blocks.py', 'net/models/model.py'],
    ['from . import blocks', 'blocks.Up', 'models/blocks.py', 'models/model.py'],
    ['from net.layers import blocks as b', 'b.Up', 'net/layers/blocks.py', 'net/models/model.py'],
    ['import net.layers.blocks', 'net.layers.blocks.Up', 'net/layers/blocks.py', 'train.py'],
    ['import net.layers.blocks as blocks', 'blocks.Up', 'net/layers/blocks.py', 'scripts/train.py'],
    ['from net.blocks import Up', 'Up', 'src/net/blocks.py', 'tests/test_model.py'],
    ['from blocks import *', 'Up', 'blocks.py', 'model.py'],
    ['from layers import Up as U', 'U', 'layers/__init__.py', 'model.py'],
    ['import layers', 'layers.Up', 'layers/__init__.py', 'model.py'],
    ['try:\n    from .blocks import Up\nexcept ImportError:\n    from blocks import Up', 'Up', 'blocks.py', 'model.py'],
  ];
  for (const [imports, use, blockPath, modelPath] of ways) {
    it(`${imports.replaceAll('\n', '; ')} finds ${blockPath} from ${modelPath}`, () => {
      assert.equal(shapes(read(modelPath, { [modelPath]: model(imports, use), [blockPath]: block })), expected);
    });
  }

  it('follows names that packages pass on', () => {
    const texts = {
      'model.py': model('from net import Up'),
      'net/__init__.py': 'from .layers import *',
      'net/layers/__init__.py': 'from .blocks import Up as _Up\nfrom . import blocks\nUp = blocks.Up',
      'net/layers/blocks.py': block,
    };
    assert.equal(shapes(read('model.py', texts)), expected);
  });

  it('finds a submodule that the package does not mention', () => {
    assert.equal(shapes(read('model.py', { 'model.py': model('import net', 'net.blocks.Up'), 'net/__init__.py': '', 'net/blocks.py': block })), expected);
  });

  it('takes numbers and functions, too', () => {
    const texts = {
      'a/model.py': 'import torch\nfrom torch import nn\nfrom . import config\nfrom .make import up\nup(config.WIDTH)(torch.zeros(1, config.WIDTH, 4, 4))',
      'a/config.py': 'WIDTH = 2 ** 5',
      'a/make.py': 'from torch import nn\ndef up(n):\n    return nn.ConvTranspose2d(n, n // 2, 2, 2)',
    };
    assert.equal(shapes(read('a/model.py', texts)), ' | 1,32,4,4 → 1,16,8,8');
  });

  it('says in which file a layer stands, and which files were looked for', () => {
    const analysis = read('models/model.py', { 'models/model.py': model('from .blocks import Up\nfrom .none import nothing\nnothing()'), 'models/blocks.py': block });
    assert.deepEqual(analysis.imported.map(layer => layer.range.file), ['models/blocks.py']);
    assert.ok(['models/blocks.py', 'models/none.py', 'models/none/__init__.py'].every(path => analysis.asked.includes(path)));
    assert.ok(!analysis.asked.some(path => path.includes('torch')));
  });

  it('leaves unknown what is not there, or not yet', () => {
    assert.equal(shapes(read('model.py', { 'model.py': model('from blocks import Up') })), '? → ?');
  });

  it('bears modules that import each other, and themselves', () => {
    const texts = {
      'a.py': `from b import Other\nfrom a import Up as Again\n${block}`,
      'b.py': 'from a import Up\nclass Other(Up):\n    pass\nfrom b import *\nfrom c import lost',
      'c.py': 'from b import lost',
      'model.py': model('from b import Other, lost\nlost()', 'Other'),
    };
    assert.equal(shapes(read('model.py', texts)), expected);
  });

  it('takes what a file imports from itself inside a function', () => {
    const net = `${block}
import torch
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        from .net import Up
        self.up = Up(8, 4)
    def forward(self, x):
        return self.up(x)
Net()(torch.zeros(1, 8, 5, 5))
`;
    assert.equal(shapes(read('pkg/net.py', { 'pkg/__init__.py': '', 'pkg/net.py': net })), '1,8,5,5 → 1,4,10,10');
  });

  it('takes what is importable from the nearest directory', () => {
    const texts = { 'a/model.py': model('from blocks import Up'), 'a/blocks.py': block, 'blocks.py': 'Up = None' };
    assert.equal(shapes(read('a/model.py', texts)), expected);
  });

  it('reads no file for the names of libraries', () => {
    const texts = { 'model.py': model(block), 'torch.py': 'nn = None', 'torch/__init__.py': 'nn = None' };
    assert.equal(shapes(read('model.py', texts)), '1,8,16,16 → 1,4,32,32; 1,4,32,32 → 1,3,64,64');
  });

  it('leads no import out of the workspace', () => {
    const analysis = read('model.py', { 'model.py': 'from ...x import y\nfrom .. import z\nimport etc.passwd\ny(); z(); etc.passwd()' });
    assert.ok(analysis.asked.every(path => !path.startsWith('/') && !path.split('/').includes('..')));
  });

  it('stops at a bound on the number of modules', () => {
    const names = Array.from({ length: 300 }, (_, index) => `m${index}`);
    const texts = { 'model.py': model(names.map(name => `import ${name}\n${name}.f()`).join('\n'), 'm299.Up'), ...Object.fromEntries(names.map(name => [`${name}.py`, block])) };
    const { layers: [layer] } = read('model.py', texts);
    assert.match(layer?.cutOff ?? '', /bounds/);
    assert.equal(layer?.instances[0]?.input, undefined);
  });

  it('stops at a bound on how often a name is passed on', () => {
    const texts: Record<string, string> = { 'model.py': model('from m0 import Up') };
    for (let index = 0; index < 100; index++) texts[`m${index}.py`] = `from m${index + 1} import Up`;
    assert.match(read('model.py', texts).layers[0]?.cutOff ?? '', /bounds/);
  });
});

describe('what is run of an imported file', () => {
  /** The channels that `imports` and then `nn.ConvTranspose2d(N, …)` see. */
  function value(module: string, use = 'from config import N\n', expression = 'N'): string {
    const analysis = read('model.py', { 'model.py': `from torch import nn\n${use}nn.ConvTranspose2d(${expression}, 3, 2, 2)`, 'config.py': module });
    return format(analysis.layers[0]?.reading.inputChannels ?? unknown);
  }

  const cases: readonly (readonly [string, string, string])[] = [
    ['a name and what it needs', 'A = 2\nB = A + 1\nN = A * B\nA_LATER = N', '6'],
    ['all bindings of a name, in order', 'N = 1\nN = N + 4\nN = N * 2', '10'],
    ['what another name was before it changed', 'A = 1\nN = A\nA = 2', '1'],
    ['what another name was, although the last is asked for first', 'A = 1\nN = [A]\nA = 2\nN = N[0] * 10 + A', '12'],
    ['changes in place', 'sizes = []\nsizes.append(7)\nN = sizes[0]\nsizes.append(8)', '7'],
    ['changes in place by a function', 'sizes = []\ndef add(n):\n    sizes.append(n)\nadd(5)\nN = sizes[0]', '5'],
    ['changes in place by a decorator', 'sizes = []\ndef register(f):\n    sizes.append(9)\n    return f\n@register\ndef f():\n    pass\nN = sizes[0]', '9'],
    ['changes in place by a method', 'class Box:\n    def put(self, n):\n        self.n = n\nbox = Box()\nbox.put(4)\nN = box.n\nbox.put(3)', '4'],
    ['changes in place in a loop', 'table = {}\nfor i in range(3):\n    table[i] = i * 2\nN = table[2]', '4'],
    ['conditions', 'BIG = True\nif BIG:\n    N = 64\nelse:\n    N = 8', '64'],
    ['global names that functions read', 'def n():\n    return A\nA = 1\nN = n()\nA = 2', '1'],
  ];
  for (const [name, module, expected] of cases) it(`is ${name}`, () => { assert.equal(value(module), expected); });

  it('is what a function reads after all of the file has run', () => {
    assert.equal(value('def n():\n    return A\nA = 1\nA = 2', 'from config import n\n', 'n()'), '2');
  });

  it('is not what nobody asks for', () => {
    const heavy = Array.from({ length: 400 }, (_, index) => `x${index} = [y for y in range(1000)]`).join('\n');
    const analysis = read('model.py', { 'model.py': 'from torch import nn\nfrom config import N\nnn.ConvTranspose2d(N, 3, 2, 2)', 'config.py': `${heavy}\nN = 3` });
    assert.equal(analysis.layers[0]?.cutOff, undefined);
    assert.equal(format(analysis.layers[0]?.reading.inputChannels ?? unknown), '3');
  });
});

describe('findings in imported files', () => {
  const findings = (texts: Record<string, string>): readonly string[] => read('model.py', texts).findings.map(({ rule, range, message, related }) => {
    const at = (texts['model.py'] ?? '').slice(range.from, range.to);
    const there = related.map(each => (texts[each.range.file ?? 'model.py'] ?? '').slice(each.range.from, each.range.to).split('(')[0]);
    return `${rule} ${at} ${/in \S+, as it is called here/i.exec(message)?.[0] ?? ''} → ${there.join()}`;
  });
  const up = 'import torch\nfrom torch import nn\ndef up(n, kernel):\n    return nn.ConvTranspose2d(n, n, kernel, 2)\n';

  it('are told at the call that causes them', () => {
    assert.deepEqual(findings({ 'model.py': 'from blocks import up\nup(8, 3)\nup(8, 4)', 'blocks.py': up }),
      ['TC101 up(8, 3) in blocks.py, as it is called here → kernel']);
  });

  it('are left to the file itself where nothing that is passed causes them', () => {
    assert.deepEqual(findings({ 'model.py': 'from blocks import up\nup(8, 4)', 'blocks.py': up.replace('kernel, 2)', '3, 2)') }), []);
  });

  it('are left to the file itself where a default or a constant of it causes them', () => {
    const calls = 'from blocks import up\nup(8)\nup(16)';
    assert.deepEqual(findings({ 'model.py': calls, 'blocks.py': up.replace('(n, kernel)', '(n, kernel=3)') }), []);
    assert.deepEqual(findings({ 'model.py': calls, 'blocks.py': `K = 3\n${up.replace('(n, kernel)', '(n, stride=2)').replace('kernel, 2)', 'K, stride)')}` }), []);
  });

  it('are told at each call that passes what causes them, not where the default does', () => {
    assert.deepEqual(findings({ 'model.py': 'from blocks import up\nup(8)\nup(8, 5)\nup(16, 5)', 'blocks.py': up.replace('(n, kernel)', '(n, kernel=4)') }),
      ['TC101 up(8, 5) in blocks.py, as it is called here → kernel', 'TC101 up(16, 5) in blocks.py, as it is called here → kernel']);
  });

  it('follow the other file when it changes', () => {
    const texts: Record<string, string> = { 'model.py': 'from blocks import up\nup(8, 3)', 'blocks.py': up };
    const analyzer = new Analyzer();
    const files = workspace(texts);
    const count = (): number => analyzer.analyze({ kind: 'file', cells: [texts['model.py']], path: 'model.py' }, { files }).findings.length;
    assert.equal(count(), 1);
    texts['blocks.py'] = `${up}up(8, 3)\n`;
    assert.equal(count(), 0);
    texts['blocks.py'] = up;
    assert.equal(count(), 1);
  });

  it('tell what does not fit where tensors meet', () => {
    const join = 'import torch\ndef join(a, b):\n    return torch.cat([a, b], 1)\n';
    assert.deepEqual(findings({ 'model.py': 'import torch\nfrom blocks import join\njoin(torch.zeros(1, 2, 4, 4), torch.zeros(1, 2, 5, 4))', 'blocks.py': join }),
      ['TC208 join(torch.zeros(1, 2, 4, 4), torch.zeros(1, 2, 5, 4)) In blocks.py, as it is called here → torch.cat']);
  });

  it('are suppressed at the call', () => {
    assert.deepEqual(findings({ 'model.py': 'from blocks import up\nup(8, 3)  # tconv: ignore[TC101]', 'blocks.py': up }), []);
  });
});

describe('changes in imported files', () => {
  function versions(first: Record<string, string>): (changed?: Record<string, string>) => string {
    const texts = { ...first };
    const files = workspace(texts);
    const analyzer = new Analyzer();
    return (changed = {}) => {
      Object.assign(texts, changed);
      return shapes(analyzer.analyze({ kind: 'file', cells: [texts['model.py']], path: 'model.py' }, { files }));
    };
  }

  it('reach the file that uses them', () => {
    const next = versions({ 'model.py': model('from blocks import Up'), 'blocks.py': block });
    assert.equal(next(), expected);
    assert.equal(next({ 'blocks.py': block.replace('b, 4, 2, 1', 'b, 3, 1, 1') }), '1,4,16,16 → 1,3,32,32 | 1,8,16,16 → 1,4,16,16');
    assert.equal(next({ 'blocks.py': block }), expected);
  });

  it('reach it through other files', () => {
    const next = versions({ 'model.py': model('from net import Up'), 'net/__init__.py': 'from .blocks import Up', 'net/blocks.py': block });
    assert.equal(next(), expected);
    assert.equal(next({ 'net/__init__.py': 'from .other import Up', 'net/other.py': block.replace('4, 2, 1', '2, 2') }), expected);
    assert.equal(next({ 'net/other.py': 'Up = None' }), '? → ?');
  });

  it('are seen when a file appears', () => {
    const next = versions({ 'model.py': model('from blocks import Up') });
    assert.equal(next(), '? → ?');
    assert.equal(next({ 'blocks.py': block }), expected);
  });

  it('are looked for elsewhere when a file disappears', () => {
    const texts: Record<string, string> = { 'blocks.py': block };
    const analyzer = new Analyzer();
    const files = workspace(texts);
    const next = (): Analysis => analyzer.analyze({ kind: 'file', cells: [model('from blocks import Up')], path: 'model.py' }, { files });
    assert.equal(shapes(next()), expected);
    delete texts['blocks.py'];
    assert.ok(next().asked.includes('blocks/__init__.py'));
    texts['blocks/__init__.py'] = block;
    assert.equal(shapes(next()), expected);
  });

  it('count as a whole again when only the importing text changes', () => {
    const blocks = 'from torch import nn\nshared = nn.ConvTranspose2d(8, 4, 4, 2, 1)\nclass Up(nn.Module):\n    up = shared\n    def forward(self, x):\n        return self.up(x)\n';
    const text = 'import torch\nfrom blocks import Up\nUp()(torch.randn(1, 8, 16, 16))\n';
    const options = { files: workspace({ 'blocks.py': blocks }) };
    const analyzer = new Analyzer();
    const first = analyzer.analyze({ kind: 'file', cells: [text], path: 'model.py' }, options);
    assert.equal(shapes(first), ' | 1,8,16,16 → 1,4,32,32');
    const second = analyzer.analyze({ kind: 'file', cells: [`${text}x = 1\n`], path: 'model.py' }, options);
    assert.equal(shapes(second), shapes(first));
  });

  it('reach it when a star import comes and goes, in the file itself or in another', () => {
    const up = 'def up(n):\n    return ConvTranspose2d(n, 3, 2, 2)\n';
    const use = 'import torch\nfrom blocks import up\nup(8)(torch.zeros(1, 8, 4, 4))\n';
    const made = ' | 1,8,4,4 → 1,3,8,8';
    const next = versions({ 'model.py': use, 'blocks.py': up, 'package/__init__.py': '', 'package/layers.py': `from torch.nn import *\n${up}` });
    assert.equal(next(), '');
    assert.equal(next({ 'blocks.py': `from torch.nn import *\n${up}` }), made);
    assert.equal(next({ 'blocks.py': up }), '');
    assert.equal(next({ 'model.py': use.replace('blocks', 'package') }), '');
    assert.equal(next({ 'package/__init__.py': 'from .layers import *\n' }), made);
    assert.equal(next({ 'model.py': use.replace('from blocks import up\n', '') }), '');
    assert.equal(next({ 'model.py': use.replace('blocks import up', 'package.layers import *') }), made);
  });

  it('hold what their statements change of one another, while they change and the importing text does', () => {
    const texts: Record<string, string> = { 'base.py': 'class Base:\n    k = 3\nBase.k = 4\nkernels = []\nkernels.append(Base.k)\n' };
    const files = workspace(texts);
    const analyzer = new Analyzer();
    const kernels = (use: string): string => analyzer
      .analyze({ kind: 'file', cells: [`from torch import nn\nfrom base import *\n${use}`], path: 'model.py' }, { files }).layers
      .map(({ reading }) => pythonText(reading.arguments['kernel_size'] ?? { kind: 'unknown' }).slice(1, 2)).join();
    const one = 'nn.ConvTranspose2d(8, 8, Base.k, 2, 1)\n';
    const both = `${one}nn.ConvTranspose2d(8, 8, kernels[-1] + len(kernels), 2, 1)\n`;
    assert.deepEqual([kernels(one), kernels(both), kernels(`${both}x = 1\n`), kernels(one), kernels(both)], ['4', '4,5', '4,5', '4', '4,5']);
    texts['base.py'] = 'class Base:\n    k = 3\nkernels = []\nkernels.append(Base.k)\n';
    assert.deepEqual([kernels(both), kernels(`${both}x = 1\n`)], ['3,4', '3,4']);
    texts['base.py'] = 'class Base:\n    k = 3\nkernels = []\nkernels.append(Base.k)\nkernels.append(6)\n';
    assert.deepEqual([kernels(both), kernels(one), kernels(both)], ['3,8', '3', '3,8']);
  });

  it('are told of, also where all work is kept', () => {
    const texts: Record<string, string> = { 'blocks.py': block };
    const analyzer = new Analyzer();
    const files = workspace(texts);
    const next = (text: string): Analysis => analyzer.analyze({ kind: 'file', cells: [text], path: 'model.py' }, { files });
    const { asked } = next(model('from blocks import Up'));
    assert.deepEqual(next(`${model('from blocks import Up')}#`).asked, asked);
  });

  it('are kept apart from what is written to a module from outside', () => {
    const next = versions({ 'model.py': 'import torch\nfrom torch import nn\nimport config\nconfig.N = 8\nnn.ConvTranspose2d(config.N, 3, 2, 2)(torch.zeros(1, 8, 4, 4))', 'config.py': 'N = 4' });
    assert.equal(next(), '1,8,4,4 → 1,3,8,8');
    assert.equal(next(), '1,8,4,4 → 1,3,8,8');
    assert.equal(next({ 'model.py': 'import torch\nfrom torch import nn\nimport config\nnn.ConvTranspose2d(config.N, 3, 2, 2)(torch.zeros(1, 4, 4, 4))' }), '1,4,4,4 → 1,3,8,8');
  });
});

describe('comments in imported files', () => {
  const commented = block.replace('(self, x):', '(self, x):  # tconv: x = (2, 8, 5, 7)');
  const sized = '2,4,10,14 → 2,3,20,28 | 2,8,5,7 → 2,4,10,14';
  const uses = 'from torch import nn\nfrom blocks import Up\nup = Up(8, 4)\nout = nn.ConvTranspose2d(4, 3, 2, 2)\ndef run(x):\n    return out(up(x))\n';

  it('give shapes to inputs that nothing else tells', () => {
    assert.equal(shapes(read('model.py', { 'model.py': uses, 'blocks.py': commented })), sized);
  });

  it('give a layer its input on its line', () => {
    const texts = { 'model.py': 'from blocks import head\ny = head(3)\n', 'blocks.py': 'from torch import nn\ndef head(k):\n    return nn.ConvTranspose2d(8, 4, k, 2)  # tconv: x = (2, 8, 5, 7)\n' };
    assert.equal(shapes(read('model.py', texts)), ' | 2,8,5,7 → 2,4,11,15');
  });

  it('that the code contradicts are told at the call, and the code counts', () => {
    const { findings, ...rest } = read('model.py', { 'model.py': model('from blocks import Up'), 'blocks.py': commented });
    assert.equal(shapes(rest), expected);
    assert.deepEqual(findings.map(({ rule }) => rule), ['TC210']);
    assert.match(findings[0]?.message ?? '', /^In blocks\.py, as it is called here: The comment says that x is \(2, 8, 5, 7\)/);
  });

  it('that are wrong are told in their own file alone', () => {
    const { findings } = read('model.py', { 'model.py': uses, 'blocks.py': block.replace('(self, x):', '(self, x):  # tconv: z = (2, 8)') });
    assert.deepEqual(findings, []);
  });

  it('count when they come, change and go', () => {
    const texts: Record<string, string> = { 'model.py': uses, 'blocks.py': block };
    const files = workspace(texts);
    const analyzer = new Analyzer();
    const next = (blocks: string): string => {
      texts['blocks.py'] = blocks;
      return shapes(analyzer.analyze({ kind: 'file', cells: [uses], path: 'model.py' }, { files }));
    };
    const symbolic = next(block);
    assert.equal(next(commented), sized);
    assert.equal(next(commented.replace('5, 7', '6, 7')), sized.replaceAll('10,', '12,').replaceAll('20,', '24,').replace('8,5', '8,6'));
    assert.equal(next(block.replace('    def forward', '    # tconv: x = (2, 8, 5, 7)\n    def forward')), sized);
    assert.equal(next(block), symbolic);
  });
});
