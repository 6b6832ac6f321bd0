import assert from 'node:assert/strict';
import { analyzeFile } from '../../../src/analyze';
import { integer, none, sizes, string } from '../../../src/frameworks/value';
import { explainedEdits, parameterEdits, type ParameterValues } from '../../../src/rules/edit';
import { literalText } from '../../../src/rules/literal';
import { applyEdits } from '../check';

const head = 'from torch import nn\nfrom keras import layers\n';

/** The text after the parameters of its one layer were set; `undefined` when that was refused. */
function edited(code: string, set: ParameterValues): string | undefined {
  const text = head + code;
  const [layer] = analyzeFile(text).layers;
  assert.ok(layer, code);
  const edits = parameterEdits(layer, set, range => text.slice(range.from, range.to));
  if (edits === undefined) return undefined;
  edits.forEach((edit, index) => { assert.ok(edit.range.from >= (edits[index - 1]?.range.to ?? 0) + Number(index > 0), 'edits overlap or touch'); });
  const result = applyEdits(text, edits);
  // What comes out is the layer with the parameters set, as read again.
  const [after] = analyzeFile(result).layers;
  assert.ok(after?.end, result);
  for (const [parameter, value] of Object.entries(set)) {
    if (value?.kind === 'string') assert.deepEqual(after.reading.arguments[parameter], value);
  }
  return result.slice(head.length);
}

