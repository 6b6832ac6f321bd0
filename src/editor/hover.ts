import * as vscode from 'vscode';
import type { TensorPlace } from '../network/flow';
import { neighbourMarkdown, tensorMarkdown } from '../report/flowText';
import { layerMarkdown, type HoverLinks } from '../report/hover';
import { type DocumentAnalysis, pythonDocuments } from './analyses';
import { commandLink, linkableCommands, type PlaceArgument } from './commandIds';
import { hasImpliedInput, inputPlaceAt } from './inputShape';
import type { Services } from './services';

/** What is known of the layer or tensor under the pointer. */
export function hover(services: Services): vscode.Disposable {
  return vscode.languages.registerHoverProvider(pythonDocuments, {
    provideHover: (document, position, token) => services.log.guard('Hover', () => {
      if (token.isCancellationRequested) return undefined;
      const result = services.analyses.of(document);
      if (!result) return undefined;
      // A name that is a tensor says more than the call around it; a call's result less than the layer called.
      const tensor = tensorAt(result, document, position);
      const layer = result.layerAt(document, position);
      if (tensor && (tensor.place.kind !== 'result' || !layer || (tensor.range.start.isAfter(layer.range.start) && layer.range.contains(tensor.range)))) {
        return tensorHover(result, document, tensor) ?? neighbourHover(result, document, position);
      }
      if (!layer) return neighbourHover(result, document, position);
      const { range } = layer;
      const findings = result.analysis.findings.filter(finding => {
        const place = result.rangeIn(document, finding.range);
        return place !== undefined && range.contains(place);
      });
      const links: HoverLinks = {
        playground: commandLink('openPlayground', placeOf(document, range.start)),
        rule: code => commandLink('openRule', code),
        setInputShape: hasImpliedInput(layer.layer) && inputPlaceAt(result, document, range.start) ? commandLink('setInputShape', placeOf(document, range.start)) : undefined,
      };
      return new vscode.Hover(trusted(layerMarkdown(layer.layer, findings, links)), range);
    }),
  });
}

interface TensorHere {
  readonly place: TensorPlace;
  readonly range: vscode.Range;
}

/** The innermost tensor whose name, or whose call's name, is there. */
function tensorAt(result: DocumentAnalysis, document: vscode.TextDocument, position: vscode.Position): TensorHere | undefined {
  let found: TensorHere | undefined;
  for (const place of result.analysis.flow.tensors) {
    const range = result.rangeIn(document, place.range);
    if (range?.contains(position) === true && (found === undefined || found.range.contains(range))) found = { place, range };
  }
  return found;
}

function tensorHover(result: DocumentAnalysis, document: vscode.TextDocument, { place, range }: TensorHere): vscode.Hover | undefined {
  const text = tensorMarkdown(document.getText(range), place, {
    setInputShape: () => inputPlaceAt(result, document, range.start) ? commandLink('setInputShape', placeOf(document, range.start)) : undefined,
  });
  return text === undefined ? undefined : new vscode.Hover(trusted(text), range);
}

/** On the name of a layer beside the transposed convolutions. */
function neighbourHover(result: DocumentAnalysis, document: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined {
  for (const place of result.analysis.flow.layers) {
    if (place.reading !== undefined) continue;
    const range = result.rangeIn(document, place.callee);
    const text = range?.contains(position) === true ? neighbourMarkdown(place) : undefined;
    if (range && text !== undefined) return new vscode.Hover(trusted(text), range);
  }
  return undefined;
}

function placeOf(document: vscode.TextDocument, { line, character }: vscode.Position): PlaceArgument {
  return { uri: document.uri.toString(), line, character };
}

function trusted(text: string): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString(text);
  markdown.isTrusted = { enabledCommands: linkableCommands };
  return markdown;
}
