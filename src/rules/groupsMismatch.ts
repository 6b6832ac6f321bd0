import { problemRule } from './problemRule';

/** Each group gets an equal share of the input and of the output channels. */
export const groupsMismatch = problemRule('groups-mismatch', {
  code: 'TC202',
  severity: 'error',
  summary: 'Channels are not divisible by groups.',
});
