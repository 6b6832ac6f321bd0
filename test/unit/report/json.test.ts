import assert from 'node:assert/strict';
import { constant, symbol, unknown } from '../../../src/algebra/integer';
import type { Shape } from '../../../src/frameworks/argument';
import { readPlain, type PlainArgument } from '../../../src/frameworks/plain';
import type { Instance } from '../../../src/network/layer';
import { fileToJson, JsonReporter, type JsonInstance, type JsonLayer } from '../../../src/report/json';
import { analysisWith } from './documents';

const torch = 'torch.nn.ConvTranspose2d';

function instance(api: string, values: Readonly<Record<string, PlainArgument>>, more: Partial<Instance> = {}): Instance {
  const reading = readPlain(api, values, { kerasVersion: 3 });
  assert.ok(reading !== undefined, `no API ${api}`);
  return {
    reading, assumed: [], input: undefined, output: undefined, inputOrigin: undefined, before: [], problems: [], path: [],
    parameters: unknown, multiplyAdds: unknown, ...more,
  };
}

function layersOf(instances: readonly [Instance, ...Instance[]]): readonly JsonLayer[] {
  const range = { from: 0, to: 1, cell: 0 };
  const layer = { reading: instances[0].reading, range, callee: range, arguments: [], end: undefined, instances, cutOff: undefined, call: instances, core: instances };
  return fileToJson('a.py', { ...analysisWith(['x'], []), layers: [layer] }).layers;
}

/** What the report says of one layer, made of plain arguments. */
function instanceOf(...given: Parameters<typeof instance>): JsonInstance {
  const [layer] = layersOf([instance(...given)]);
  assert.equal(layer?.api, given[0]);
  const [first] = layer.instances;
  assert.ok(first !== undefined);
  return first;
}

describe('JSON report', () => {
  it('gives the instance of the contract', () => {
    const shape = (channels: number, size: number): Shape => [symbol('N'), constant(channels), constant(size), constant(size)];
    const { arguments: given, unknown: missing, ...rest } = instanceOf(torch,
      { in_channels: 512, out_channels: 256, kernel_size: 4, stride: 2, padding: 1 },
      { assumed: ['ngf=64 (default of parameter)'], input: shape(512, 4), output: shape(256, 8), parameters: constant(2097408), multiplyAdds: constant(33554432) });
    const { in_channels, out_channels, kernel_size, stride, padding, output_padding, dilation, groups } = given;
    assert.deepEqual({ in_channels, out_channels, kernel_size, stride, padding, output_padding, dilation, groups }, {
      in_channels: 512, out_channels: 256, kernel_size: [4, 4], stride: [2, 2], padding: [1, 1], output_padding: [0, 0], dilation: [1, 1], groups: 1,
    });
    assert.deepEqual(missing, []);
    assert.deepEqual(rest, {
      assumed: ['ngf=64 (default of parameter)'],
      outputFormula: ['2*H', '2*W'],
      input: ['N', 512, 4, 4], output: ['N', 256, 8, 8],
      overlap: { even: true, holes: false, ratio: 1, counts: [[2, 2], [2, 2]] },
      parameters: 2097408, multiplyAdds: 33554432,
    });
  });

  it('says null for what is not known', () => {
    const { input, output, parameters, multiplyAdds } = instanceOf(torch, { in_channels: 4, out_channels: 4, kernel_size: 4 });
    assert.deepEqual({ input, output, parameters, multiplyAdds }, { input: null, output: null, parameters: null, multiplyAdds: null });
  });

  const layer = { in_channels: 4, out_channels: 4 };
  const cases: readonly [string, Record<string, PlainArgument>, JsonInstance['outputFormula'], JsonInstance['overlap']][] = [
    ['counts from where the output begins: kernel 3, stride 2, padding 1', { ...layer, kernel_size: 3, stride: 2, padding: 1 }, ['2*H - 1', '2*W - 1'],
      { even: false, holes: false, ratio: 4, counts: [[1, 2], [1, 2]] }],
    ['the same without padding', { ...layer, kernel_size: 3, stride: 2 }, ['2*H + 1', '2*W + 1'],
      { even: false, holes: false, ratio: 4, counts: [[2, 1], [2, 1]] }],
    ['axes that differ', { ...layer, kernel_size: [5, 2], stride: [3, 2] }, ['3*H + 2', '2*W'],
      { even: false, holes: false, ratio: 2, counts: [[2, 2, 1], [1, 1]] }],
    ['no ratio with holes', { ...layer, kernel_size: 2, stride: 3 }, ['3*H - 1', '3*W - 1'],
      { even: false, holes: true, ratio: null, counts: [[1, 1, 0], [1, 1, 0]] }],
    ['holes by dilation', { ...layer, kernel_size: 3, stride: 2, dilation: 2, padding: 1 }, ['2*H + 1', '2*W + 1'],
      { even: false, holes: true, ratio: null, counts: [[0, 3], [0, 3]] }],
  ];
  for (const [name, values, formula, overlap] of cases) {
    it(name, () => {
      const said = instanceOf(torch, values);
      assert.deepEqual(said.outputFormula, formula);
      assert.deepEqual(said.overlap, overlap);
    });
  }

  it('names the input of one dimension L and of three D, H, W', () => {
    const values = { in_channels: 1, out_channels: 1, kernel_size: 2, stride: 2 };
    assert.deepEqual(instanceOf('torch.nn.ConvTranspose1d', values).outputFormula, ['2*L']);
    assert.deepEqual(instanceOf('torch.nn.ConvTranspose3d', values).outputFormula, ['2*D', '2*H', '2*W']);
  });

  it('keeps the APIs apart that one call stands for', () => {
    const values = { in_channels: 1, out_channels: 1, kernel_size: 2 };
    const layers = layersOf([instance(torch, values), instance('torch.nn.ConvTranspose3d', values), instance(torch, { ...values, stride: 2 })]);
    assert.deepEqual(layers.map(layer => [layer.api, layer.rank, layer.instances.length]), [[torch, 2, 2], ['torch.nn.ConvTranspose3d', 3, 1]]);
  });

  it('gives findings with names and fixes, 1-based, with the cell of a notebook', () => {
    const analysis = analysisWith([undefined, 'x = 1\r\n  up(3)'], [{ at: '3', replace: '4' }], 'notebook');
    const range = { cell: 1, start: { line: 2, column: 6 }, end: { line: 2, column: 7 } };
    assert.deepEqual(fileToJson('a.ipynb', analysis), { path: 'a.ipynb', layers: [], findings: [{
      rule: 'TC101', name: 'uneven-overlap', severity: 'warning', range, message: 'Uneven.',
      fixes: [{ title: 'Use 4', edits: [{ range, text: '4' }] }],
    }] });
  });

  it('counts columns in UTF-16 units', () => {
    const { findings: [finding] } = fileToJson('a.py', analysisWith(['"😀é", up'], [{ at: 'up' }]));
    assert.deepEqual(finding?.range, { start: { line: 1, column: 8 }, end: { line: 1, column: 10 } });
  });

  it('collects files and errors into one document', () => {
    const reporter = new JsonReporter();
    assert.equal(reporter.file('a.py', analysisWith(['x'], [])) + reporter.error('b.py', 'not valid UTF-8'), '');
    assert.deepEqual(JSON.parse(reporter.end()), {
      version: 1, files: [{ path: 'a.py', layers: [], findings: [] }], errors: [{ path: 'b.py', message: 'not valid UTF-8' }],
    });
  });
});
