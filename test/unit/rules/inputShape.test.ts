import assert from 'node:assert/strict';
import { inputPlace, inputShapeEdit, typedShape } from '../../../src/rules/inputShape';
import type { Source } from '../../../src/python/source';
import { applyEdits, unindent } from '../check';

/** Writes a shape from the place that `|` marks; the line that changed. */
function write(marked: string, shape: string, name = 'x'): string {
  const { source, at } = read(marked);
  const edit = inputShapeEdit(source, at, name, shape);
  assert.ok(edit);
  const [before = ''] = source.cells;
  const after = applyEdits(before, [edit]);
  return after.split('\n').filter((line, index) => line !== before.split('\n')[index]).join('\n');
}

function read(marked: string): { source: Source; at: { from: number; to: number; cell: number } } {
  const text = unindent(marked);
  const from = text.indexOf('|');
  return { source: { kind: 'file', cells: [text.replace('|', '')] }, at: { from, to: from, cell: 0 } };
}

const model = (forward: string): string => `
class Net(nn.Module):
    def __init__(self):
        self.up = |nn.ConvTranspose2d(8, 4, 2, 2)
${forward}
        return self.up(x)
`;

describe('writing the shape of an input', () => {
  it('from a layer in a class, on its forward', () => {
    assert.equal(write(model('    def forward(self, x):'), '(1, 8, 4, 4)'), '    def forward(self, x):  # tconv: x = (1, 8, 4, 4)');
  });
  it('in the stead of the shape that stands there', () => {
    assert.equal(write(model('    def forward(self, x):  # noqa  # tconv: x = (N, 8)'), '(1, 8, 4, 4)'), '    def forward(self, x):  # noqa  # tconv: x = (1, 8, 4, 4)');
  });
  it('in the stead of a shape above the function', () => {
    assert.equal(write(model('    # tconv: x = (N, 8)\n    def forward(self, x):'), '(1, 8, 4, 4)'), '    # tconv: x = (1, 8, 4, 4)');
  });
  it('beside the shape of another parameter', () => {
    assert.equal(write(model('    def forward(self, x, y):  # tconv: x = (N, 8)'), '(1, 2)', 'y'), '    def forward(self, x, y):  # tconv: x = (N, 8); y = (1, 2)');
  });
  it('after another comment', () => {
    assert.equal(write(model('    def forward(self, x):  # noqa'), '(1, 2)'), '    def forward(self, x):  # noqa  # tconv: x = (1, 2)');
  });
  it('on the last line of a head of several lines', () => {
    assert.equal(write(model('    def forward(\n        self, x,\n    ) -> Tensor:\n\n        # up'), '(1, 2)'), '    ) -> Tensor:  # tconv: x = (1, 2)');
  });
  it('on the line of a layer outside of classes, also among other calls', () => {
    assert.equal(write('layers = []\nlayers.append(|nn.ConvTranspose2d(8, 4, 2, 2))', '(1, 8, 2, 2)'), 'layers.append(nn.ConvTranspose2d(8, 4, 2, 2))  # tconv: x = (1, 8, 2, 2)');
  });
  it('on a function when asked at its head', () => {
    assert.equal(write('def gen|erator(z):\n    return up(z)', '(1, 100)', 'z'), 'def generator(z):  # tconv: z = (1, 100)');
  });
  it('nowhere else', () => {
    const { source, at } = read('x = 1|\n');
    assert.equal(inputPlace(source, at), undefined);
    assert.equal(inputShapeEdit(source, at, 'x', '(1, 2)'), undefined);
  });
  it('names what can be given a shape, and what is given now', () => {
    const { source, at } = read(model('    def forward(self, x, skip=None):  # tconv: x = (N, 8, 4, 4)'));
    assert.deepEqual(inputPlace(source, at), { names: ['x', 'skip'], written: new Map([['x', '(N, 8, 4, 4)']]), functionName: 'Net.forward' });
  });
});

describe('a shape that is typed', () => {
  for (const [text, expected] of [
    ['(N, 3, 64, 64)', '(N, 3, 64, 64)'], [' N, 3, 2*H, W+1 ', '(N, 3, 2*H, W+1)'], ['[1, 2]', '[1, 2]'], ['(8,)', '(8,)'], ['_, 3', '(_, 3)'],
    ['', undefined], ['8', undefined], ['(8)', undefined], ['(1, 2', undefined], ['1, "a"', undefined], ['1, 2  # more', undefined], ['1, 2; y = 3', undefined], ['f(x), 2', undefined],
  ] as const) it(`${JSON.stringify(text)}: ${expected ?? 'none'}`, () => { assert.equal(typedShape(text), expected); });
});
