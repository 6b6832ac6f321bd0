import type * as vscode from 'vscode';
import { codeActions } from './editor/codeActions';
import { codeLens } from './editor/codeLens';
import { commands } from './editor/commands';
import { diagnostics } from './editor/diagnostics';
import { hover } from './editor/hover';
import { inlayHints } from './editor/inlayHints';
import { playground } from './editor/playground';
import { playgroundFollow } from './editor/playgroundFollow';
import { playgroundLinks } from './editor/playgroundLinks';
import { createServices, type ExtensionApi, type Feature } from './editor/services';
import { statusItem } from './editor/statusItem';

const features: readonly Feature[] = [
  hover, diagnostics, codeActions, inlayHints, codeLens, statusItem, playground, playgroundFollow, playgroundLinks, commands,
];

export function activate(context: vscode.ExtensionContext): ExtensionApi {
  const services = createServices(context);
  for (const feature of features) context.subscriptions.push(feature(services));
  return services.api;
}
