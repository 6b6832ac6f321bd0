import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import packageJson from '../../../package.json';
import { main } from '../../../src/cli/main';
import { nodeIo } from '../../../src/cli/nodeIo';
import { rules } from '../../../src/rules/index';

const pages = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md'];
const readme = readFileSync('README.md', 'utf8');

describe('README', () => {
  for (const rule of rules) {
    it(`lists ${rule.code} as it is`, () => {
      const row = readme.split('\n').find(line => line.startsWith(`| [${rule.code}](`));
      assert.equal(row, `| [${rule.code}](docs/rules/${rule.code}.md) | ${rule.name} | ${rule.severity} | ${rule.summary} |`);
    });
  }

  const settings = packageJson.contributes.configuration.properties;
  for (const [name, { default: value }] of Object.entries(settings)) {
    it(`lists the setting ${name} with its default`, () => {
      const shown = typeof value === 'string' ? value : JSON.stringify(value);
      assert.ok(readme.includes(`| \`${name}\` | \`${shown}\` |`));
    });
  }

  it('shows what the command line prints', async () => {
    const [, command = '', shown = ''] = /\n(node dist\/cli\.js .*)\n```\n\n```text\n([^`]*)\n```/.exec(readme) ?? [];
    let printed = '';
    await main(command.split(' ').slice(2), { ...nodeIo(), terminal: false, environment: {}, write: async text => { printed += text; } });
    assert.equal(printed.split('\n\n')[0], shown);
  });

  it('names the scripts that exist', () => {
    for (const page of pages) {
      for (const [, script = ''] of readFileSync(page, 'utf8').matchAll(/npm run ([\w:]+)/g)) {
        assert.ok(Object.hasOwn(packageJson.scripts, script), `${page}: npm run ${script}`);
      }
    }
  });
});

for (const page of pages) {
  it(`${page} links to files that exist`, () => {
    const targets = [...readFileSync(page, 'utf8').matchAll(/\]\(([^)#\s]+)/g)].map(([, target = '']) => target);
    const missing = targets.filter(target => !/^\w+:/.test(target) && !existsSync(join(dirname(resolve(page)), target)));
    assert.deepEqual(missing, []);
  });
}
