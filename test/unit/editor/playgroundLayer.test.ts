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

  describe('the row it stands in', () => {
    const decoder = [
      'import torch.nn as nn', 'model = nn.Sequential(', '    nn.ConvTranspose2d(8, 4, 4, 2, 1),', '    nn.ReLU(),',
      '    nn.ConvTranspose2d(4, 2, 3, 2, 1),', '    nn.ConvTranspose2d(2, 1, 5, 3),', ')', 'model(torch.zeros(1, 8, 7, 7))', '',
    ].join('\n').replace('import torch.nn', 'import torch\nimport torch.nn');
    const rowOf = (text: string, index: number): PlaygroundLayer['chain'] => {
      const { layers } = analyzeFile(text);
      const layer = layers[index];
      return layer && playgroundLayer(layer, undefined, { layers, placeOf: range => String(text.slice(0, range.from).split('\n').length) })?.chain;
    };

    it('reaches from its first layer to its last, whichever is shown', () => {
      for (const position of [0, 1, 2]) {
        const chain = rowOf(decoder, position);
        assert.equal(chain?.position, position);
        assert.deepEqual(chain?.layers.map(layer => [layer.location, layer.arguments['kernel_size']]), [['4', [4, 4]], ['6', [3, 3]], ['7', [5, 5]]]);
      }
    });

    it('is missing where a layer stands alone', () => {
      assert.equal(rowOf('import torch.nn as nn\nnn.ConvTranspose2d(8, 4, 4, 2, 1)\n', 0), undefined);
    });
  });
});
