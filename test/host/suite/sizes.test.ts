import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, evenLayer, eventually, extensionApi, hints, layers, openPython, unevenLayer, withSetting } from './support';

async function lenses(document: vscode.TextDocument): Promise<readonly string[]> {
  const found = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', document.uri, 100);
  return found.flatMap(lens => lens.command?.command === 'transposedConvLens.openPlayground' ? [lens.command.title] : []);
}

describe('sizes in the editor', () => {
  before(extensionApi);
  afterEach(closeAll);

  it('are inlay hints after each layer', async () => {
    const document = await openPython(layers(evenLayer, 'ConvTranspose2d(8, 4, 3, stride=2, padding=1)', 'ConvTranspose1d(8, 4, 16, 8, 4)'));
    assert.deepEqual(await hints(document), ['→ 2H × 2W', '→ (2H - 1) × (2W - 1)', '→ 8L']);
    assert.deepEqual(await lenses(document), []);
  });

  it('stand at the end of the call', async () => {
    const document = await openPython(layers(evenLayer));
    const found = await vscode.commands.executeCommand<vscode.InlayHint[]>('vscode.executeInlayHintProvider', document.uri, new vscode.Range(0, 0, 9, 0));
    assert.deepEqual(found.map(hint => [hint.position.line, hint.position.character]), [[1, document.lineAt(1).text.length]]);
  });

  it('stand after the arguments of a layer that is applied at once', async () => {
    const document = await openPython('import torch.nn as nn\ny = nn.ConvTranspose2d(8, 4, 4, 2, 1)(\n    f(")")\n) + 1\n');
    const found = await vscode.commands.executeCommand<vscode.InlayHint[]>('vscode.executeInlayHintProvider', document.uri, new vscode.Range(0, 0, 9, 0));
    assert.deepEqual(found.map(hint => [hint.position.line, hint.position.character]), [[3, 1]]);
  });

  it('are only given for what is visible', async () => {
    const document = await openPython(layers(evenLayer, evenLayer));
    const found = await vscode.commands.executeCommand<vscode.InlayHint[]>('vscode.executeInlayHintProvider', document.uri, new vscode.Range(1, 0, 1, 99));
    assert.equal(found.length, 1);
  });

  it('are code lenses where the setting says so', async () => {
    const document = await openPython(layers(evenLayer, unevenLayer));
    await withSetting('sizes', 'codeLens', async () => {
      assert.deepEqual(await lenses(document), ['→ 2H × 2W · even overlap', '→ 2H × 2W · uneven overlap']);
      assert.deepEqual(await hints(document), []);
    });
  });

  it('can be switched off and on by a command', async () => {
    const document = await openPython(layers(evenLayer));
    await vscode.commands.executeCommand('transposedConvLens.toggleSizes');
    try {
      await eventually('no hints', async () => (await hints(document)).length === 0 ? true : undefined);
      assert.deepEqual(await lenses(document), []);
    } finally {
      await vscode.commands.executeCommand('transposedConvLens.toggleSizes');
    }
    await eventually('hints', async () => (await hints(document)).length === 1 ? true : undefined);
  });

  const model = [
    'import torch', 'import torch.nn as nn', 'class Net(nn.Module):', '    def __init__(self):', '        super().__init__()',
    '        self.conv = nn.Conv2d(3, 8, 3)', '        self.up = nn.ConvTranspose2d(8, 4, 2, 2)', '    def forward(self, x):',
    '        x = self.conv(x)', '        return self.up(x)', 'y = Net()(torch.zeros(1, 3, 6, 6))', '',
  ].join('\n');

  it('are whole shapes of all layers and of tensors assigned and returned where the setting says so', async () => {
    const document = await openPython(model);
    assert.deepEqual(await hints(document), ['→ 8 × 8']);
    await withSetting('sizesOf', 'all', async () => {
      assert.deepEqual([...await hints(document)].sort(), [': (1, 4, 8, 8)', ': (1, 8, 4, 4)', '→ (1, 4, 8, 8)', '→ (1, 4, 8, 8)', '→ (1, 8, 4, 4)']);
    });
  });

  it('of one layer that is applied at once and assigned stand only once', async () => {
    const document = await openPython('import keras\nfrom keras import layers\ni = keras.Input((8, 8, 3))\nx = layers.Conv2D(4, 3)(i)\n');
    await withSetting('sizesOf', 'all', async () => {
      assert.deepEqual(await hints(document), [': (N, 8, 8, 3)', '→ (N, 6, 6, 4)']);
    });
  });

  it('are not given for a layer that the framework rejects', async () => {
    const document = await openPython(layers('ConvTranspose2d(8, 4, 4, stride=2, padding=1, output_padding=2)'));
    assert.deepEqual(await hints(document), []);
    await withSetting('sizesOf', 'all', async () => assert.deepEqual(await hints(document), []));
  });
});
