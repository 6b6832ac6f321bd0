import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { analyzeFile } from '../../../src/analyze';
import { rules } from '../../../src/rules/index';

const folder = fileURLToPath(new URL('../../../docs/rules/', import.meta.url));
const sections = ['Why', 'Example', 'How to fix', 'How to silence', 'Sources'];

describe('the page of each rule', () => {
  it('exists for the rules that exist, and for no others', () => {
    assert.deepEqual(readdirSync(folder).sort(), rules.map(rule => `${rule.code}.md`).sort());
  });

  it('the list is in the order of the codes, each once', () => {
    const codes = rules.map(rule => rule.code);
    assert.deepEqual(codes, [...new Set(codes)].sort());
  });

  for (const rule of rules) {
    describe(rule.code, () => {
      const page = readFileSync(`${folder}${rule.code}.md`, 'utf8');
      const examples = [...page.matchAll(/^(Before|After):\n\n```python\n([^]*?)```$/gm)];
      const findings = (which: string): readonly string[] => {
        const example = examples.find(each => each[1] === which)?.[2];
        assert.ok(example, `there is an example ${which}`);
        return analyzeFile(example, { severities: { [rule.code]: 'warning' } }).findings.map(finding => finding.rule);
      };

      it('has code and name as its heading, the default severity and all sections', () => {
        assert.equal(page.split('\n')[0], `# ${rule.code}: ${rule.name}`);
        assert.ok(page.includes(`Default severity: \`${rule.severity}\``));
        assert.deepEqual([...page.matchAll(/^## (.*)$/gm)].map(match => match[1]), sections);
        assert.ok(page.includes(`# tconv: ignore[${rule.code}]`));
      });

      it('is reported for the example before, and nothing at all for the one after', () => {
        assert.ok(findings('Before').includes(rule.code));
        assert.deepEqual(findings('After'), []);
      });
    });
  }
});
