import * as vscode from 'vscode';
import { format } from '../algebra/format';
import type { Shape } from '../frameworks/argument';
import type { Layer } from '../network/layer';
import { inputPlace, inputShapeEdit, typedShape, type InputPlace } from '../rules/inputShape';
import type { DocumentAnalysis } from './analyses';
import { isPlace } from './commandIds';
import { openedDocument } from './documents';
import type { Services } from './services';

/** Where the shape of an input can be written, seen from a position; only where there is something to give a shape to. */
export function inputPlaceAt(result: DocumentAnalysis, document: vscode.TextDocument, position: vscode.Position): InputPlace | undefined {
  const at = result.offsetOf(document, position);
  const place = at && inputPlace(result.analysis.source, at);
  return place && place.names.length > 0 ? place : undefined;
}

/** Whether the code leaves open what goes into the layer, so that its shapes are formulas. */
export function hasImpliedInput(layer: Layer): boolean {
  return layer.instances.some(({ input, inputOrigin }) => inputOrigin === undefined && (input === undefined || input.some(size => size.terms.some(term => term.factors.length > 0))));
}

/** Whether the line begins the definition of a function. */
export function isFunctionHead(line: string): boolean {
  return /^[ \t]*(?:async[ \t]+)?def[ \t]/.test(line);
}

/** Asks for the shape of an input of the function or layer at the place given, or at the cursor, and writes it as a comment. */
export async function setInputShape(services: Services, argument: unknown): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const document = isPlace(argument) ? await openedDocument(argument.uri) : editor?.document;
  const position = isPlace(argument) ? new vscode.Position(argument.line, argument.character) : editor?.selection.active;
  const result = document && services.analyses.of(document);
  const place = result && position && inputPlaceAt(result, document, position);
  if (!result || !place) {
    void vscode.window.showInformationMessage('Transposed Conv Lens: put the cursor on a layer, or into the function that takes the input.');
    return;
  }
  const name = await pickName(place);
  if (name === undefined) return;
  const shape = await askShape(name, place, impliedShape(result, document, position, name));
  // The text may have changed while the boxes were open.
  const now = services.analyses.of(document);
  const at = now?.offsetOf(document, position);
  const edit = shape !== undefined && now && at ? inputShapeEdit(now.analysis.source, at, name, shape) : undefined;
  const location = edit && now?.location(edit.range);
  if (!edit || !location) return;
  const change = new vscode.WorkspaceEdit();
  change.replace(location.uri, location.range, edit.text);
  await vscode.workspace.applyEdit(change);
}

async function pickName({ names, written, functionName }: InputPlace): Promise<string | undefined> {
  if (names.length < 2) return names[0];
  const items = names.map(name => ({ label: name, description: written.get(name) ?? '' }));
  return (await vscode.window.showQuickPick(items, { title: `Input of ${functionName ?? 'the layer'}` }))?.label;
}

async function askShape(name: string, { written, functionName }: InputPlace, implied: string | undefined): Promise<string | undefined> {
  const text = await vscode.window.showInputBox({
    title: functionName === undefined ? 'Shape of the input of the layer' : `Shape of ${name} in ${functionName}`,
    prompt: 'The whole shape, batch included. Names stand for sizes that are left open.',
    placeHolder: '(N, 100, 1, 1)',
    value: written.get(name) ?? implied ?? '',
    validateInput: value => typedShape(value) === undefined && value.trim() !== ''
      ? 'Sizes with commas between them, such as (N, 3, 64, 64): numbers, names, or sums and products of them' : undefined,
  });
  return text === undefined ? undefined : typedShape(text);
}

/** What the first layer implies, as a start: `(N, 100, H, W)`. */
function impliedShape(result: DocumentAnalysis, document: vscode.TextDocument, position: vscode.Position, name: string): string | undefined {
  const layer = result.layerAt(document, position)?.layer;
  const ofLayer = layer?.instances.find(instance => instance.input !== undefined)?.input;
  const parameter = result.analysis.flow.tensors.find(({ range, kind }) => {
    const place = kind === 'name' ? result.rangeIn(document, range) : undefined;
    return place?.start.line === position.line && document.getText(place) === name;
  })?.uses.find(use => use.shape !== undefined)?.shape;
  const shape = parameter ?? ofLayer;
  return shape && written(shape);
}

/** In Python's terms, `_` for what is not known. */
function written(shape: Shape): string {
  return `(${shape.map(size => size.known ? format(size) : '_').join(', ')}${shape.length === 1 ? ',' : ''})`;
}
