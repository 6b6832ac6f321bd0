import { problemRule } from './problemRule';

/** More is cropped than the transposed convolution makes. */
export const emptyOutput = problemRule('empty-output', {
  code: 'TC203',
  severity: 'error',
  summary: 'The computed output size is less than 1.',
}, ['padding', 'kernel_size', 'weight']);
