import { mkdtempSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atExit } from './cleanup.mjs';

const removal = { recursive: true, force: true, maxRetries: 5, retryDelay: 100 };

/**
 * A folder of its own in the temporary directory, removed at the end at the latest.
 * @param {string} name
 */
export function scratchFolder(name) {
  const path = mkdtempSync(join(tmpdir(), `transposed-conv-lens-${name}-`));
  const forget = atExit(() => rmSync(path, removal));
  return {
    path,
    /** A server that has just ended may still write for a moment: not worth a failure. */
    async remove() {
      await rm(path, removal).then(forget, () => undefined);
    },
  };
}
