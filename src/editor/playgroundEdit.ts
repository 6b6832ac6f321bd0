import * as vscode from 'vscode';
import { fromPlain } from '../frameworks/plain';
import type { ArgumentChange, CallPart } from '../protocol';
import { explainedEdits } from '../rules/edit';
import type { Edit } from '../rules/rule';
import type { LayerPlace, PlaygroundSource } from './playgroundSource';

/** A call with other arguments: how it reads, and the edit that makes it so. */
export interface CallEdit {
  readonly call: readonly CallPart[];
  readonly edit: vscode.WorkspaceEdit;
  /** Whether it changes anything. */
  readonly changes: boolean;
}

/**
 * The edit that gives the call which the playground shows other arguments.
 * @param revision of the layer that the page had when it asked.
 * @returns or why not, in a sentence.
 */
export async function editOfCall(source: PlaygroundSource, revision: number, changes: readonly ArgumentChange[]): Promise<CallEdit | { readonly reason: string }> {
  if (source.revision === undefined) return { reason: 'The playground shows a layer that is not in your code.' };
  if (source.revision !== revision) return { reason: 'The code has changed meanwhile. Look at the new values, and change them again.' };
  const place = await source.current().then(found => found, () => undefined);
  if (!place) return { reason: 'The call is no longer there.' };
  const { document, range, layer, within } = place;
  if (document.getText(range) !== source.call) return { reason: 'The text of the call has changed meanwhile. Open the playground from it again.' };
  const text = within.analysis.source.cells[layer.range.cell] ?? '';
  const set = Object.fromEntries(changes.map(({ name, value }) => [name, value === undefined ? undefined : fromPlain(value)]));
  const edits = explainedEdits(layer, set, each => text.slice(each.from, each.to));
  if ('reason' in edits) return edits;
  return { call: callParts(text, layer.range, edits), edit: workspaceEdit(place, edits), changes: edits.length > 0 };
}

function workspaceEdit({ document, within }: LayerPlace, edits: readonly Edit[]): vscode.WorkspaceEdit {
  const edit = new vscode.WorkspaceEdit();
  for (const { range, text } of edits) {
    const place = within.rangeIn(document, range);
    if (place) edit.replace(document.uri, place, text);
  }
  return edit;
}

/** The call as it would read, the new pieces told apart. */
function callParts(text: string, call: { readonly from: number; readonly to: number }, edits: readonly Edit[]): readonly CallPart[] {
  const parts: CallPart[] = [];
  let at = call.from;
  for (const edit of edits) {
    parts.push({ text: text.slice(at, edit.range.from), changed: false }, { text: edit.text, changed: true });
    at = edit.range.to;
  }
  parts.push({ text: text.slice(at, call.to), changed: false });
  return parts.filter(part => part.text !== '');
}
