import { problemRule } from './problemRule';

/** Keras rejects the combination, also across axes. */
export const strideWithDilation = problemRule('stride-with-dilation', {
  code: 'TC204',
  severity: 'error',
  summary: 'The framework rejects a stride above 1 together with a dilation above 1.',
});
