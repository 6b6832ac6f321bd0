import * as vscode from 'vscode';
import { overlapSummary } from '../report/overlapWords';
import { sizeSummary } from '../report/sizes';
import { pythonDocuments } from './analyses';
import { commandId, type PlaceArgument } from './commandIds';
import type { Services } from './services';

/** Output size and overlap above each layer; a click opens the playground. */
export function codeLens(services: Services): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  return vscode.Disposable.from(
    changed,
    services.analyses.onDidChange(() => changed.fire()),
    vscode.languages.registerCodeLensProvider(pythonDocuments, {
      onDidChangeCodeLenses: changed.event,
      provideCodeLenses: (document, token) => services.log.guard('Code lens', () => {
        if (token.isCancellationRequested || services.settings.of(document).sizes !== 'codeLens') return [];
        const layers = services.analyses.of(document)?.layersIn(document) ?? [];
        return layers.flatMap(({ layer, range }) => {
          const size = sizeSummary(layer);
          const words = [size && `→ ${size.text}`, overlapSummary(layer)].filter(word => word !== undefined);
          if (words.length === 0) return [];
          const place: PlaceArgument = { uri: document.uri.toString(), line: range.start.line, character: range.start.character };
          return [new vscode.CodeLens(range, {
            title: words.join(' · '), tooltip: 'Open in playground', command: commandId('openPlayground'), arguments: [place],
          })];
        });
      }),
    }),
  );
}
