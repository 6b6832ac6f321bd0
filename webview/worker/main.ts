// What runs in the page's worker: this file becomes a text in the page's script (scripts/lib/workerText.mjs).
import type { Port } from '../../src/kernel/worker/messages';
import { servePictures } from './pictureWork';

servePictures(globalThis as unknown as Port);
// The page waits for a first word before it relies on the worker.
(globalThis as unknown as Port).postMessage('ready', []);
