import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import { commandId, linkableCommands } from '../../../src/editor/commandIds';
import { rules } from '../../../src/rules/index';

interface Manifest {
  readonly icon: string;
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, Property>> };
    readonly configurationDefaults: { readonly 'workbench.editorAssociations': Readonly<Record<string, string>> };
    readonly walkthroughs: readonly { readonly steps: readonly { readonly description: string; readonly media: { readonly svg: string; readonly altText: string } }[] }[];
  };
}

interface Property {
  readonly default?: unknown;
  readonly description?: string;
  readonly markdownDescription?: string;
  readonly properties?: Readonly<Record<string, Property>>;
}

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;
const { commands, configuration, configurationDefaults, walkthroughs } = manifest.contributes;
const declared = commands.map(each => each.command);

describe('manifest', () => {
  it('has a setting for each rule, with its default', () => {
    const severities = configuration.properties['transposedConvLens.rules']?.properties ?? {};
    assert.deepEqual(
      Object.entries(severities).map(([code, { default: severity, description }]) => ({ code, severity, description })),
      rules.map(rule => ({ code: rule.code, severity: rule.severity, description: `${rule.name} (${rule.severity}): ${rule.summary}` })),
      'run: npx tsx scripts/rule-settings.ts');
  });

  it('describes every setting', () => {
    for (const [name, { description, markdownDescription }] of Object.entries(configuration.properties)) {
      assert.ok((markdownDescription ?? description ?? '').length > 20, name);
    }
  });

  it('declares what links may call', () => {
    for (const command of linkableCommands) assert.ok(declared.includes(command), command);
  });

  it('has a page for each rule', () => {
    for (const { code, name } of rules) {
      assert.match(readFileSync(`docs/rules/${code}.md`, 'utf8').split('\n')[0] ?? '', new RegExp(`^# ${code}\\b.*${name}`));
    }
  });

  it('has the pages of rules opened rendered, wherever the extension lies, and nobody else\'s', () => {
    const [[pattern, editor] = ['', ''], ...others] = Object.entries(configurationDefaults['workbench.editorAssociations']);
    assert.deepEqual(others, []);
    assert.equal(editor, 'vscode.markdown.preview.editor');
    for (const path of [
      '/home/me/.vscode/extensions/transposed-conv-lens.transposed-conv-lens-0.1.0/docs/rules/TC101.md', '/home/me/transposed-conv-lens/docs/rules/TC208.md',
      '/transposed-conv-lens/transposed-conv-lens/0.1.0/extension/docs/rules/TC901.md',
    ]) assert.ok(matchesGlob(path, pattern), path);
    assert.ok(!matchesGlob('/home/me/other/docs/rules/TC101.md', pattern));
    assert.ok(!matchesGlob('/home/me/transposed-conv-lens/README.md', pattern));
  });

  it('has a walkthrough of three steps with pictures and commands that exist', () => {
    const steps = walkthroughs.flatMap(each => each.steps);
    assert.equal(steps.length, 3);
    for (const { description, media } of steps) {
      assert.ok(existsSync(media.svg), media.svg);
      assert.ok(media.altText.length > 10);
      const [, command] = /\(command:([\w.]+)\)/.exec(description) ?? [];
      assert.ok(command !== undefined && declared.includes(command), description);
    }
  });

  it('has an icon that is a PNG of at least 128 pixels', () => {
    const icon = readFileSync(manifest.icon);
    assert.equal(icon.subarray(1, 4).toString('latin1'), 'PNG');
    assert.ok(icon.readUInt32BE(16) >= 128 && icon.readUInt32BE(20) >= 128);
  });

  it('names commands after the extension', () => {
    assert.ok(declared.includes(commandId('openPlayground')));
    for (const command of declared) assert.match(command, /^transposedConvLens\.\w+$/);
  });
});

/** `**` stands for any number of whole parts of a path, `*` for part of one: as the editor reads its associations. */
function matchesGlob(path: string, pattern: string): boolean {
  const source = pattern.split(/(\*\*\/|\*)/).map(part => part === '**/' ? '(?:.*/)?' : part === '*' ? '[^/]*' : part.replace(/[.+?^${}()|[\]\\]/g, '\\$&')).join('');
  return new RegExp(`^${source}$`).test(path);
}
