import { panelRows, roundUp } from '../engine';
import { type Extents } from '../extents';

/** Numbers that stay in the second-level cache along with what else is in use: 128 kB of float32. */
export const cached = 32768;

/**
 * Output channels to take together, so that what belongs to them stays in the cache. Their taps fill whole panels of rows.
 * @param numbers how many belong to each tap of a channel
 */
export function channelsTogether({ taps, groupOutputs }: Extents, numbers: number): number {
  const together = taps % panelRows === 0 ? 1 : taps % 2 === 0 ? panelRows / 2 : panelRows;
  const fitting = Math.floor(cached / (taps * Math.max(1, numbers)) / together) * together;
  return Math.max(together, Math.min(fitting, roundUp(groupOutputs, together)));
}
