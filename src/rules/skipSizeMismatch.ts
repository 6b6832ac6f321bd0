import { noted } from './noted';
import type { Rule } from './rule';

/** Tensors that are concatenated or added must agree in their other sizes: certain ones, or for some inputs only. */
export const skipSizeMismatch: Rule = {
  code: 'TC208',
  name: 'skip-size-mismatch',
  severity: 'error',
  summary: 'Tensors that are joined by cat, Concatenate or an addition differ in a size.',
  check: context => noted('skip-size-mismatch', context),
};
