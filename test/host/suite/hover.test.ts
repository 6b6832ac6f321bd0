import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, evenLayer, extensionApi, hoverAt, layers, openPython, positionOf, unevenLayer } from './support';

describe('hover', () => {
  before(extensionApi);
  afterEach(closeAll);

  it('gives output, formula, overlap, picture and links', async () => {
    const document = await openPython(layers(unevenLayer));
    const text = await hoverAt(document.uri, positionOf(document, 'ConvTranspose2d'));
    for (const part of [
      '**nn\\.ConvTranspose2d** PyTorch, 8 → 4 channels', '**Output** `(N, 4, 2H, 2W)`', '+ 1 + 1 = 2H', '**Uneven overlap:**', 'ratio 4',
      'data:image/svg+xml;base64,', '[Open in playground](command:transposedConvLens.openPlayground?', '[TC101 uneven\\-overlap](command:transposedConvLens.openRule?',
      'https://docs.pytorch.org/',
    ]) assert.ok(text.includes(part), `${part} in ${text}`);
  });

  it('answers anywhere on the call and nowhere else', async () => {
    const document = await openPython(layers(evenLayer) + 'x = 1\n');
    for (const text of ['nn.Conv', 'kernel_size', 'padding=1)']) {
      assert.match(await hoverAt(document.uri, positionOf(document, text)), /Even overlap/, text);
    }
    assert.equal(await hoverAt(document.uri, positionOf(document, 'import')), '');
    assert.equal(await hoverAt(document.uri, positionOf(document, 'x = 1')), '');
  });

  it('trusts no commands but its own', async () => {
    const document = await openPython(layers(evenLayer));
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, positionOf(document, 'Conv'));
    const trusts = hovers.flatMap(hover => hover.contents).flatMap(content => typeof content === 'object' && 'isTrusted' in content ? [content.isTrusted] : []);
    assert.deepEqual(trusts.filter(trust => trust !== undefined && trust !== false), [
      { enabledCommands: ['transposedConvLens.openPlayground', 'transposedConvLens.openRule', 'transposedConvLens.setInputShape'] },
    ]);
  });

  it('reads Keras too', async () => {
    const document = await openPython('from keras import layers\nlayers.Conv2DTranspose(16, 4, strides=2, padding="same")\n');
    const text = await hoverAt(document.uri, positionOf(document, 'Conv2DTranspose'));
    assert.match(text, /Keras, 16 output channels/);
    assert.match(text, /`\(N, 2H, 2W, 16\)`/);
  });

  it('reads a call that is not finished', async () => {
    const document = await openPython('import torch.nn as nn\nup = nn.ConvTranspose2d(8, 4, 4, stride=2, padding=1\n\ndef f(x):\n    return up(x)\n');
    assert.match(await hoverAt(document.uri, positionOf(document, 'ConvTranspose2d')), /2H/);
  });

  it('says nothing of a class of the same name from elsewhere', async () => {
    const document = await openPython('from mylib import nn\nnn.ConvTranspose2d(8, 4, 4, stride=2)\n');
    assert.equal(await hoverAt(document.uri, positionOf(document, 'ConvTranspose2d')), '');
  });

  it('leaves other languages alone', async () => {
    const document = await vscode.workspace.openTextDocument({ language: 'plaintext', content: layers(evenLayer) });
    await vscode.window.showTextDocument(document);
    assert.equal(await hoverAt(document.uri, positionOf(document, 'ConvTranspose2d')), '');
  });

  it('on a tensor gives its shape; on a layer between, what it does', async () => {
    const document = await openPython('import torch\nimport torch.nn as nn\nconv = nn.Conv2d(3, 8, 3)\ndef f(value):\n    return conv(value)\ny = f(torch.zeros(1, 3, 6, 6))\n');
    const all = async (text: string, occurrence = 0): Promise<string> => {
      const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, positionOf(document, text, occurrence));
      return hovers.flatMap(hover => hover.contents).map(content => typeof content === 'string' ? content : content.value).join('\n');
    };
    assert.match(await all('value)', 1), /`value` tensor `\(1, 3, 6, 6\)`/);
    assert.match(await all('y ='), /`y` tensor `\(1, 8, 4, 4\)`/);
    assert.match(await all('f(torch'), /`f\(…\)` gives a tensor `\(1, 8, 4, 4\)`/);
    assert.match(await all('nn.Conv2d'), /\*\*Conv2d\*\* `\(1, 3, 6, 6\)` → `\(1, 8, 4, 4\)`/);
  });

  it('asks for the shape of an input that the code leaves open', async () => {
    const document = await openPython('import torch.nn as nn\nup = nn.ConvTranspose2d(8, 4, 4, stride=2, padding=1)\n\ndef f(x):\n    return up(x)\n');
    const text = await hoverAt(document.uri, positionOf(document, 'x):'));
    assert.match(text, /`x` tensor `\(N, 8, H, W\)`/);
    assert.match(text, /\[Set input shape…\]\(command:transposedConvLens\.setInputShape\?/);
  });
});
