import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, code, evenLayer, eventually, extensionApi, fixes, hints, layers, openPython, pause, positionOf, problems, problemsOf, settled, unevenLayer } from './support';

describe('quick fixes', () => {
  before(extensionApi);
  afterEach(closeAll);

  it('make the overlap even and keep the output size', async () => {
    const document = await openPython(layers(unevenLayer));
    const [problem] = await problemsOf(document, 1);
    assert.ok(problem);
    const before = await hints(document);
    const fix = (await fixes(document, problem.range)).find(each => each.isPreferred === true);
    assert.ok(fix?.edit);
    assert.ok(await vscode.workspace.applyEdit(fix.edit));
    await problemsOf(document, 0);
    assert.match(document.getText(), /kernel_size=4, stride=2, padding=1/);
    assert.deepEqual(await hints(document), before);
  });

  it('round down too', async () => {
    const document = await openPython(layers(unevenLayer));
    const [problem] = await problemsOf(document, 1);
    assert.ok(problem);
    const before = await hints(document);
    const others = (await fixes(document, problem.range)).filter(each => each.edit && each.kind?.value === 'quickfix' && each.isPreferred !== true && !each.title.startsWith('Silence'));
    assert.ok(others.length > 0);
    for (const fix of others) {
      assert.ok(fix.edit);
      assert.ok(await vscode.workspace.applyEdit(fix.edit));
      await problemsOf(document, 0);
      assert.deepEqual(await hints(document), before, fix.title);
      await vscode.commands.executeCommand('undo');
      await problemsOf(document, 1);
    }
  });

  it('correct an output padding that is too large', async () => {
    const document = await openPython(layers('ConvTranspose2d(8, 4, 4, stride=2, padding=1, output_padding=2)'));
    const [problem] = await problemsOf(document, 1);
    assert.ok(problem);
    const fix = (await fixes(document, problem.range)).find(each => each.edit && !each.title.startsWith('Silence'));
    assert.ok(fix?.edit);
    assert.ok(await vscode.workspace.applyEdit(fix.edit));
    await eventually('no TC201', () => problems(document.uri).some(each => code(each) === 'TC201') ? undefined : true);
  });

  it('replace a layer by a resize and a convolution with the same output shape', async () => {
    const document = await openPython('import torch\nimport torch.nn as nn\n\n\ndef f(x: \'(1, 8, 5, 6)\'):\n    return nn.ConvTranspose2d(8, 4, 4, 2, 1)(x)\n');
    const at = positionOf(document, 'ConvTranspose2d');
    const actions = await vscode.commands.executeCommand<readonly vscode.CodeAction[]>('vscode.executeCodeActionProvider', document.uri, new vscode.Range(at, at), vscode.CodeActionKind.RefactorRewrite.value);
    const [resize, subPixel] = actions.filter(each => each.title.startsWith('Replace by'));
    assert.ok(resize?.edit && subPixel?.edit);
    assert.ok(await vscode.workspace.applyEdit(resize.edit));
    assert.equal(document.getText().split('    return ')[1], 'nn.Sequential(\n        nn.Upsample(scale_factor=2, mode="nearest"),\n        nn.Conv2d(8, 4, kernel_size=3, padding=1),\n    )(x)\n');
  });

  it('silence a rule on the line', async () => {
    const document = await openPython(layers(unevenLayer));
    const [problem] = await problemsOf(document, 1);
    assert.ok(problem);
    const silence = (await fixes(document, problem.range)).find(each => each.title.startsWith('Silence TC101'));
    assert.ok(silence?.edit);
    assert.ok(await vscode.workspace.applyEdit(silence.edit));
    assert.match(document.lineAt(1).text, /output_padding=1\) {2}# tconv: ignore\[TC101\]$/);
    await problemsOf(document, 0);
    await pause(settled);
    assert.deepEqual(problems(document.uri), []);
  });

  it('offer the playground on any layer, and nothing elsewhere', async () => {
    const document = await openPython(layers(evenLayer) + 'x = 1\n');
    const at = positionOf(document, 'kernel_size');
    const [action] = (await fixes(document, new vscode.Range(at, at))).filter(each => each.title === 'Open in playground');
    assert.deepEqual(action?.command?.arguments, [{ uri: document.uri.toString(), line: 1, character: 0 }]);
    const elsewhere = positionOf(document, 'x = 1');
    const others = await fixes(document, new vscode.Range(elsewhere, elsewhere));
    assert.deepEqual(others.filter(each => each.title === 'Open in playground' || each.title.startsWith('Silence')), []);
  });

  it('ask for the shape of an input that is left open, on a layer and on the head of its function', async () => {
    const document = await openPython('import torch.nn as nn\nup = nn.ConvTranspose2d(8, 4, 4, stride=2, padding=1)\n\ndef f(x):\n    return up(x)\n');
    for (const [text, line] of [['def f', 3], ['ConvTranspose2d', 1]] as const) {
      const at = positionOf(document, text);
      const action = (await fixes(document, new vscode.Range(at, at))).find(each => each.title === 'Set input shape…');
      assert.deepEqual(action?.command?.arguments, [{ uri: document.uri.toString(), line, character: at.character }], text);
    }
    const body = positionOf(document, 'import');
    assert.equal((await fixes(document, new vscode.Range(body, body))).find(each => each.title === 'Set input shape…'), undefined);
  });

  it('write the shape that is given as a comment, which the sizes then follow', async () => {
    const document = await openPython('import torch.nn as nn\nup = nn.ConvTranspose2d(8, 4, 4, stride=2, padding=1)\n\ndef f(x):\n    return up(x)\n');
    const { line, character } = positionOf(document, 'def f');
    const done = vscode.commands.executeCommand('transposedConvLens.setInputShape', { uri: document.uri.toString(), line, character });
    // The box begins with what the first layer implies; Enter takes that.
    await eventually('the comment', async () => {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return document.getText().includes('#') ? true : undefined;
    });
    await done;
    assert.equal(document.lineAt(3).text, 'def f(x):  # tconv: x = (N, 8, H, W)');
  });

  it('do not ask where there is no input', async () => {
    const document = await openPython('x = 1\n');
    await vscode.commands.executeCommand('transposedConvLens.setInputShape', { uri: document.uri.toString(), line: 0, character: 0 });
    assert.equal(document.getText(), 'x = 1\n');
  });
});
