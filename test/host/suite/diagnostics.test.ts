import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, code, evenLayer, eventually, extensionApi, layers, marked, openPython, pause, positionOf, problems, problemsOf, settled, unevenLayer, withSetting } from './support';

describe('problems', () => {
  before(extensionApi);
  afterEach(closeAll);

  it('mark the argument that is at fault, with severity, source and a link to the rule', async () => {
    const document = await openPython(layers(unevenLayer, 'ConvTranspose2d(8, 4, 4, stride=2, padding=1, output_padding=2)'));
    const found = await problemsOf(document, 2);
    assert.deepEqual(marked(document, found), ['TC101 kernel_size=3', 'TC201 output_padding=2']);
    assert.deepEqual(found.map(each => each.severity), [vscode.DiagnosticSeverity.Warning, vscode.DiagnosticSeverity.Error]);
    assert.ok(found.every(each => typeof each.code === 'object' && each.code.target.path.endsWith(`/docs/rules/${code(each)}.md`)));
    assert.match(found[1]?.message ?? '', /output padding must be smaller than either stride or dilation/);
  });

  it('link to pages that exist', async () => {
    const document = await openPython(layers(unevenLayer));
    const [found] = await problemsOf(document, 1);
    assert.ok(typeof found?.code === 'object');
    const page = await vscode.workspace.openTextDocument(found.code.target);
    assert.match(page.getText(), /^# TC101/);
  });

  it('follow the text', async () => {
    const document = await openPython(layers(evenLayer));
    await pause(settled);
    assert.deepEqual(problems(document.uri), []);
    const edit = new vscode.WorkspaceEdit();
    const kernel = positionOf(document, '4, stride');
    edit.replace(document.uri, new vscode.Range(kernel, kernel.translate(0, 1)), '3');
    await vscode.workspace.applyEdit(edit);
    await eventually('TC101', () => problems(document.uri).find(each => code(each) === 'TC101'));
    await vscode.commands.executeCommand('undo');
    await problemsOf(document, 0);
  });

  it('show only the last of many quick changes', async () => {
    const document = await openPython(layers(evenLayer));
    for (const kernel of [5, 6, 7, 8, 3]) {
      const at = document.getText().search(/\d+, stride/);
      const edit = new vscode.WorkspaceEdit();
      edit.replace(document.uri, new vscode.Range(document.positionAt(at), document.positionAt(at + 1)), String(kernel));
      await vscode.workspace.applyEdit(edit);
    }
    const found = await eventually('TC101', () => problems(document.uri).find(each => code(each) === 'TC101'));
    assert.equal(document.getText(found.range), 'kernel_size=3');
  });

  it('are taken away when the document closes', async () => {
    const document = await openPython(layers(unevenLayer));
    await problemsOf(document, 1);
    await closeAll();
    await eventually('no problems', () => problems(document.uri).length === 0 ? true : undefined);
  });

  it('do not come back for a document that closed while they waited', async () => {
    const document = await openPython(layers(unevenLayer));
    await closeAll();
    await pause(settled);
    assert.deepEqual(problems(document.uri), []);
  });

  it('are taken away when the document is no longer Python', async () => {
    const document = await openPython(layers(unevenLayer));
    await problemsOf(document, 1);
    await vscode.languages.setTextDocumentLanguage(document, 'plaintext');
    await eventually('no problems', () => problems(document.uri).length === 0 ? true : undefined);
  });

  it('obey comments', async () => {
    const document = await openPython(layers(`${unevenLayer}  # tconv: ignore[TC101]`));
    await pause(settled);
    assert.deepEqual(marked(document, problems(document.uri)), []);
  });

  it('stay with what can be read in half-typed code', async () => {
    const document = await openPython(`${layers(unevenLayer)}class Half(nn.Module:\n    def __init__(self\n        self.up = nn.ConvTranspose2d(\n`);
    const found = await eventually('a problem', () => problems(document.uri).find(each => code(each) === 'TC101'));
    assert.equal(found.range.start.line, 1);
  });

  it('of a file on disk', async () => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    const uri = vscode.Uri.joinPath(folder.uri, 'dcgan.py');
    await vscode.commands.executeCommand('vscode.open', uri);
    await eventually('problems of dcgan.py', () => problems(uri).some(each => code(each) === 'TC101') ? true : undefined);
  });
});

describe('settings', () => {
  before(extensionApi);
  afterEach(closeAll);

  it('change the severity of a rule at once', async () => {
    const document = await openPython(layers(unevenLayer));
    await problemsOf(document, 1);
    await withSetting('rules', { TC101: 'hint' }, () => eventually('a hint', () =>
      problems(document.uri)[0]?.severity === vscode.DiagnosticSeverity.Hint ? true : undefined));
    await eventually('a warning again', () => problems(document.uri)[0]?.severity === vscode.DiagnosticSeverity.Warning ? true : undefined);
  });

  it('switch a rule off', async () => {
    const document = await openPython(layers(unevenLayer));
    await problemsOf(document, 1);
    await withSetting('rules', { TC101: 'off' }, () => problemsOf(document, 0));
  });

  it('switch a rule on that is off by default', async () => {
    const document = await openPython(layers('ConvTranspose2d(8, 4, kernel_size=2, stride=2)'));
    await pause(settled);
    assert.deepEqual(marked(document, problems(document.uri)), []);
    await withSetting('rules', { TC104: 'information' }, async () => {
      assert.deepEqual((await problemsOf(document, 1)).map(code), ['TC104']);
    });
  });

  it('switch everything off', async () => {
    const document = await openPython(layers(unevenLayer));
    await problemsOf(document, 1);
    await withSetting('enable', false, () => problemsOf(document, 0));
    await problemsOf(document, 1);
  });

  it('that make no sense leave the defaults', async () => {
    const document = await openPython(layers(unevenLayer));
    await withSetting('rules', { TC101: 'loud', TC999: 'error' }, async () => {
      assert.deepEqual((await problemsOf(document, 1)).map(each => each.severity), [vscode.DiagnosticSeverity.Warning]);
    });
  });
});
