import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ExtensionApi } from '../../../src/editor/services';
import { closeAll, evenLayer, eventually, extensionApi, layers, openPython, positionOf, unevenLayer } from './support';

const open = 'transposedConvLens.openPlayground';

describe('playground', () => {
  let api: ExtensionApi;
  before(async () => { api = await extensionApi(); });
  afterEach(async () => {
    await closeAll();
    await eventually('closed', () => api.playground() === undefined ? true : undefined);
  });

  function tab(): vscode.Tab | undefined {
    return vscode.window.tabGroups.all.flatMap(group => group.tabs)
      .find(each => each.input instanceof vscode.TabInputWebview && each.input.viewType.endsWith('transposedConvLens.playground'));
  }

  it('opens beside the code with the layer under the cursor', async () => {
    const document = await openPython(layers(evenLayer, 'ConvTranspose1d(8, 4, 16, stride=8, padding=4)'));
    const editor = await vscode.window.showTextDocument(document);
    editor.selection = new vscode.Selection(positionOf(document, '16'), positionOf(document, '16'));
    await vscode.commands.executeCommand(open);
    const state = await eventually('the page', () => api.playground()?.ready === true ? api.playground() : undefined, 15_000);
    assert.deepEqual(state.layer && { ...state.layer, location: state.layer.location?.replace(/^.*:/, '') }, {
      label: 'nn.ConvTranspose1d', location: '3', api: 'torch.nn.ConvTranspose1d', rank: 1, unknownArguments: [], inputSize: [null],
      arguments: { ...state.layer?.arguments, in_channels: 8, out_channels: 4, kernel_size: [16], stride: [8], padding: [4] },
    });
    const opened = await eventually('a tab', tab);
    assert.equal(opened.label, 'Playground: nn.ConvTranspose1d');
    assert.equal(opened.group.viewColumn, vscode.ViewColumn.Two);
  });

  it('opens for the place that a link names, and shows the next in the same panel', async () => {
    const document = await openPython(layers(evenLayer, unevenLayer));
    for (const line of [1, 2]) {
      await vscode.commands.executeCommand(open, { uri: document.uri.toString(), line, character: 0 });
      await eventually(`line ${line}`, () => api.playground()?.layer?.location?.endsWith(`:${line + 1}`) === true ? true : undefined);
    }
    assert.deepEqual(api.playground()?.layer?.arguments['kernel_size'], [3, 3]);
    await eventually('a tab', tab);
    assert.equal(vscode.window.tabGroups.all.flatMap(group => group.tabs).filter(each => each.input instanceof vscode.TabInputWebview).length, 1);
  });

  it('opens empty without a layer', async () => {
    await vscode.commands.executeCommand(open);
    const state = await eventually('the page', () => api.playground()?.ready === true ? api.playground() : undefined, 15_000);
    assert.equal(state.layer, undefined);
    assert.equal((await eventually('a tab', tab)).label, 'Playground');
  });

  it('is there again after it was hidden', async () => {
    await openPython(layers(evenLayer));
    await vscode.commands.executeCommand(open);
    await eventually('the page', () => api.playground()?.ready === true ? true : undefined, 15_000);
    const other = await vscode.workspace.openTextDocument({ content: 'other' });
    await vscode.window.showTextDocument(other, { viewColumn: vscode.ViewColumn.Two });
    await eventually('hidden', () => api.playground()?.ready === false ? true : undefined);
    await vscode.commands.executeCommand(open);
    await eventually('the page again', () => api.playground()?.ready === true ? true : undefined, 15_000);
  });

  for (const [what, argument] of [
    ['a word', 'nonsense'], ['a place without a layer', { uri: 'untitled:Nowhere', line: 0, character: 0 }], ['a wrong shape', { uri: 3 }],
  ] as const) {
    it(`takes ${what} for an argument without harm`, async () => {
      await vscode.commands.executeCommand(open, argument);
      await eventually('a tab', tab);
      assert.equal(api.playground()?.layer, undefined);
    });
  }
});
