import * as vscode from 'vscode';
import type { Layer } from '../network/layer';
import type { PlaygroundLayer, ToEditor, ToPlayground } from '../protocol';
import { rules } from '../rules/index';
import type { DocumentAnalysis } from './analyses';
import { isPlace, type PlaceArgument } from './commandIds';
import type { Log } from './log';
import { notebookOf } from './notebooks';
import { playgroundLayer } from './playgroundLayer';
import { playgroundPage } from './playgroundPage';
import { openRulePage } from './rulePages';

/** Where the layer that the page shows stands, kept over a reload of the window as the page is. */
const sourceKey = 'playground.source';

export const playgroundViewType = 'transposedConvLens.playground';

/** A layer in the source. */
export interface LayerPlace {
  readonly layer: Layer;
  readonly document: vscode.TextDocument;
  /** Of the call. */
  readonly range: vscode.Range;
  /** What else is there: the layers in a row with this one. */
  readonly within?: DocumentAnalysis;
}

/**
 * The one playground panel, beside the code. The page keeps its own state (the editor stores it when the
 * panel is hidden or the window reloads); only a layer to show is sent to it.
 */
export class PlaygroundPanel {
  private open_: OpenPanel | undefined;

  constructor(private readonly extensionUri: vscode.Uri, private readonly log: Log, private readonly memory: vscode.Memento) {}

  get state(): { readonly ready: boolean; readonly layer: PlaygroundLayer | undefined } | undefined {
    return this.open_ && { ready: this.open_.ready, layer: this.open_.shown };
  }

  /** Shows the layer, or, without one, what was there last. */
  open(place?: LayerPlace): void {
    if (this.open_) this.open_.panel.reveal(undefined, true);
    else {
      this.adopt(vscode.window.createWebviewPanel(
        playgroundViewType, 'Playground', { viewColumn: vscode.ViewColumn.Beside, preserveFocus: place !== undefined }));
    }
    if (place) this.open_?.show(place);
  }

  /** Takes over a panel: a new one, or one that the editor brought back after a reload. */
  adopt(panel: vscode.WebviewPanel): void {
    this.open_?.panel.dispose();
    const open = new OpenPanel(panel, this.extensionUri, this.log, this.memory);
    this.open_ = open;
    panel.onDidDispose(() => {
      open.dispose();
      if (this.open_ === open) this.open_ = undefined;
    });
  }

  dispose(): void {
    this.open_?.panel.dispose();
  }
}

/** A panel on the screen and what it shows. */
class OpenPanel {
  ready = false;
  shown: PlaygroundLayer | undefined;
  /** Not sent yet, because the page was still loading. */
  private pending: ToPlayground | undefined;
  private readonly subscriptions: vscode.Disposable;

  constructor(
    readonly panel: vscode.WebviewPanel, private readonly extensionUri: vscode.Uri, private readonly log: Log,
    private readonly memory: vscode.Memento,
  ) {
    panel.webview.options = { enableScripts: true, localResourceRoots: [vscode.Uri.joinPath(extensionUri, 'dist', 'webview')] };
    panel.iconPath = {
      light: vscode.Uri.joinPath(extensionUri, 'media', 'playground-light.svg'),
      dark: vscode.Uri.joinPath(extensionUri, 'media', 'playground-dark.svg'),
    };
    this.subscriptions = vscode.Disposable.from(
      panel.webview.onDidReceiveMessage((message: ToEditor) => void log.guardAsync('Playground message', () => this.receive(message))),
      // A hidden page is torn down; it says again when it is ready.
      panel.onDidChangeViewState(() => { if (!panel.visible) this.ready = false; }),
    );
    panel.webview.html = playgroundPage(panel.webview, extensionUri);
  }

  show({ layer, document, range, within }: LayerPlace): void {
    const shown = playgroundLayer(layer, placeName(document, range.start), within && {
      layers: within.analysis.layers,
      placeOf: each => {
        const place = within.location(each);
        const own = within.documents.find(candidate => candidate.uri.toString() === place?.uri.toString());
        return place && own && placeName(own, place.range.start);
      },
    });
    if (!shown) return;
    this.shown = shown;
    const source: PlaceArgument = { uri: document.uri.toString(), line: range.start.line, character: range.start.character };
    void this.memory.update(sourceKey, source);
    this.panel.title = `Playground: ${shown.label}`;
    this.send({ type: 'showLayer', layer: shown });
  }

  dispose(): void {
    this.subscriptions.dispose();
  }

  private send(message: ToPlayground): void {
    if (this.ready) void this.log.guardAsync('Playground', () => this.panel.webview.postMessage(message));
    else this.pending = message;
  }

  private async receive(message: ToEditor): Promise<void> {
    switch (message.type) {
      case 'ready': {
        this.ready = true;
        const { pending } = this;
        this.pending = undefined;
        if (pending) this.send(pending);
        return;
      }
      case 'revealSource': {
        const source = this.memory.get<unknown>(sourceKey);
        if (isPlace(source)) await reveal(source);
        return;
      }
      case 'openRule': {
        if (rules.some(rule => rule.code === message.rule)) await openRulePage(this.extensionUri, message.rule);
        return;
      }
      case 'failed': {
        this.log.failed('Playground page', message.message);
        return;
      }
    }
  }
}

/** `generator.py:12`, `demo.ipynb:cell 4:2`. */
function placeName(document: vscode.TextDocument, { line }: vscode.Position): string {
  const { path } = document.uri;
  const cell = notebookOf(document)?.getCells().find(each => each.document === document);
  return `${path.slice(path.lastIndexOf('/') + 1)}:${cell ? `cell ${cell.index + 1}:` : ''}${line + 1}`;
}

async function reveal({ uri, line, character }: PlaceArgument): Promise<void> {
  const place = new vscode.Position(line, character);
  await vscode.window.showTextDocument(vscode.Uri.parse(uri, true), {
    viewColumn: vscode.ViewColumn.One, selection: new vscode.Range(place, place),
  });
}
