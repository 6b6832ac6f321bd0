import type { Parameter, Signature } from './api';
import { optional, required } from './signature';
import { boolean, integer, none, string } from './value';

// Source: semantics.md 2.2.

const fromKernelSize: readonly Parameter[] = [
  required('kernel_size'), optional('stride', integer(1)), optional('padding', integer(0)), optional('output_padding', integer(0)),
  optional('groups', integer(1)), optional('bias', boolean(true)), optional('dilation', integer(1)),
  optional('padding_mode', string('zeros')), optional('device', none), optional('dtype', none),
];

export const moduleSignature: Signature = {
  parameters: [required('in_channels'), required('out_channels'), ...fromKernelSize], acceptsOtherKeywords: false,
};

export const lazySignature: Signature = { parameters: [required('out_channels'), ...fromKernelSize], acceptsOtherKeywords: false };

export const functionSignature: Signature = {
  parameters: [
    required('input'), required('weight'), optional('bias', none), optional('stride', integer(1)), optional('padding', integer(0)),
    optional('output_padding', integer(0)), optional('groups', integer(1)), optional('dilation', integer(1)),
  ],
  acceptsOtherKeywords: false,
};
