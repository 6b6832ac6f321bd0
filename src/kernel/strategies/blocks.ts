import { floor, max, min, roundUp } from '../arithmetic';
import { panelRows } from '../engine';

/** Numbers that stay in the second-level cache along with what else is in use: 128 kB of float32. */
export const cached = 32768;

/**
 * Output channels to take together, so that what belongs to them stays in the cache. Their lines fill whole panels of rows.
 * @param lines of each channel
 * @param pitch numbers in a line
 */
export function channelsTogether(lines: number, groupOutputs: number, pitch: number): number {
  const together = lines % panelRows === 0 ? 1 : lines % 2 === 0 ? panelRows / 2 : panelRows;
  const fitting = floor(cached / (lines * max(1, pitch)) / together) * together;
  return max(together, min(fitting, roundUp(groupOutputs, together)));
}
