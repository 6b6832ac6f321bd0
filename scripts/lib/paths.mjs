import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
/** What builds and tests leave behind; ignored by git. */
export const out = join(root, 'out');
/** The models that the README shows; copied before use, so that edits do not touch the checkout. */
export const sampleWorkspace = join(root, 'test', 'fixtures', 'workspace');
