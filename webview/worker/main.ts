// What the page's worker runs: this file becomes a function of its `scope` (scripts/lib/workerProgram.mjs).
import type { Port } from '../../src/kernel/worker/messages';
import { servePictures } from './pictureWork';

declare const scope: Port;

servePictures(scope);
// The page waits for a first word before it relies on a worker.
scope.postMessage('ready', []);
