import * as vscode from 'vscode';
import type { SourceRange } from '../python/source';
import { shapesLine } from '../report/flowText';
import { isRejected, sizeSummary } from '../report/sizes';
import { type DocumentAnalysis, pythonDocuments } from './analyses';
import { argumentListLength } from './appliedCall';
import type { Services } from './services';

/** The output size after each layer: `→ 2H × 2W`; if wanted the shapes of all layers and assigned tensors. */
export function inlayHints(services: Services): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  return vscode.Disposable.from(
    changed,
    services.analyses.onDidChange(() => changed.fire()),
    vscode.languages.registerInlayHintsProvider(pythonDocuments, {
      onDidChangeInlayHints: changed.event,
      provideInlayHints: (document, visible, token) => services.log.guard('Inlay hints', () => {
        const { sizes, sizesOf } = services.settings.of(document);
        if (token.isCancellationRequested || sizes !== 'inlayHint') return [];
        const result = services.analyses.of(document);
        if (!result) return [];
        return sizesOf === 'all' ? allHints(result, document, visible) : transposedHints(result, document, visible);
      }),
    }),
  );
}

function transposedHints(result: DocumentAnalysis, document: vscode.TextDocument, visible: vscode.Range): vscode.InlayHint[] {
  return result.layersIn(document).flatMap(({ layer, range }) => {
    const summary = visible.contains(range.end) ? sizeSummary(layer) : undefined;
    return summary ? [arrowHint(applicationEnd(document, range.end), summary.text, summary.explanation)] : [];
  });
}

/** Whole shapes: after the call that makes a layer, and after a name that is bound to a tensor. */
function allHints(result: DocumentAnalysis, document: vscode.TextDocument, visible: vscode.Range): vscode.InlayHint[] {
  const hints: vscode.InlayHint[] = [];
  /** By line, the shapes that layers say there: an assignment of the same need not say them again. */
  const said = new Map<number, Set<string>>();
  const shown = new Set<string>();
  const [from, to] = [visible.start, visible.end].map(position => result.offsetOf(document, position));
  const isVisible = ({ cell, to: end }: SourceRange): boolean => from !== undefined && to !== undefined && cell === from.cell && from.from <= end && end <= to.from;
  const rejected = new Set(result.layersIn(document).filter(({ layer }) => isRejected(layer)).map(({ range }) => positionKey(range.end)));
  for (const { range: source, uses } of result.analysis.flow.layers) {
    const range = isVisible(source) ? result.rangeIn(document, source) : undefined;
    if (!range || rejected.has(positionKey(range.end))) continue;
    const text = shapesLine(uses.filter(use => use.output !== undefined).map(use => ({ shape: use.output })));
    if (text === undefined) continue;
    const end = applicationEnd(document, range.end);
    hints.push(arrowHint(end, text, uses.length === 1 ? 'Output shape' : `Output shapes in ${uses.length} contexts`));
    shown.add(positionKey(end));
    const line = range.start.line;
    said.set(line, (said.get(line) ?? new Set()).add(text));
  }
  // A layer that nothing is known to be applied to still has its formula.
  hints.push(...transposedHints(result, document, visible).filter(hint => !shown.has(positionKey(hint.position))));
  for (const { range: source, kind, uses } of result.analysis.flow.tensors) {
    const range = kind === 'assigned' && isVisible(source) ? result.rangeIn(document, source) : undefined;
    if (!range) continue;
    const text = shapesLine(uses);
    if (text === undefined || said.get(range.start.line)?.has(text) === true) continue;
    const hint = new vscode.InlayHint(range.end, `: ${text}`, vscode.InlayHintKind.Type);
    hint.tooltip = uses.length === 1 ? 'Shape of the tensor' : `Shapes of the tensor in ${uses.length} contexts`;
    hints.push(hint);
  }
  for (const { range: source, uses } of result.analysis.flow.returned) {
    const range = isVisible(source) ? result.rangeIn(document, source) : undefined;
    const text = range && shapesLine(uses);
    if (!range || text === undefined || shown.has(positionKey(range.end))) continue;
    hints.push(arrowHint(range.end, text, uses.length === 1 ? 'Shape that is returned' : `Shapes that are returned in ${uses.length} contexts`));
  }
  return hints;
}

function arrowHint(position: vscode.Position, text: string, tooltip: string): vscode.InlayHint {
  const hint = new vscode.InlayHint(position, `→ ${text}`);
  hint.paddingLeft = true;
  hint.tooltip = tooltip;
  return hint;
}

/** More text than the arguments of a call that is applied at once. */
const longestApplication = 4000;

/** The end of a call, or of its application where it is applied at once: `Conv2DTranspose(…)(x)`. */
function applicationEnd(document: vscode.TextDocument, callEnd: vscode.Position): vscode.Position {
  const isApplied = document.getText(new vscode.Range(callEnd, callEnd.translate(0, 1))) === '(';
  if (!isApplied) return callEnd;
  const from = document.offsetAt(callEnd);
  const text = document.getText(new vscode.Range(callEnd, document.positionAt(from + longestApplication)));
  return document.positionAt(from + argumentListLength(text));
}

function positionKey({ line, character }: vscode.Position): string {
  return `${line}:${character}`;
}
