import { problemRule } from './problemRule';

/** ConvTranspose has output_padding where Conv has dilation, for example. */
export const argumentOrder = problemRule('argument-order', {
  code: 'TC302',
  severity: 'warning',
  summary: 'A positional value lands on another parameter than in the sibling API.',
});
