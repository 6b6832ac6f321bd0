import assert from 'node:assert/strict';
import { TextReporter } from '../../../src/report/text';
import { analysisWith } from './documents';

const plain = (): TextReporter => new TextReporter({ colours: false });

describe('text report', () => {
  it('shows place, rule, message, the source with marks, notes and fixes', () => {
    const analysis = analysisWith(['import x\nup = f(\n    kernel_size=3)\n'], [{ at: 'kernel_size=3', relatedTo: 'up', replace: 'kernel_size=4' }]);
    assert.equal(plain().file('models/a.py', analysis), [
      'models/a.py:3:5: warning TC101 uneven-overlap: Uneven.',
      '     3 |     kernel_size=3)',
      '       |     ^^^^^^^^^^^^^',
      '       = note: models/a.py:2:1: The other.',
      '       = fix: Use kernel_size=4',
      '', '',
    ].join('\n'));
  });

  it('counts cells of a notebook from 1', () => {
    const analysis = analysisWith([undefined, 'x', 'y\nz = 1'], [{ at: 'z' }], 'notebook');
    assert.match(plain().file('a.ipynb', analysis), /^a\.ipynb:cell 3:2:1: /);
  });

  it('marks the first line of a range over several', () => {
    const analysis = analysisWith(['up = f(\r\n  3)\r\n'], [{ at: 'f(\r\n  3)' }]);
    assert.match(plain().file('a.py', analysis), /\| up = f\(\n +\| {6}\^\^\n/);
  });

  it('sums up', () => {
    const reporter = plain();
    reporter.file('a.py', analysisWith(['x y z'], [{ at: 'x' }, { at: 'y', severity: 'error' }, { at: 'z', severity: 'error' }]));
    reporter.file('b.py', analysisWith(['x'], [{ at: 'x', severity: 'information' }]));
    assert.equal(reporter.end(), 'Checked 0 transposed convolutions in 2 files: 2 errors, 1 warning, 1 note.\n');
  });

  it('says when nothing is found, and what was not checked', () => {
    const reporter = plain();
    reporter.file('a.py', analysisWith(['x'], []));
    assert.equal(reporter.end(), 'Checked 0 transposed convolutions in 1 file: nothing found.\n');
    assert.equal(reporter.error('b.py', 'permission denied'), 'b.py: cannot be read: permission denied\n\n');
    assert.match(reporter.end(), /nothing found; 1 file not checked\.\n$/);
  });

  it('paints only when asked', () => {
    const analysis = analysisWith(['x'], [{ at: 'x' }]);
    assert.ok(!plain().file('a.py', analysis).includes('\u001b'));
    assert.ok(new TextReporter({ colours: true }).file('a.py', analysis).includes('\u001b[1;33mwarning TC101\u001b[0m'));
  });

  it('passes nothing on that drives a terminal', () => {
    const analysis = analysisWith(['x\u001b[2J'], [{ at: 'x', message: 'Bad \u001b[2J.' }]);
    const text = plain().file('a\u001b[2J.py', analysis) + plain().error('\u0007', '\u001b');
    assert.ok(!/[\u0007\u001b]/.test(text)); // eslint-disable-line no-control-regex
  });
});
