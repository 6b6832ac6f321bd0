import { problemRule } from './problemRule';

/** PyTorch takes less than the larger of stride and dilation, Keras less than the stride. */
export const outputPaddingTooLarge = problemRule('output-padding-too-large', {
  code: 'TC201',
  severity: 'error',
  summary: 'output_padding is beyond what the framework accepts.',
});
