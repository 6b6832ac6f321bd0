import * as vscode from 'vscode';
import type { Layer } from '../network/layer';
import type { PlaygroundLayer, ToEditor, ToPlayground } from '../protocol';
import { rules } from '../rules/index';
import type { Log } from './log';
import { playgroundLayer } from './playgroundLayer';
import { playgroundPage } from './playgroundPage';
import { openRulePage } from './rulePages';

export const playgroundViewType = 'transposedConvLens.playground';

/** A layer in the source. */
export interface LayerPlace {
  readonly layer: Layer;
  readonly document: vscode.TextDocument;
  /** Of the call. */
  readonly range: vscode.Range;
}

/**
 * The one playground panel, beside the code. The page keeps its own state (the editor stores it when the
 * panel is hidden or the window reloads); only a layer to show is sent to it.
 */
export class PlaygroundPanel {
  private open_: OpenPanel | undefined;

  constructor(private readonly extensionUri: vscode.Uri, private readonly log: Log) {}

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
    const open = new OpenPanel(panel, this.extensionUri, this.log);
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
  private place: { readonly uri: vscode.Uri; readonly range: vscode.Range } | undefined;
  /** Not sent yet, because the page was still loading. */
  private pending: ToPlayground | undefined;
  private readonly subscriptions: vscode.Disposable;

  constructor(readonly panel: vscode.WebviewPanel, private readonly extensionUri: vscode.Uri, private readonly log: Log) {
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

  show({ layer, document, range }: LayerPlace): void {
    const shown = playgroundLayer(layer, `${fileName(document.uri)}:${range.start.line + 1}`);
    if (!shown) return;
    this.shown = shown;
    this.place = { uri: document.uri, range };
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
        if (!this.place) return;
        await vscode.window.showTextDocument(this.place.uri, { viewColumn: vscode.ViewColumn.One, selection: this.place.range });
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

function fileName(uri: vscode.Uri): string {
  return uri.path.slice(uri.path.lastIndexOf('/') + 1);
}
