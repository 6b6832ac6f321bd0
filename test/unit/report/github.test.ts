import assert from 'node:assert/strict';
import { GithubReporter } from '../../../src/report/github';
import { analysisWith } from './documents';

const reporter = new GithubReporter();

describe('GitHub report', () => {
  it('annotates a range on one line', () => {
    assert.equal(reporter.file('a.py', analysisWith(['x\n  up(3)'], [{ at: 'up(3)' }])),
      '::warning file=a.py,line=2,endLine=2,col=3,endColumn=8,title=TC101 uneven-overlap::Uneven.\n');
  });

  it('gives no columns for a range over several lines', () => {
    assert.equal(reporter.file('a.py', analysisWith(['up(\n3)'], [{ at: 'up(\n3)', severity: 'error' }])),
      '::error file=a.py,line=1,endLine=2,title=TC101 uneven-overlap::Uneven.\n');
  });

  it('escapes what the format uses', () => {
    assert.equal(reporter.file('a,b:c.py', analysisWith(['x'], [{ at: 'x', severity: 'hint', message: '100%\n::error::' }])),
      '::notice file=a%2Cb%3Ac.py,line=1,endLine=1,col=1,endColumn=2,title=TC101 uneven-overlap::100%25%0A::error::\n');
  });

  it('names cell and line of a notebook in the message', () => {
    assert.equal(reporter.file('a.ipynb', analysisWith([undefined, 'x\ny'], [{ at: 'y' }], 'notebook')),
      '::warning file=a.ipynb,title=TC101 uneven-overlap::Cell 2, line 2: Uneven.\n');
  });

  it('reports a file that cannot be read', () => {
    assert.equal(reporter.error('a.py', 'not valid UTF-8'), '::error file=a.py,title=cannot be read::not valid UTF-8\n');
  });
});