describe('edits of the arguments of a call', () => {
  const k = (size: number): ParameterValues => ({ kernel_size: integer(size) });
  const cases: readonly (readonly [string, string, ParameterValues, string | undefined])[] = [
    ['an integer stays an integer', 'nn.ConvTranspose2d(8, 8, 3, 2)', k(4), 'nn.ConvTranspose2d(8, 8, 4, 2)'],
    ['also when the value is a tuple of equal sizes', 'nn.ConvTranspose2d(8, 8, 3, 2)', { kernel_size: sizes([4, 4]) }, 'nn.ConvTranspose2d(8, 8, 4, 2)'],
    ['an integer becomes a tuple where axes differ', 'nn.ConvTranspose2d(8, 8, 3, 2)', { kernel_size: sizes([4, 3]) }, 'nn.ConvTranspose2d(8, 8, (4, 3), 2)'],
    ['a tuple stays a tuple', 'nn.ConvTranspose2d(8, 8, (3, 3), 2)', k(4), 'nn.ConvTranspose2d(8, 8, (4, 4), 2)'],
    ['with its spacing', 'nn.ConvTranspose2d(8, 8, ( 3,3 ), 2)', { kernel_size: sizes([4, 3]) }, 'nn.ConvTranspose2d(8, 8, ( 4,3 ), 2)'],
    ['a list stays a list', 'nn.ConvTranspose2d(8, 8, [3, 5], 2)', { kernel_size: sizes([4, 6]) }, 'nn.ConvTranspose2d(8, 8, [4, 6], 2)'],
    ['a tuple of one stays one', 'nn.ConvTranspose1d(8, 8, (3,), 2)', k(4), 'nn.ConvTranspose1d(8, 8, (4,), 2)'],
    ['an integer in parentheses', 'nn.ConvTranspose2d(8, 8, (3), 2)', k(4), 'nn.ConvTranspose2d(8, 8, (4), 2)'],
    ['a keyword stays a keyword', 'nn.ConvTranspose2d(8, 8, kernel_size = 3, stride=2)', k(4), 'nn.ConvTranspose2d(8, 8, kernel_size = 4, stride=2)'],
    ['what has its value is left alone', 'nn.ConvTranspose2d(8, 8, (4, 4), 2)', k(4), 'nn.ConvTranspose2d(8, 8, (4, 4), 2)'],
    ['None is replaced', "layers.Conv2DTranspose(8, 3, 2, 'same', output_padding=None)", { output_padding: integer(1) }, "layers.Conv2DTranspose(8, 3, 2, 'same', output_padding=1)"],
    ['by None too', "layers.Conv2DTranspose(8, 3, 2, 'same', output_padding=1)", { output_padding: none }, "layers.Conv2DTranspose(8, 3, 2, 'same', output_padding=None)"],
    ['a string keeps its quotes', 'layers.Conv2DTranspose(8, 3, 2, "valid")', { padding: string('same') }, 'layers.Conv2DTranspose(8, 3, 2, "same")'],

    ['a keyword is added at the end', 'nn.ConvTranspose2d(8, 8, 3, 2)', { padding: integer(1) }, 'nn.ConvTranspose2d(8, 8, 3, 2, padding=1)'],
    ['several are', 'nn.ConvTranspose2d(8, 8, 3, 2)', { padding: integer(1), output_padding: sizes([1, 0]) }, 'nn.ConvTranspose2d(8, 8, 3, 2, padding=1, output_padding=(1, 0))'],
    ['before a trailing comma', 'nn.ConvTranspose2d(8, 8, 3, 2,)', { padding: integer(1) }, 'nn.ConvTranspose2d(8, 8, 3, 2, padding=1,)'],
    ['on a line of its own where arguments have them',
      'nn.ConvTranspose2d(\n    8, 8,\n    3,  # kernel\n    stride=2,\n)', { padding: integer(1) },
      'nn.ConvTranspose2d(\n    8, 8,\n    3,  # kernel\n    stride=2,\n    padding=1,\n)'],
    ['also with tabs and Windows line ends',
      'nn.ConvTranspose2d(\r\n\t8, 8, 3,\r\n\tstride=2)', { padding: integer(1) },
      'nn.ConvTranspose2d(\r\n\t8, 8, 3,\r\n\tstride=2,\r\n\tpadding=1)'],
    ['behind the last on a line', 'nn.ConvTranspose2d(8, 8,\n                   3, stride=2)', { padding: integer(1) }, 'nn.ConvTranspose2d(8, 8,\n                   3, stride=2, padding=1)'],
    ['into an empty call', 'nn.ConvTranspose2d()', k(4), 'nn.ConvTranspose2d(kernel_size=4)'],
    ['into an empty call with space', 'nn.ConvTranspose2d( )', k(4), 'nn.ConvTranspose2d( kernel_size=4)'],

    ['a keyword is removed with its comma', 'nn.ConvTranspose2d(8, 8, 3, stride=2, padding=1)', { padding: undefined }, 'nn.ConvTranspose2d(8, 8, 3, stride=2)'],
    ['from the middle', 'nn.ConvTranspose2d(8, 8, 3, stride=2, padding=1, bias=False)', { padding: undefined }, 'nn.ConvTranspose2d(8, 8, 3, stride=2, bias=False)'],
    ['before a trailing comma', 'nn.ConvTranspose2d(8, 8, 3, stride=2, padding=1,)', { padding: undefined }, 'nn.ConvTranspose2d(8, 8, 3, stride=2,)'],
    ['the only one', 'nn.ConvTranspose2d(padding=1,)', { padding: undefined }, 'nn.ConvTranspose2d()'],
    ['neighbours together', 'nn.ConvTranspose2d(8, 8, 3, stride=2, padding=1, output_padding=1)', { padding: undefined, output_padding: undefined }, 'nn.ConvTranspose2d(8, 8, 3, stride=2)'],
    ['with its line and comment',
      'nn.ConvTranspose2d(\n    8, 8, 3,\n    padding=1,  # keeps the size\n    bias=False,\n)', { padding: undefined },
      'nn.ConvTranspose2d(\n    8, 8, 3,\n    bias=False,\n)'],
    ['the last line of several', 'nn.ConvTranspose2d(\n    8, 8, 3,\n    padding=1\n)', { padding: undefined }, 'nn.ConvTranspose2d(\n    8, 8, 3,\n)'],
    ['without taking the comment of another',
      'nn.ConvTranspose2d(8, 8, 3,  # kernel\n    padding=1)', { padding: undefined },
      'nn.ConvTranspose2d(8, 8, 3,  # kernel\n    )'],
    ['the last position', 'nn.ConvTranspose2d(8, 8, 3, 2, 1, 1)', { output_padding: undefined }, 'nn.ConvTranspose2d(8, 8, 3, 2, 1)'],
    ['the last position before keywords', 'nn.ConvTranspose2d(8, 8, 3, 2, 1, 1, bias=False)', { output_padding: undefined }, 'nn.ConvTranspose2d(8, 8, 3, 2, 1, bias=False)'],
    ['what is not there', 'nn.ConvTranspose2d(8, 8, 3)', { padding: undefined }, 'nn.ConvTranspose2d(8, 8, 3)'],

    ['one goes and another comes', 'nn.ConvTranspose2d(8, 8, 3, 2, 1, False)', { output_padding: undefined, bias: { kind: 'boolean', value: false } }, 'nn.ConvTranspose2d(8, 8, 3, 2, 1, bias=False)'],
    ['one changes, one goes, one comes', 'nn.ConvTranspose2d(8, 8, 3, 2, output_padding=1)', { kernel_size: integer(4), output_padding: undefined, padding: integer(1) }, 'nn.ConvTranspose2d(8, 8, 4, 2, padding=1)'],
    ['one goes and another comes, on lines',
      'nn.ConvTranspose2d(\n    8, 8, 3,\n    output_padding=1,\n)', { output_padding: undefined, padding: integer(1) },
      'nn.ConvTranspose2d(\n    8, 8, 3, padding=1,\n)'],

    ['a name is not changed', 'k = 3\nnn.ConvTranspose2d(8, 8, k, 2)', k(4), undefined],
    ['nor arithmetic', 'nn.ConvTranspose2d(8, 8, 2 + 1, 2)', k(4), undefined],
    ['nor removed', 'p = 1\nnn.ConvTranspose2d(8, 8, 3, padding=p)', { padding: undefined }, undefined],
    ['a position before others is not removed', 'nn.ConvTranspose2d(8, 8, 3, 2, 1, 1)', { padding: undefined }, undefined],
    ['nothing is added behind a star', 'nn.ConvTranspose2d(8, 8, 3, *rest)', { padding: integer(1) }, undefined],
    ['nor behind two', 'nn.ConvTranspose2d(8, 8, 3, **options)', { padding: integer(1) }, undefined],
    ['but what is written can be changed', 'nn.ConvTranspose2d(8, 8, 3, **options)', k(4), 'nn.ConvTranspose2d(8, 8, 4, **options)'],
    ['an unknown value is not written', 'nn.ConvTranspose2d(8, 8, 3)', { padding: { kind: 'unknown' } }, undefined],
  ];
  for (const [title, code, set, expected] of cases) {
    it(title, () => { assert.equal(edited(code, set), expected); });
  }

  it('of an unfinished call are refused where something would be added', () => {
    const text = `${head}nn.ConvTranspose2d(8, 8, 3, 2\n`;
    const [layer] = analyzeFile(text).layers;
    assert.ok(layer);
    assert.equal(layer.end, undefined);
    assert.equal(parameterEdits(layer, { padding: integer(1) }, range => text.slice(range.from, range.to)), undefined);
  });
});

