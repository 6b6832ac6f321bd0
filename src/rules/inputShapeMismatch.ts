import { noted } from './noted';
import type { Rule } from './rule';

/** A shape that the author gives to an input in an annotation or comment, and what the code passes. */
export const inputShapeMismatch: Rule = {
  code: 'TC210',
  name: 'input-shape-mismatch',
  severity: 'warning',
  summary: 'An annotation or comment gives an input another shape than the code passes.',
  check: context => noted('input-shape-mismatch', context),
};
