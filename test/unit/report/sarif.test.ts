import assert from 'node:assert/strict';
import { SarifReporter } from '../../../src/report/sarif';
import type { Rule } from '../../../src/rules/rule';
import { analysisWith } from './documents';

const rules: readonly Rule[] = [
  { code: 'TC101', name: 'uneven-overlap', severity: 'warning', summary: 'Uneven.', check: () => [] },
  { code: 'TC104', name: 'even-but-blocky', severity: 'off', summary: 'Blocky.', check: () => [] },
];

function log(fill: (reporter: SarifReporter) => void) {
  const reporter = new SarifReporter({ version: '1.2.3', rules });
  fill(reporter);
  return JSON.parse(reporter.end()).runs[0];
}

describe('SARIF report', () => {
  it('describes the tool and its rules', () => {
    assert.deepEqual(log(() => undefined).tool.driver, { name: 'tconv', version: '1.2.3', rules: [
      { id: 'TC101', name: 'uneven-overlap', shortDescription: { text: 'Uneven.' }, defaultConfiguration: { enabled: true, level: 'warning' } },
      { id: 'TC104', name: 'even-but-blocky', shortDescription: { text: 'Blocky.' }, defaultConfiguration: { enabled: false, level: 'none' } },
    ] });
  });

  it('gives a result with region, related places and fixes', () => {
    const analysis = analysisWith(['a\n  up(3)'], [{ at: '3', relatedTo: 'up', replace: '4' }]);
    const region = { startLine: 2, startColumn: 6, endLine: 2, endColumn: 7 };
    const artifactLocation = { uri: 'my%20models/a.py' };
    assert.deepEqual(log(reporter => reporter.file('my models/a.py', analysis)).results, [{
      ruleId: 'TC101', ruleIndex: 0, level: 'warning', message: { text: 'Uneven.' },
      locations: [{ physicalLocation: { artifactLocation, region } }],
      relatedLocations: [{ id: 0, physicalLocation: { artifactLocation, region: { startLine: 2, startColumn: 3, endLine: 2, endColumn: 5 } }, message: { text: 'The other.' } }],
      fixes: [{ description: { text: 'Use 4' }, artifactChanges: [{ artifactLocation, replacements: [{ deletedRegion: region, insertedContent: { text: '4' } }] }] }],
    }]);
  });

  it('names the cell of a notebook and gives no region of the file', () => {
    const [result] = log(reporter => reporter.file('a.ipynb', analysisWith([undefined, 'x'], [{ at: 'x', replace: 'y' }], 'notebook'))).results;
    assert.equal(result.message.text, 'Cell 2, line 1: Uneven.');
    assert.deepEqual(result.locations, [{ physicalLocation: { artifactLocation: { uri: 'a.ipynb' } } }]);
    assert.deepEqual(result.properties, { cell: 1 });
    assert.equal(result.fixes, undefined);
  });

  it('tells of files that cannot be read', () => {
    const [invocation] = log(reporter => reporter.error('a.py', 'permission denied')).invocations;
    assert.equal(invocation.executionSuccessful, false);
    assert.equal(invocation.toolExecutionNotifications[0].message.text, 'permission denied');
  });

  for (const [path, uri] of [['/srv/a b.py', 'file:///srv/a%20b.py'], ['C:/x/a.py', 'file:///C:/x/a.py'], ['../a.py', '../a.py'], ['größe.py', 'gr%C3%B6%C3%9Fe.py']] as const) {
    it(`writes ${path} as ${uri}`, () => {
      const [result] = log(reporter => reporter.file(path, analysisWith(['x'], [{ at: 'x' }]))).results;
      assert.equal(result.locations[0].physicalLocation.artifactLocation.uri, uri);
    });
  }
});
