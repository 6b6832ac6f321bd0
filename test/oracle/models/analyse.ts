/**
 * What the engine says about the cases of a package: `tsx analyse.ts < {"root", "cases": [{"file", "run"}]}`.
 *
 * Each file is analysed with the case's lines at its end, as they could stand there, and with every file under the root
 * for its imports. The answer holds, for each case, the layers of the JSON report by file, imported ones included.
 */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { analyze } from '../../../src/analyze';
import type { Files } from '../../../src/python/files';
import type { Source } from '../../../src/python/source';
import { fileToJson, type JsonLayer } from '../../../src/report/json';

interface Request {
  readonly root: string;
  readonly cases: readonly { readonly file: string; readonly run: string; readonly framework?: string; readonly keras?: 2 | 3 }[];
}

const { root, cases } = JSON.parse(readFileSync(0, 'utf8')) as Request;
const texts = new Map<string, string | undefined>();
const files: Files = {
  read(path) {
    if (!texts.has(path)) texts.set(path, textOf(join(root, path)));
    return texts.get(path);
  },
};

const answers: Record<string, readonly JsonLayer[]>[] = [];
for (const each of cases) {
  const source: Source = { kind: 'file', path: each.file, cells: [`${files.read(each.file) ?? ''}\n\n${each.run}\n`] };
  const started = performance.now();
  const analysis = analyze(source, { files, kerasVersion: each.keras ?? 3 });
  const took = performance.now() - started;
  if (took > 2000) process.stderr.write(`slow: ${each.file}, ${Math.round(took)} ms\n`);
  const answer: Record<string, readonly JsonLayer[]> = { [each.file]: fileToJson(each.file, analysis).layers };
  for (const path of new Set(analysis.imported.flatMap(layer => layer.range.file ?? []))) {
    const layers = analysis.imported.filter(layer => layer.range.file === path);
    answer[path] = fileToJson(path, { ...analysis, source: { kind: 'file', cells: [files.read(path)] }, layers, findings: [] }).layers;
  }
  answers.push(answer);
}
process.stdout.write(JSON.stringify(answers));

function textOf(path: string): string | undefined {
  try {
    return statSync(path).size > 2_000_000 ? undefined : readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch {
    return undefined;
  }
}
