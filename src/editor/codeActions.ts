import * as vscode from 'vscode';
import type { Layer } from '../network/layer';
import type { Finding, Fix } from '../rules/rule';
import { type DocumentAnalysis, pythonDocuments } from './analyses';
import { commandId, type PlaceArgument } from './commandIds';
import { toDiagnostic } from './diagnostics';
import { hasImpliedInput, inputPlaceAt, isFunctionHead } from './inputShape';
import { resizeReplacements } from './resizeReplacement';
import type { Services } from './services';
import { suppressionEdit } from './suppressionEdit';

const setShape = vscode.CodeActionKind.RefactorRewrite.append('inputShape');
const replaceLayer = vscode.CodeActionKind.RefactorRewrite.append('upsampling');
/** Not a refactoring and not a fix, but reached from the same light bulb. */
const openInPlayground = vscode.CodeActionKind.Empty.append('transposedConvLens').append('playground');

/** More text than the arguments with which a layer is applied at once. */
const mostAfter = 4000;

/** Quick fixes of the findings, a comment that silences one on its line, other ways to enlarge, and the way to the playground. */
export function codeActions(services: Services): vscode.Disposable {
  return vscode.languages.registerCodeActionsProvider(pythonDocuments, {
    provideCodeActions: (document, range, context, token) => services.log.guard('Code actions', () => {
      if (token.isCancellationRequested) return undefined;
      const result = services.analyses.of(document);
      if (!result) return undefined;
      const actions: vscode.CodeAction[] = [];
      if (allows(context, vscode.CodeActionKind.QuickFix)) {
        const here = findingsAt(result, document, range);
        for (const { finding, place } of here) {
          const diagnostic = toDiagnostic(services, result, finding, place);
          for (const fix of finding.fixes) actions.push(...fixAction(result, diagnostic, fix));
        }
        for (const { finding, place } of here) actions.push(...suppressAction(services, result, document, finding, place));
      }
      const layer = result.layerAt(document, range.start);
      if (layer && allows(context, replaceLayer)) actions.push(...replaceActions(result, document, layer));
      if (layer && allows(context, openInPlayground)) actions.push(playgroundAction(document, layer.range));
      const asks = layer ? hasImpliedInput(layer.layer) : isFunctionHead(document.lineAt(range.start.line).text);
      if (asks && allows(context, setShape) && inputPlaceAt(result, document, range.start)) actions.push(inputShapeAction(document, range.start));
      return actions;
    }),
  }, { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix, openInPlayground, replaceLayer, setShape] });
}

function allows(context: vscode.CodeActionContext, kind: vscode.CodeActionKind): boolean {
  return context.only === undefined || context.only.contains(kind);
}

function findingsAt(result: DocumentAnalysis, document: vscode.TextDocument, range: vscode.Range): readonly { readonly finding: Finding; readonly place: vscode.Range }[] {
  return result.analysis.findings.flatMap(finding => {
    const place = result.rangeIn(document, finding.range);
    return place?.intersection(range) ? [{ finding, place }] : [];
  });
}

/** Nothing where an edit has no place in an open document: half a fix is worse than none. */
function fixAction(result: DocumentAnalysis, diagnostic: vscode.Diagnostic, fix: Fix): readonly vscode.CodeAction[] {
  const edit = new vscode.WorkspaceEdit();
  for (const { range, text } of fix.edits) {
    const location = result.location(range);
    if (!location) return [];
    edit.replace(location.uri, location.range, text);
  }
  const action = new vscode.CodeAction(fix.title, vscode.CodeActionKind.QuickFix);
  action.edit = edit;
  action.diagnostics = [diagnostic];
  action.isPreferred = fix.preferred;
  return [action];
}

function suppressAction(
  services: Services, result: DocumentAnalysis, document: vscode.TextDocument, finding: Finding, place: vscode.Range,
): readonly vscode.CodeAction[] {
  const change = suppressionEdit(document.lineAt(place.start.line).text, finding.rule);
  if (!change) return [];
  const action = new vscode.CodeAction(`Silence ${finding.rule} (${finding.name}) on this line`, vscode.CodeActionKind.QuickFix);
  action.edit = new vscode.WorkspaceEdit();
  action.edit.insert(document.uri, new vscode.Position(place.start.line, change.column), change.text);
  action.diagnostics = [toDiagnostic(services, result, finding, place)];
  return [action];
}

function replaceActions(
  result: DocumentAnalysis, document: vscode.TextDocument, { layer, range }: { readonly layer: Layer; readonly range: vscode.Range },
): readonly vscode.CodeAction[] {
  const from = document.offsetAt(range.start);
  const replacements = resizeReplacements(layer, {
    module: result.documents.map(each => each.getText()).join('\n'),
    before: document.getText(range.with(range.start.with({ character: 0 }), range.start)),
    call: document.getText(range),
    after: document.getText(new vscode.Range(range.end, document.positionAt(document.offsetAt(range.end) + mostAfter))),
  });
  return replacements.map(({ title, text, length }) => {
    const action = new vscode.CodeAction(title, replaceLayer);
    action.edit = new vscode.WorkspaceEdit();
    action.edit.replace(document.uri, new vscode.Range(range.start, document.positionAt(from + length)), text);
    return action;
  });
}

function inputShapeAction(document: vscode.TextDocument, { line, character }: vscode.Position): vscode.CodeAction {
  const title = 'Set input shape…';
  const place: PlaceArgument = { uri: document.uri.toString(), line, character };
  const action = new vscode.CodeAction(title, setShape);
  action.command = { title, command: commandId('setInputShape'), arguments: [place] };
  return action;
}

function playgroundAction(document: vscode.TextDocument, range: vscode.Range): vscode.CodeAction {
  const title = 'Open in playground';
  const place: PlaceArgument = { uri: document.uri.toString(), line: range.start.line, character: range.start.character };
  const action = new vscode.CodeAction(title, openInPlayground);
  action.command = { title, command: commandId('openPlayground'), arguments: [place] };
  return action;
}
