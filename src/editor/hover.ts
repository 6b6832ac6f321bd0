import * as vscode from 'vscode';
import { layerMarkdown, type HoverLinks } from '../report/hover';
import { pythonDocuments } from './analyses';
import { commandLink, linkableCommands } from './commandIds';
import type { Services } from './services';

/** What is known of a layer, anywhere on its call. */
export function hover(services: Services): vscode.Disposable {
  return vscode.languages.registerHoverProvider(pythonDocuments, {
    provideHover: (document, position, token) => services.log.guard('Hover', () => {
      if (token.isCancellationRequested) return undefined;
      const result = services.analyses.of(document);
      const found = result?.layerAt(document, position);
      if (!result || !found) return undefined;
      const { layer, range } = found;
      const findings = result.analysis.findings.filter(finding => {
        const place = result.rangeIn(document, finding.range);
        return place !== undefined && range.contains(place);
      });
      const links: HoverLinks = {
        playground: commandLink('openPlayground', { uri: document.uri.toString(), line: range.start.line, character: range.start.character }),
        rule: code => commandLink('openRule', code),
      };
      const markdown = new vscode.MarkdownString(layerMarkdown(layer, findings, links));
      markdown.isTrusted = { enabledCommands: linkableCommands };
      return new vscode.Hover(markdown, range);
    }),
  });
}
