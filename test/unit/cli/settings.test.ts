import assert from 'node:assert/strict';
import type { Rule, SeveritySetting } from '../../../src/rules/rule';
import { emptySettings, matchingRules, readProjectSettings, selectRules } from '../../../src/settings';

const rule = (code: string, name: string, severity: SeveritySetting): Rule => ({ code, name, severity, summary: name, check: () => [] });
const rules = [rule('TC101', 'uneven-overlap', 'warning'), rule('TC104', 'even-but-blocky', 'off'), rule('TC201', 'output-padding-too-large', 'error')];

describe('readProjectSettings', () => {
  it('reads every setting', () => {
    const text = `
[project]
name = "x"
[tool.transposed-conv-lens]
select = ["TC1", "output-padding-too-large"]
ignore = ["TC104"]
exclude = ["third_party/"]
keras-version = 2
image-data-format = "channels_first"
[tool.transposed-conv-lens.rules]
uneven-overlap = "error"
TC201 = "off"
`;
    assert.deepEqual(readProjectSettings(text, rules), { problems: [], settings: {
      select: ['TC1', 'output-padding-too-large'], ignore: ['TC104'], exclude: ['third_party/'],
      kerasVersion: 2, imageDataFormat: 'channels_first', severities: { TC101: 'error', TC201: 'off' },
    } });
  });

  it('has no settings where the file has no section', () => {
    assert.deepEqual(readProjectSettings('[tool.black]\n', rules), { settings: undefined, problems: [] });
    assert.deepEqual(readProjectSettings('', rules), { settings: undefined, problems: [] });
  });

  it('takes the top of a file of its own', () => {
    const text = '\uFEFFignore = ["TC101"]';
    assert.deepEqual(readProjectSettings(text, rules, { wholeFile: true }).settings, { ...emptySettings, ignore: ['TC101'] });
    assert.equal(readProjectSettings(text, rules).settings, undefined);
  });

  const wrong: readonly [string, string][] = [
    ['ignore = "TC101"', 'ignore must be a list of strings'],
    ['ignore = ["TC999"]', 'ignore: there is no rule TC999'],
    ['keras-version = 4', 'keras-version must be 2 or 3'],
    ['image-data-format = "NCHW"', 'image-data-format must be "channels_last" or "channels_first"'],
    ['colour = 1', 'there is no setting colour'],
    ['rules = 3', 'rules must be a table'],
    ['rules.TC101 = "loud"', 'rules: TC101 must be one of error, warning, information, hint, off'],
    ['rules.TC999 = "off"', 'rules: there is no rule TC999'],
  ];
  for (const [line, problem] of wrong) {
    it(`says what is wrong with ${line} and keeps the rest`, () => {
      const { settings, problems } = readProjectSettings(`[tool.transposed-conv-lens]\nselect = ["TC2"]\n${line}`, rules);
      assert.deepEqual(problems, [problem]);
      assert.deepEqual(settings, { ...emptySettings, select: ['TC2'], ...(line.startsWith('ignore') ? { ignore: [] } : {}) });
    });
  }

  it('names the line of broken TOML', () => {
    const { settings, problems } = readProjectSettings('[tool.transposed-conv-lens]\nignore = [', rules);
    assert.equal(settings, undefined);
    assert.match(problems.join(), /^line 2: \S/);
  });

  it('refuses a section that is not a table', () => {
    assert.deepEqual(readProjectSettings('tool.transposed-conv-lens = 1', rules).problems, ['tool.transposed-conv-lens must be a table']);
  });
});

describe('matchingRules', () => {
  const cases: readonly [string, string][] = [
    ['TC101', 'TC101'], ['tc101', 'TC101'], ['TC1', 'TC101 TC104'], ['TC', 'TC101 TC104 TC201'], ['ALL', 'TC101 TC104 TC201'],
    ['uneven-overlap', 'TC101'], ['uneven', ''], ['T', ''], ['', ''], ['TC1011', ''],
  ];
  for (const [selector, expected] of cases) {
    it(`${selector || 'nothing'} is ${expected || 'no rule'}`, () => {
      assert.equal(matchingRules(selector, rules).map(each => each.code).join(' '), expected);
    });
  }
});

describe('selectRules', () => {
  const select = (...selectors: readonly string[]) => ({ select: selectors, ignore: [] });
  const cases: readonly [string, Parameters<typeof selectRules>[1], Parameters<typeof selectRules>[2], Record<string, SeveritySetting>][] = [
    ['keeps defaults', {}, [], { TC101: 'warning', TC104: 'off', TC201: 'error' }],
    ['takes severities', { TC101: 'hint' }, [], { TC101: 'hint', TC104: 'off', TC201: 'error' }],
    ['selects', {}, [select('TC101')], { TC101: 'warning', TC104: 'off', TC201: 'off' }],
    ['switches on what is named whole', {}, [select('TC104')], { TC101: 'off', TC104: 'information', TC201: 'off' }],
    ['does not switch on by the beginning of a code', {}, [select('TC1')], { TC101: 'warning', TC104: 'off', TC201: 'off' }],
    ['ignores', {}, [{ select: undefined, ignore: ['TC2'] }], { TC101: 'warning', TC104: 'off', TC201: 'off' }],
    ['ignores within what is selected', {}, [{ select: ['ALL'], ignore: ['TC2'] }], { TC101: 'warning', TC104: 'off', TC201: 'off' }],
    ['lets the later selection narrow', {}, [select('TC1'), select('TC201')], { TC101: 'off', TC104: 'off', TC201: 'error' }],
    ['lets the later selection name what the earlier left out', {}, [{ select: undefined, ignore: ['TC101'] }, select('TC101')], { TC101: 'warning', TC104: 'off', TC201: 'off' }],
  ];
  for (const [name, severities, selections, expected] of cases) {
    it(name, () => assert.deepEqual(selectRules(rules, severities, selections), expected));
  }
});
