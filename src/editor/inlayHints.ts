import * as vscode from 'vscode';
import { sizeSummary } from '../report/sizes';
import { pythonDocuments } from './analyses';
import type { Services } from './services';

/** The output size after each layer: `→ 2H × 2W`. */
export function inlayHints(services: Services): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  return vscode.Disposable.from(
    changed,
    services.analyses.onDidChange(() => changed.fire()),
    vscode.languages.registerInlayHintsProvider(pythonDocuments, {
      onDidChangeInlayHints: changed.event,
      provideInlayHints: (document, visible, token) => services.log.guard('Inlay hints', () => {
        if (token.isCancellationRequested || services.settings.of(document).sizes !== 'inlayHint') return [];
        const layers = services.analyses.of(document)?.layersIn(document) ?? [];
        return layers.flatMap(({ layer, range }) => {
          if (!visible.contains(range.end)) return [];
          const summary = sizeSummary(layer);
          if (!summary) return [];
          const hint = new vscode.InlayHint(range.end, `→ ${summary.text}`);
          hint.paddingLeft = true;
          // `Conv2DTranspose(…) → 64 × 64 (x)`: what the layer is called with is no part of the size.
          hint.paddingRight = document.getText(new vscode.Range(range.end, range.end.translate(0, 1))) === '(';
          hint.tooltip = summary.explanation;
          return [hint];
        });
      }),
    }),
  );
}
