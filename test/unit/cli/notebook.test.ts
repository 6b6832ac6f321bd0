import assert from 'node:assert/strict';
import { readNotebook } from '../../../src/python/notebook';

const notebook = (cells: readonly unknown[], metadata: unknown = {}): string => JSON.stringify({ cells, metadata, nbformat: 4 });
const code = (source: unknown, more: object = {}): object => ({ cell_type: 'code', source, ...more });
const cellsOf = (text: string): unknown => {
  const reading = readNotebook(text);
  return 'error' in reading ? reading.error : reading.source.cells;
};

describe('readNotebook', () => {
  const cases: readonly [string, string, unknown][] = [
    ['joins lines and keeps the places of cells', notebook([{ cell_type: 'markdown', source: ['# x'] }, code(['a = 1\n', 'b = 2']), code('c')]), [undefined, 'a = 1\nb = 2', 'c']],
    ['another language', notebook([code('x')], { kernelspec: { language: 'julia' } }), [undefined]],
    ['a kernel named by the language only', notebook([code('x')], { language_info: { name: 'R' } }), [undefined]],
    ['a kernel with a free name', notebook([code('x')], { kernelspec: { name: 'my-env' } }), ['x']],
    ['IPython', notebook([code('x')], { language_info: { name: 'ipython' } }), ['x']],
    ['a cell in another language', notebook([code('x', { metadata: { vscode: { languageId: 'shellscript' } } })]), [undefined]],
    ['format 3', JSON.stringify({ worksheets: [{ cells: [code(undefined, { input: ['x\n', 'y'] }), { cell_type: 'heading' }] }] }), ['x\ny', undefined]],
    ['cells that are no cells', notebook([null, 3, code(7), code([1, 'x'])]), [undefined, undefined, undefined, 'x']],
    ['no cells', notebook([]), []],
    ['a file cut off', '{"cells": [\n  {"cell_type": "code"', 'not a notebook: unexpected end of JSON at line 2, column 23'],
    ['an empty file', ' \n', 'not a notebook: the file is empty'],
    ['other JSON', '[1, 2]', 'not a notebook: the file is not a JSON object'],
    ['an object without cells', '{"a": 1}', 'not a notebook: it has no list of cells'],
  ];
  for (const [name, text, expected] of cases) {
    it(name, () => assert.deepEqual(cellsOf(text), expected));
  }

  it('says where broken JSON breaks, as far as the engine tells', () => {
    assert.match(String(cellsOf('{"cells":\n[1 2]}')), /^not a notebook: invalid JSON( at line 2, column 4)?$/);
    assert.match(String(cellsOf('print("hello")')), /^not a notebook: invalid JSON( at line 1, column 1)?$/);
  });

  it('survives JSON nested without end', () => {
    assert.match(String(cellsOf('['.repeat(200_000))), /^not a notebook: /);
  });
});
