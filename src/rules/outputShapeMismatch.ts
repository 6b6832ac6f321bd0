import { problemRule } from './problemRule';

/** A stride leaves a choice of as many output sizes as it is large; this is none of them. */
export const outputShapeMismatch = problemRule('output-shape-mismatch', {
  code: 'TC209',
  severity: 'error',
  summary: 'output_size or output_shape is outside the legal range.',
}, ['output_shape', 'output_size']);
