import assert from 'node:assert/strict';
import { blockStarts } from '../../../src/python/blocks';

/** The lines with which blocks begin. */
function blocks(text: string): readonly string[] {
  return [...blockStarts(text)].map(start => /.*/.exec(text.slice(start))?.[0] ?? '');
}

describe('blocks of a text', () => {
  it('begin with statements at the left margin', () => {
    assert.deepEqual(blocks('import torch\n\nclass A:\n    x = 1\n\n    def f(self):\n        pass\n\ny = 2\n'), ['import torch', 'class A:', 'y = 2']);
  });

  it('hold what goes on with a statement', () => {
    assert.deepEqual(blocks('if a:\n    x\nelif b:\n    y\nelse:\n    z\ntry:\n    x\nexcept E:\n    y\nfinally:\n    z\nelsewhere = 1\n'), ['if a:', 'try:', 'elsewhere = 1']);
    assert.deepEqual(blocks('@one\n@two(\n  3,\n)\nclass A:\n    pass\n@three\ndef f(): pass\n'), ['@one', '@three']);
    assert.deepEqual(blocks('x = 1 + \\\n2\ny = 3\n'), ['x = 1 + \\', 'y = 3']);
  });

  it('hold comments at the left margin', () => {
    assert.deepEqual(blocks('def f():\n    x = 1\n#   y = "2\n    return x\nf()\n'), ['def f():', 'f()']);
  });

  it('hold the markers of a conflict', () => {
    assert.deepEqual(blocks('class A:\n<<<<<<< HEAD\n    x = 1\n=======\n    x = 2\n>>>>>>> it\'s mine\n    y = 3\nz = 4\n'), ['class A:', 'z = 4']);
  });

  it('do not begin within brackets and strings', () => {
    assert.deepEqual(blocks('x = [\n1,\n{2:\n3}]\ny = """\nclass A:\n\\"""\n"""\nz = r\'\\\'(\'\nw'), ['x = [', 'y = """', "z = r'\\'('", 'w']);
  });

  it('begin where a bracket that is open was left open', () => {
    for (const next of ['def f(x):', 'async def f():', 'class A:', 'import torch', 'from torch import nn', '@wraps', 'for x in y:', 'if x:  # why']) {
      assert.deepEqual(blocks(`x = f(1,\n${next}\n    pass\n`), ['x = f(1,', next]);
    }
    assert.deepEqual(blocks('x = [a\nfor a in b\nif a]\ny'), ['x = [a', 'y']);
  });

  it('begin after a string that its line ends', () => {
    assert.deepEqual(blocks('x = "abc\ny = 1\r\nz = \'a\\\r\nb\'\rw'), ['x = "abc', 'y = 1', "z = 'a\\", 'w']);
  });

  it('follow from the text behind them alone', () => {
    const text = 'x = 1\n@a\ndef f():\n  return (\n\nclass B: pass\n"""\ny\n"""\nz\n';
    const all = [...blockStarts(text)];
    for (const [index, start] of all.entries()) assert.deepEqual([...blockStarts(text, start)], all.slice(index));
  });
});
