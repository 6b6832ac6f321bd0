// Writes a severity setting for each rule into package.json: npx tsx scripts/rule-settings.ts
import { readFileSync, writeFileSync } from 'node:fs';
import { rules } from '../src/rules/index';

interface Manifest {
  readonly contributes: { readonly configuration: { readonly properties: Record<string, { properties?: object }> } };
}

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;
const setting = manifest.contributes.configuration.properties['transposedConvLens.rules'];
if (setting === undefined) throw new Error('package.json has no setting transposedConvLens.rules');
setting.properties = Object.fromEntries(rules.map(rule => [rule.code, {
  type: 'string', enum: ['error', 'warning', 'information', 'hint', 'off'],
  default: rule.severity, description: `${rule.name} (${rule.severity}): ${rule.summary}`,
}]));
writeFileSync('package.json', `${JSON.stringify(manifest, null, 2)}\n`);
