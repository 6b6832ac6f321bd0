import { problemRule } from './problemRule';

/** Found where the shape of the input is known. */
export const channelMismatch = problemRule('channel-mismatch', {
  code: 'TC207',
  severity: 'error',
  summary: 'The input has another number of channels than the layer is made for.',
}, ['in_channels', 'weight', 'filters', 'filter']);