describe('a refused edit says why', () => {
  const cases: readonly (readonly [string, ParameterValues, string])[] = [
    ['k = 3\nnn.ConvTranspose2d(8, 8, k, 2)', { kernel_size: integer(4) }, 'kernel_size comes from the variable k.'],
    ['nn.ConvTranspose2d(8, 8, self.size, 2)', { kernel_size: integer(4) }, 'kernel_size comes from the variable self.size.'],
    ['nn.ConvTranspose2d(8, 8, 2 * s, stride=s)', { kernel_size: integer(4) }, 'kernel_size is computed from the variable s: 2 * s.'],
    ['nn.ConvTranspose2d(8, 8, k if big else m, 2)', { kernel_size: integer(4) }, 'kernel_size is computed from the variables k, big and m: k if big else m.'],
    ['nn.ConvTranspose2d(8, 8, int(k), 2)', { kernel_size: integer(4) }, 'kernel_size is computed from the variable k: int(k).'],
    ['nn.ConvTranspose2d(8, 8, 2 + 1, 2)', { kernel_size: integer(4) }, 'kernel_size is computed: 2 + 1.'],
    ['nn.ConvTranspose2d(8, 8, 3, **options)', { padding: integer(1) }, 'padding may be in **options.'],
    ['nn.ConvTranspose2d(8, 8, 3, 2, 1, 1)', { padding: undefined }, 'padding stands before other positional arguments and cannot be left out.'],
    ['nn.ConvTranspose2d(8, 8, 3)', { padding: { kind: 'unknown' } }, 'The value for padding cannot be written as a literal.'],
    ['nn.ConvTranspose2d(8, 8, 3', { padding: integer(1) }, 'The call has no closing parenthesis yet.'],
  ];
  for (const [code, set, reason] of cases) {
    it(`${code.split('\n').at(-1) ?? ''}: ${reason}`, () => {
      const text = head + code;
      const [layer] = analyzeFile(text).layers;
      assert.ok(layer);
      assert.deepEqual(explainedEdits(layer, set, range => text.slice(range.from, range.to)), { reason });
    });
  }
});

describe('values as Python source', () => {
  const cases = [
    [integer(-3), undefined, '-3'],
    [sizes([2]), undefined, '2'],
    [sizes([1, 2]), '[1,1,1]', '[1, 2]'],
    [sizes([1, 2]), '0x1', '(1, 2)'],
    [{ kind: 'float', value: 2 }, undefined, '2.0'],
    [{ kind: 'float', value: Infinity }, undefined, undefined],
    [{ kind: 'boolean', value: true }, undefined, 'True'],
    [string('it\'s'), undefined, '\'it\\\'s\''],
    [string('it\'s'), '"x"', '"it\'s"'],
    [string('a\nb\\'), undefined, '\'a\\nb\\\\\''],
    [{ kind: 'sequence', form: 'list', items: [none, string('x')] }, undefined, '[None, \'x\']'],
    [{ kind: 'sequence', form: 'tuple', items: [none] }, undefined, '(None,)'],
    [{ kind: 'sequence', form: 'tuple', items: [{ kind: 'unknown' }] }, undefined, undefined],
  ] as const;
  for (const [value, written, expected] of cases) {
    it(expected ?? 'refuses what has none', () => { assert.equal(literalText(value, written), expected); });
  }
});
