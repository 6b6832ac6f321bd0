import { problemRule } from './problemRule';

/** String paddings are for Keras and TensorFlow, numbers for PyTorch, and only zeros everywhere. */
export const unsupportedPadding = problemRule('unsupported-padding', {
  code: 'TC205',
  severity: 'error',
  summary: 'The padding string, padding_mode or type of padding is not supported by this API.',
});
