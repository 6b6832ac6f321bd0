import assert from 'node:assert/strict';
import { analyze, analyzeFile } from '../../../src/analyze';
import { checkLayers } from '../../../src/rules/check';
import { readSuppressions } from '../../../src/rules/suppressions';
import { applyEdits, check } from '../check';

describe('suppression comments', () => {
  it('silence the line they stand on', () => {
    check(`
      from torch import nn
      nn.ConvTranspose2d(8, 8, 3, 2)  # tconv: ignore
      nn.ConvTranspose2d(8, 8, 3, 2)  # tconv: ignore[TC101]
      nn.ConvTranspose2d(8, 8, 3, 2, 1)  # tconv: ignore[TC301, tc101] the next layer crops
      nn.ConvTranspose2d(8, 8, 3, 2)  # noqa  # tconv:ignore
      nn.ConvTranspose2d(8, 8, 3, 2)
      #                        ^ warning TC101
    `);
  });

  it('hold on the line of the finding and on the line where the call starts', () => {
    check(`
      from torch import nn
      up = nn.ConvTranspose2d(  # tconv: ignore
          8, 8,
          kernel_size=3,
          stride=2)
      up = nn.ConvTranspose2d(
          8, 8,
          kernel_size=3,  # tconv: ignore[TC101]
          stride=2)
      up = nn.ConvTranspose2d(
          8, 8,
          kernel_size=3,
      #   ^^^^^^^^^^^^^ warning TC101
          stride=2)  # tconv: ignore
      #              ^^^^^^^^^^^^^^^ information TC901
    `);
  });

  it('silence only the codes that they name', () => {
    check(`
      from torch import nn
      nn.ConvTranspose2d(8, 8, 3, 2, 1)  # tconv: ignore[TC301]
      #                        ^ warning TC101
    `);
  });

  it('silence a whole file', () => {
    check(`
      # tconv: ignore-file
      from torch import nn
      nn.ConvTranspose2d(8, 8, 3, 2)
    `);
    check(`
      # tconv: ignore-file[TC301]
      from torch import nn
      nn.ConvTranspose2d(8, 8, 3, 2, 1)
      #                        ^ warning TC101
    `);
  });

  it('silence a whole notebook, or a line of a cell', () => {
    const layer = 'from torch import nn\nnn.ConvTranspose2d(8, 8, 3, 2)';
    assert.deepEqual(analyze({ kind: 'notebook', cells: ['# tconv: ignore-file', layer] }).findings, []);
    const findings = analyze({ kind: 'notebook', cells: [`${layer}  # tconv: ignore`, undefined, layer] }).findings;
    assert.deepEqual(findings.map(each => [each.rule, each.range.cell]), [['TC101', 2]]);
  });

  it('are comments, not strings, and not other words', () => {
    check(`
      from torch import nn
      nn.ConvTranspose2d(8, 8, 3, 2); text = "# tconv: ignore"
      #                        ^ warning TC101
      nn.ConvTranspose2d(8, 8, 3, 2)  # tconv: ignored
      #                        ^ warning TC101
      nn.ConvTranspose2d(8, 8, 3, 2)  # conv: ignore
      #                        ^ warning TC101
      nn.ConvTranspose2d(8, 8, 3, 2)  # tconv: x = (N, 8, 4, 4)
      #                        ^ warning TC101
    `);
  });

  it('that are not closed silence only what they name', () => {
    const [only] = readSuppressions([{ range: { from: 10, to: 40, cell: 0 }, text: '# tconv: ignore[TC101' }]);
    assert.deepEqual(only?.codes, ['TC101']);
  });

  it('of a rule that is off are not unused', () => {
    check(`
      from torch import nn
      nn.ConvTranspose2d(8, 8, 2, 2)  # tconv: ignore[TC104]
    `);
  });
});

describe('TC901 unused-suppression', () => {
  it('reports comments that suppress nothing', () => {
    check(`
      from torch import nn
      nn.ConvTranspose2d(8, 8, 4, 2, 1)  # tconv: ignore
      #                                  ^^^^^^^^^^^^^^^ information TC901: This comment suppresses nothing.
      nn.ConvTranspose2d(8, 8, 3, 2)  # tconv: ignore[TC101, TC201]
      #                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information TC901: This comment suppresses nothing: TC201 is not reported here.
      nn.ConvTranspose2d(8, 8, 4, 2, 1)  # tconv: ignore[TC999]
      #                                  ^^^^^^^^^^^^^^^^^^^^^^ information TC901: This comment suppresses nothing: there is no rule TC999.
      nn.ConvTranspose2d(8, 8, 4, 2, 1)  # tconv: ignore[]
      #                                  ^^^^^^^^^^^^^^^^^ information TC901: This comment names no rule.
    `);
  });

  it('is silenced by its own code, and can be switched off', () => {
    check('x = 1  # tconv: ignore[TC901]');
    check('x = 1  # tconv: ignore', { severities: { TC901: 'off' } });
  });

  const fixes: readonly (readonly [string, string])[] = [
    ['x = 1  # tconv: ignore', 'x = 1'],
    ['x = 1  # tconv: ignore[TC101]  # noqa', 'x = 1  # noqa'],
    ['x = 1  # noqa  # tconv: ignore', 'x = 1  # noqa'],
    ['x = 1  # tconv: ignore because', 'x = 1  # because'],
    ['# tconv: ignore-file\nx = 1', '\nx = 1'],
    ['from torch import nn\nnn.ConvTranspose2d(8, 8, 3, 2)  # tconv: ignore[TC201, TC101] why', 'from torch import nn\nnn.ConvTranspose2d(8, 8, 3, 2)  # tconv: ignore[TC101] why'],
  ];
  for (const [before, after] of fixes) {
    it(`is mended: ${before.split('\n').at(-1) ?? ''}`, () => {
      const [finding] = analyzeFile(before).findings;
      assert.equal(finding?.rule, 'TC901');
      const text = applyEdits(before, finding.fixes[0]?.edits ?? []);
      assert.equal(text, after);
      assert.deepEqual(analyzeFile(text).findings, []);
    });
  }

  it('stays fast with very many comments', () => {
    const comments = Array.from({ length: 20_000 }, (_, line) => ({ range: { from: line * 20, to: line * 20 + 15, cell: 0 }, text: '# tconv: ignore' }));
    const text = '# tconv: ignore    \n'.repeat(comments.length);
    const findings = checkLayers({ layers: [], comments, text: range => text.slice(range.from, range.to) });
    assert.equal(findings.length, comments.length);
  });
});

describe('severities', () => {
  it('are changed and switched off by code', () => {
    check(`
      from torch import nn
      nn.ConvTranspose2d(8, 8, 3, 2, 1)
      #                        ^ error TC101
    `, { severities: { TC101: 'error', TC301: 'off' } });
  });

  it('are not read from the object they inherit', () => {
    const severities = Object.create({ TC101: 'off' }) as Record<string, 'off'>;
    assert.equal(analyzeFile('from torch import nn\nnn.ConvTranspose2d(8, 8, 3, 2)', { severities }).findings.length, 1);
  });
});
