import { noted } from './noted';
import { problemRule } from './problemRule';
import type { Rule } from './rule';

const ofTransposed = problemRule('channel-mismatch', {
  code: 'TC207',
  severity: 'error',
  summary: 'The input has another number of channels than the layer is made for.',
}, ['in_channels', 'weight', 'filters', 'filter']);

/** Found where the shape of the input is known: of transposed convolutions, and of the layers between them. */
export const channelMismatch: Rule = {
  ...ofTransposed,
  check: context => noted('channel-mismatch', context),
};
