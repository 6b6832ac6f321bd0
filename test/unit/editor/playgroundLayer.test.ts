import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { playgroundLayer } from '../../../src/editor/playgroundLayer';
import { analyzeFile } from '../../../src/analyze';
import type { PlaygroundLayer } from '../../../src/protocol';
import { readPlain } from '../../../src/frameworks/plain';

function first(text: string): PlaygroundLayer | undefined {
  const [layer] = analyzeFile(text).layers;
  return layer && playgroundLayer(layer, 'model.py:2');
}

describe('playgroundLayer', () => {
  it('has the arguments in the framework\'s own names', () => {
    const layer = first('import torch.nn as nn\nup = nn.ConvTranspose2d(8, 4, (4, 3), 2, padding=1)\n');
    assert.deepEqual(layer && { ...layer, arguments: undefined }, {
      label: 'nn.ConvTranspose2d', location: 'model.py:2', api: 'torch.nn.ConvTranspose2d', rank: 2,
      unknownArguments: [], inputSize: [null, null], arguments: undefined,
    });
    const { kernel_size: kernelSize, stride, padding, in_channels: inputChannels } = layer?.arguments ?? {};
    assert.deepEqual({ kernelSize, stride, padding, inputChannels }, { kernelSize: [4, 3], stride: [2, 2], padding: [1, 1], inputChannels: 8 });
  });

  it('leaves out what is not known, and names it', () => {
    const layer = first('import torch.nn as nn\ndef f(stride):\n    return nn.ConvTranspose2d(8, 4, 4, stride)\n');
    assert.deepEqual(layer?.unknownArguments, ['stride']);
    assert.ok(layer && !('stride' in layer.arguments));
  });

  it('can be read back', () => {
    for (const text of [
      'import torch.nn as nn\nnn.ConvTranspose3d(8, 4, (4, 3, 2), 2, padding=1)\n',
      'from keras import layers\nlayers.Conv2DTranspose(8, 3, strides=2, padding="same")\n',
    ]) {
      const layer = first(text);
      assert.ok(layer);
      const reading = readPlain(layer.api, layer.arguments, { kerasVersion: 3 });
      assert.deepEqual(reading?.problems, [], text);
    }
  });

  it('takes the context of which most is known', () => {
    const layer = first([
      'import torch.nn as nn', 'def up(k, s):', '    return nn.ConvTranspose2d(8, 4, k, s)', 'def g(k):', '    return up(k, 2), up(6, 3)', '',
    ].join('\n'));
    assert.deepEqual(layer?.arguments['kernel_size'], [6, 6]);
  });
});
