import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ExtensionApi } from '../../../src/editor/services';
import { encodeState } from '../../../src/playgroundLink';
import type { ArgumentChange, ToPlayground } from '../../../src/protocol';
import { closeAll, evenLayer, eventually, extensionApi, layers, openPython, pause, positionOf, unevenLayer } from './support';

const open = 'transposedConvLens.openPlayground';

type Message<Type extends ToPlayground['type']> = Extract<ToPlayground, { readonly type: Type }>;

describe('playground and code', () => {
  let api: ExtensionApi;
  let request = 0;
  before(async () => { api = await extensionApi(); });
  afterEach(async () => {
    if (api.playground()) await api.fromPage({ type: 'follow', on: false });
    await closeAll();
    await eventually('closed', () => api.playground() === undefined ? true : undefined);
  });

  /** Opens the playground for the n-th layer of the text. */
  async function show(content: string, name = 'ConvTranspose', occurrence = 0): Promise<vscode.TextDocument> {
    const document = await openPython(content);
    await showAt(document, positionOf(document, name, occurrence));
    return document;
  }

  async function showAt(document: vscode.TextDocument, { line, character }: vscode.Position): Promise<void> {
    await vscode.commands.executeCommand(open, { uri: document.uri.toString(), line, character });
    await eventually('the page', () => api.playground()?.ready === true ? true : undefined, 30_000);
    await eventually('the layer', () => api.playground()?.layer);
  }

  /** Waits until the page is told of a layer that fits. */
  function layer(what: string, fits: (argument: Message<'showLayer'>['layer']) => boolean): Promise<Message<'showLayer'>['layer']> {
    return eventually(what, () => { const shown = api.playground()?.layer; return shown && fits(shown) ? shown : undefined; });
  }

  async function edit(changes: readonly ArgumentChange[], apply: boolean, revision = lastRevision()): Promise<Message<'callEdit'>> {
    await api.fromPage({ type: 'editCall', request: ++request, revision, apply, changes });
    const answer = api.playground()?.lastMessage;
    assert.ok(answer?.type === 'callEdit' && answer.request === request, JSON.stringify(answer));
    return answer;
  }

  let seen = 0;
  /** Of the layer that the page was told last. */
  function lastRevision(): number {
    const message = api.playground()?.lastMessage;
    if (message?.type === 'showLayer') seen = message.revision;
    return seen;
  }

  function reasonOf(answer: Message<'callEdit'>): string {
    return 'reason' in answer ? answer.reason : `none: ${answer.call.map(part => part.text).join('')}`;
  }

  it('follows the arguments in the code', async () => {
    const document = await show(layers(evenLayer));
    await replace(document, 'kernel_size=4', 'kernel_size=6');
    await layer('kernel 6', each => JSON.stringify(each.arguments['kernel_size']) === '[6,6]');
  });

  it('follows the call when lines are added above it', async () => {
    const document = await show(layers(evenLayer));
    await replace(document, 'import', '# a comment\n\nimport');
    await layer('line 4', each => each.location?.endsWith(':4') === true);
    assert.equal((await edit([{ name: 'stride', value: 3 }], false)).type, 'callEdit');
  });

  it('follows a value that is set elsewhere', async () => {
    const document = await show('import torch.nn as nn\nk = 4\nup = nn.ConvTranspose2d(8, 4, k, 2)\n');
    await replace(document, 'k = 4', 'k = 5');
    await layer('kernel 5', each => JSON.stringify(each.arguments['kernel_size']) === '[5,5]');
  });

  it('says when the call is gone, and shows it again when it is back', async () => {
    const document = await show(layers(evenLayer));
    await replace(document, `nn.${evenLayer}`, 'pass');
    await eventually('gone', () => api.playground()?.lastMessage?.type === 'layerGone' ? true : undefined);
    await replace(document, 'pass', `nn.${evenLayer}`);
    await eventually('back', () => api.playground()?.lastMessage?.type === 'showLayer' ? true : undefined);
  });

  it('shows how the call would read, and leaves the code alone', async () => {
    const document = await show(layers(evenLayer));
    const before = document.getText();
    const answer = await edit([{ name: 'kernel_size', value: 6 }, { name: 'padding', value: [2, 1] }], false);
    assert.ok('call' in answer);
    assert.deepEqual(answer.call.filter(part => part.changed).map(part => part.text), ['6', '(2, 1)']);
    assert.equal(answer.call.map(part => part.text).join(''), 'nn.ConvTranspose2d(8, 4, kernel_size=6, stride=2, padding=(2, 1))');
    assert.equal(document.getText(), before);
  });

  it('writes just the changed arguments, as one edit that can be undone', async () => {
    const document = await show(layers(evenLayer, unevenLayer), 'ConvTranspose', 1);
    const before = document.getText();
    const answer = await edit([{ name: 'kernel_size', value: 4 }, { name: 'output_padding', value: 0 }], true);
    assert.ok('applied' in answer && answer.applied, reasonOf(answer));
    assert.equal(document.getText(), layers(evenLayer, 'ConvTranspose2d(8, 4, kernel_size=4, stride=2, padding=1, output_padding=0)'));
    await layer('kernel 4', each => JSON.stringify(each.arguments['kernel_size']) === '[4,4]');
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('undo');
    await eventually('undone', () => document.getText() === before ? true : undefined);
    await layer('kernel 3', each => JSON.stringify(each.arguments['kernel_size']) === '[3,3]');
  });

  it('adds an argument that is not written yet', async () => {
    const document = await show(layers('ConvTranspose2d(8, 4, 4)'));
    await edit([{ name: 'stride', value: 2 }, { name: 'padding', value: 1 }], true);
    assert.equal(document.getText(), layers('ConvTranspose2d(8, 4, 4, stride=2, padding=1)'));
  });

  it('keeps Keras’s words', async () => {
    const document = await show('from keras import layers\nup = layers.Conv2DTranspose(8, 4, strides=2, padding="valid")\n', 'Conv2DTranspose');
    await edit([{ name: 'padding', value: 'same' }, { name: 'strides', value: [3, 2] }], true);
    assert.match(document.getText(), /Conv2DTranspose\(8, 4, strides=\(3, 2\), padding="same"\)/);
  });

  it('refuses what comes from a variable, and names it', async () => {
    const text = 'import torch.nn as nn\nk = 4\nup = nn.ConvTranspose2d(8, 4, k, stride=k // 2)\n';
    const document = await show(text);
    assert.equal(reasonOf(await edit([{ name: 'kernel_size', value: 6 }], true)), 'kernel_size comes from the variable k.');
    assert.equal(reasonOf(await edit([{ name: 'stride', value: 3 }], true)), 'stride is computed from the variable k: k // 2.');
    assert.equal(document.getText(), text);
  });

  it('refuses when the text has changed meanwhile', async () => {
    const document = await show(layers(evenLayer));
    const revision = lastRevision();
    const answer = replace(document, 'stride=2', 'stride=3').then(() => edit([{ name: 'kernel_size', value: 6 }], true, revision));
    assert.match(reasonOf(await answer), /changed meanwhile/);
    assert.match(document.getText(), /kernel_size=4, stride=3/);
    // Also once the page could have been told.
    await layer('stride 3', each => JSON.stringify(each.arguments['stride']) === '[3,3]');
    assert.match(reasonOf(await edit([{ name: 'kernel_size', value: 6 }], true, revision)), /changed meanwhile/);
  });

  it('refuses when the call is gone', async () => {
    const document = await show(layers(evenLayer));
    const revision = lastRevision();
    await replace(document, `nn.${evenLayer}`, 'pass');
    assert.match(reasonOf(await edit([{ name: 'kernel_size', value: 6 }], true, revision)), /no longer there/);
  });

  it('has nothing to write for a layer of its own', async () => {
    await vscode.commands.executeCommand(open);
    await eventually('the page', () => api.playground()?.ready === true ? true : undefined, 30_000);
    assert.match(reasonOf(await edit([{ name: 'kernel_size', value: 6 }], true, 1)), /not in your code/);
  });

  it('writes into the cell of a notebook', async () => {
    const notebook = await vscode.workspace.openNotebookDocument('jupyter-notebook', new vscode.NotebookData([
      new vscode.NotebookCellData(vscode.NotebookCellKind.Code, 'import torch.nn as nn\nk = 3\n', 'python'),
      new vscode.NotebookCellData(vscode.NotebookCellKind.Code, '\nup = nn.ConvTranspose2d(8, 4, kernel_size=k, stride=2, padding=1)\n', 'python'),
    ]));
    await vscode.window.showNotebookDocument(notebook);
    const { document } = notebook.cellAt(1);
    await showAt(document, positionOf(document, 'ConvTranspose2d'));
    assert.match(api.playground()?.layer?.location ?? '', /cell 2:2$/);
    assert.equal(reasonOf(await edit([{ name: 'kernel_size', value: 4 }], true)), 'kernel_size comes from the variable k.');
    await edit([{ name: 'stride', value: 3 }], true);
    assert.equal(document.getText(), '\nup = nn.ConvTranspose2d(8, 4, kernel_size=k, stride=3, padding=1)\n');
    await replace(notebook.cellAt(0).document, 'k = 3', 'k = 5');
    await layer('kernel 5', each => JSON.stringify(each.arguments['kernel_size']) === '[5,5]');
  });

  it('follows the cursor while asked to, and remembers', async () => {
    const document = await show(layers(evenLayer, unevenLayer));
    const editor = await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
    const move = (line: number): void => { editor.selection = new vscode.Selection(line, 0, line, 0); };
    move(2);
    await pause(500);
    assert.deepEqual(api.playground()?.layer?.arguments['kernel_size'], [4, 4]);
    await api.fromPage({ type: 'follow', on: true });
    await layer('the second', each => each.location?.endsWith(':3') === true);
    move(1);
    await layer('the first', each => each.location?.endsWith(':2') === true);
    move(0);
    await pause(500);
    assert.match(api.playground()?.layer?.location ?? '', /:2$/);
    assert.equal(api.playground()?.following, true);
    await vscode.commands.executeCommand('workbench.action.closeEditorsInOtherGroups');
    await eventually('closed', () => api.playground() === undefined ? true : undefined);
    await vscode.commands.executeCommand(open);
    assert.equal((await eventually('the page', () => api.playground()?.ready === true ? api.playground() : undefined, 30_000)).following, true);
  });

  describe('links', () => {
    const link = (query: string, path = '/playground'): vscode.Uri => vscode.Uri.from({ scheme: vscode.env.uriScheme, authority: 'transposed-conv-lens.transposed-conv-lens', path, query });

    it('open the playground in their state', async () => {
      const state = { version: 1, view: 'overlap' };
      assert.equal(api.openLink(link(`state=${encodeState(state)}`)), true);
      const message = await eventually('the state', () => {
        const last = api.playground()?.lastMessage;
        return last?.type === 'openState' ? last : undefined;
      }, 30_000);
      assert.deepEqual(message.state, state);
    });

    it('leave the code alone: their layer is not in it', async () => {
      const document = await show(layers(evenLayer));
      api.openLink(link(`state=${encodeState({ version: 1 })}`));
      assert.match(reasonOf(await edit([{ name: 'kernel_size', value: 6 }], true)), /not in your code/);
      assert.equal(document.getText(), layers(evenLayer));
    });

    for (const [what, uri] of [
      ['without a state', () => link('')], ['with another path', () => link(`state=${encodeState({ version: 1 })}`, '/run')],
      ['with a broken state', () => link('state=%7B%22a%22')], ['with text for a state', () => link(`state=${encodeState('text')}`)],
    ] as const) {
      it(`${what} open nothing`, () => {
        assert.equal(api.openLink(uri()), false);
        assert.equal(api.playground(), undefined);
      });
    }
  });
});

async function replace(document: vscode.TextDocument, from: string, to: string): Promise<void> {
  const start = positionOf(document, from);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(start, document.positionAt(document.offsetAt(start) + from.length)), to);
  assert.ok(await vscode.workspace.applyEdit(edit));
}
