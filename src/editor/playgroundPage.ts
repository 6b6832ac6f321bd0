import * as vscode from 'vscode';
import { contentSecurityPolicy, randomNonce } from './contentSecurityPolicy';

/** The HTML of the playground. Scripts run only with the nonce; nothing comes from elsewhere. */
export function playgroundPage(webview: vscode.Webview, extensionUri: vscode.Uri): string {
  const asset = (name: string): string => webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, 'dist', 'webview', name)).toString();
  const nonce = randomNonce();
  return `<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy(nonce, webview.cspSource)}">
  <title>Transposed convolution playground</title>
  <link rel="stylesheet" href="${asset('playground.css')}">
</head>
<body>
  <tconv-playground></tconv-playground>
  <script type="module" nonce="${nonce}" src="${asset('main.js')}"></script>
</body>
</html>
`;
}
