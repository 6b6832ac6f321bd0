// What the page's worker runs: this file becomes a function of its `scope` (scripts/lib/workerProgram.mjs). Without a
// scope it serves nobody and gives the page its kernel.
import type { Port } from './jobMessages';
import { servePictures } from './pictureWork';

export * from './kernel';

declare const scope: Port | undefined;

if (scope !== undefined) {
  servePictures(scope);
  // The page waits for a first word before it relies on a worker.
  scope.postMessage('ready', []);
}
