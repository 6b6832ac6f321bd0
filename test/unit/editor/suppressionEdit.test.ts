import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { analyzeFile } from '../../../src/analyze';
import { suppressionEdit } from '../../../src/editor/suppressionEdit';

/** The line after the edit. */
function silenced(line: string): string | undefined {
  const edit = suppressionEdit(line, 'TC101');
  return edit && line.slice(0, edit.column) + edit.text + line.slice(edit.column);
}

describe('suppressionEdit', () => {
  for (const [line, expected] of [
    ['up = f()', 'up = f()  # tconv: ignore[TC101]'],
    ['up = f()   ', 'up = f()  # tconv: ignore[TC101]   '],
    ['up = f()  # noqa', 'up = f()  # noqa  # tconv: ignore[TC101]'],
    ['up = f()  # tconv: ignore[TC301]', 'up = f()  # tconv: ignore[TC301, TC101]'],
    ['up = f()  # tconv: ignore[]', 'up = f()  # tconv: ignore[TC101]'],
    ['up = f(), \\', undefined],
  ] as const) {
    it(`${line} → ${expected ?? 'nothing'}`, () => assert.equal(silenced(line), expected));
  }

  it('silences the rule', () => {
    const layer = 'import torch.nn as nn\nup = nn.ConvTranspose2d(8, 4, 3, 2, 1, 1)';
    const [before, after] = [layer, layer.replace(/up.*$/, line => silenced(line) ?? '')].map(text => analyzeFile(text).findings.map(each => each.rule));
    assert.deepEqual(before, ['TC101']);
    assert.deepEqual(after, []);
  });
});
