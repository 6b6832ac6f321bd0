import { problemRule } from './problemRule';

/** What Python or the framework rejects in a single argument. */
export const invalidArgument = problemRule('invalid-argument', {
  code: 'TC206',
  severity: 'error',
  summary: 'An argument has a wrong type, length or value, is missing, unknown or one too many.',
});
