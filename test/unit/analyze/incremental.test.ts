import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { format } from '../../../src/algebra/format';
import { analyzeFile, Analyzer } from '../../../src/analyze';
import { shown } from './shown';

const folder = new URL('../../fixtures/workspace/', import.meta.url);
const texts = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.py')).map(name => readFileSync(new URL(name, folder), 'utf8'));

/** What people type: whole lines gone or doubled, numbers and names changed, brackets opened. */
const edit = fc.record({
  at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  kind: fc.constantFrom('delete a character', 'delete a line', 'double a line', 'type'),
  typed: fc.constantFrom('1', '2', 'x', '(', ')', '\n', '    ', '#', ' = 3', 'self.', ', stride=2', '\nngf = 32\n', '\nnn = None\n'),
});

function apply(text: string, { at, kind, typed }: { at: number; kind: string; typed: string }): string {
  const place = Math.floor(at * text.length);
  const start = text.lastIndexOf('\n', place - 1) + 1;
  const next = text.indexOf('\n', place);
  const end = next < 0 ? text.length : next + 1;
  switch (kind) {
    case 'delete a character': return text.slice(0, place) + text.slice(place + 1);
    case 'delete a line': return text.slice(0, start) + text.slice(end);
    case 'double a line': return text.slice(0, end) + text.slice(start, end) + text.slice(end);
    default: return text.slice(0, place) + typed + text.slice(place);
  }
}

describe('analysis of one version after another', () => {
  it('gives what a first analysis of the same text gives', function () {
    this.timeout(240_000);
    fc.assert(fc.property(fc.constantFrom(...texts), fc.array(edit, { minLength: 1, maxLength: 12 }), (first, edits) => {
      const analyzer = new Analyzer();
      let text = first;
      analyzer.analyze({ kind: 'file', cells: [text] });
      for (const next of edits) {
        text = apply(text, next);
        const again = shown(analyzer.analyze({ kind: 'file', cells: [text] }));
        const fresh = shown(new Analyzer().analyze({ kind: 'file', cells: [text] }));
        assert.deepEqual(again, fresh);
      }
    }), { seed: 3, numRuns: 80 });
  });

  it('leaves what was said of an earlier version as it was', () => {
    const analyzer = new Analyzer();
    const [before] = texts.filter(text => text.includes('ConvTranspose2d'));
    assert.ok(before !== undefined);
    analyzer.analyze({ kind: 'file', cells: [`# first\n${before}`] });
    const kept = analyzer.analyze({ kind: 'file', cells: [before] });
    analyzer.analyze({ kind: 'file', cells: [`import os\n\n${before}`] });
    assert.deepEqual(shown(kept), shown(analyzeFile(before)));
  });
});

describe('a change of what another statement made', () => {
  const shapes = (analyzer: Analyzer, line: string): string => {
    const text = `import torch.nn as nn\nsizes, first = [4], nn.Conv2d(3, 8, 3, 2, 1)\n${line}\ndef f(x):\n    return nn.ConvTranspose2d(8, sizes[-1], 2, 2)(first(x))\n`;
    return JSON.stringify(analyzer.analyze({ kind: 'file', cells: [text] }).layers.map(({ instances }) => instances.map(({ input, output }) => [input, output].map(shape => shape?.map(size => size.known ? format(size) : '?')))));
  };
  const kept = new Analyzer();
  for (const line of ['pass', 'sizes.append(9)', 'pass', 'sizes[0] = 7', 'first.stride = 1', 'pass', 'first.stride = (1, 1)', '']) {
    it(`counts at once: ${line}`, () => { assert.equal(shapes(kept, line), shapes(new Analyzer(), line)); });
  }
});
