import assert from 'node:assert/strict';
import { readPlain } from '../../../src/frameworks/plain';
import { listText } from '../../../src/frameworks/value';
import { argumentTexts, kinds, shape } from './call';

describe('readPlain', () => {
  it('reads arguments by name from JSON', () => {
    const reading = readPlain('torch.nn.ConvTranspose2d', { in_channels: 3, out_channels: 8, kernel_size: [3, 4], stride: 2, bias: false }, { kerasVersion: 3 });
    assert.ok(reading !== undefined);
    assert.deepEqual(reading.problems, []);
    assert.equal(argumentTexts(reading).kernel_size, '(3, 4)');
    assert.equal(listText(reading.axes(shape(5, 5)).map(axis => axis.outputSize)), '[11, 12]');
  });

  it('says what the framework would say', () => {
    const reading = readPlain('keras.layers.Conv2DTranspose', { filters: 8, kernel_size: 3, strides: 2, output_padding: 2, padding: 'same' }, { kerasVersion: 3 });
    assert.deepEqual(kinds(reading?.problems ?? []), ['output-padding-too-large output_padding']);
  });

  it('takes tensors and null', () => {
    const reading = readPlain('tensorflow.nn.conv2d_transpose', { input: { shape: [null, 5, 5, 4] }, filters: { shape: [3, 3, 8, 4] }, output_shape: [1, 10, 10, 8], strides: 2, dilations: null }, { kerasVersion: 3 });
    assert.deepEqual(reading?.problems, []);
  });

  it('knows no other names', () => {
    assert.equal(readPlain('torch.nn.Linear', {}, { kerasVersion: 3 }), undefined);
    assert.equal(readPlain('constructor', {}, { kerasVersion: 3 }), undefined);
  });
});
