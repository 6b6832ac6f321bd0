import type { Problem } from './api';
import type { ArgumentValue } from './argument';
import type { Bound } from './bind';
import { pythonText } from './value';

const activations = new Set([
  'celu', 'elu', 'exponential', 'gelu', 'glu', 'hard_sigmoid', 'hard_silu', 'hard_swish', 'leaky_relu', 'linear', 'log_softmax',
  'mish', 'prelu', 'relu', 'relu6', 'selu', 'sigmoid', 'silu', 'softmax', 'softplus', 'softsign', 'swish', 'tanh',
]);
const layouts = new Set(['channels_last', 'channels_first', 'nwc', 'ncw', 'nhwc', 'nchw', 'ndhwc', 'ncdhw']);
const paddingModes = new Set(['zeros', 'reflect', 'replicate', 'circular']);

/**
 * The parameter that a value of this type is evidently meant for, among those that there are: `'same'` is a
 * padding and `False` a bias wherever they stand. `undefined` when it is not evident.
 */
export function meantFor(value: ArgumentValue, parameters: readonly string[]): string | undefined {
  const guess = value.kind === 'boolean' ? ['bias', 'use_bias'] : value.kind === 'string' ? meantByString(value.value.toLowerCase()) : [];
  return guess.find(name => parameters.includes(name));
}

function meantByString(text: string): readonly string[] {
  if (text === 'same' || text === 'valid') return ['padding'];
  if (layouts.has(text)) return ['data_format'];
  if (paddingModes.has(text)) return ['padding_mode'];
  if (activations.has(text)) return ['activation', 'activation_fn'];
  return [];
}

/**
 * TC302: a positional value that is certainly meant for another parameter. The correction names that one, and
 * is left out where removing the value would move others or the other parameter is set already.
 */
export function misplaced(options: {
  readonly bound: Bound;
  readonly parameter: string;
  readonly meant: string;
  /** Whether the call sets `meant` too. */
  readonly meantIsGiven: boolean;
  /** How people write the callable. */
  readonly label: string;
  /** The sibling API that has `meant` at this place, if one is: `nn.Conv2d`. */
  readonly sibling?: string | undefined;
  readonly quote?: string | undefined;
  readonly when?: Problem['when'];
}): Problem {
  const { bound, parameter, meant, label, sibling } = options;
  const reason = sibling === undefined ? `it looks like ${meant}` : `in ${sibling} it is ${meant}`;
  const text = pythonText(bound.value);
  const place = bound.position === undefined ? '' : `${ordinal(bound.position)} positional argument of ${label}`;
  return {
    kind: 'argument-order',
    parameter,
    source: bound.source,
    message: `${text} is the ${place}, which is ${parameter}; ${reason}.`,
    ...(options.quote === undefined ? {} : { quote: options.quote }),
    ...(options.when === undefined ? {} : { when: options.when }),
    ...(bound.last && !options.meantIsGiven
      ? { correction: { title: `Write ${meant}=${text}`, set: { [parameter]: undefined, [meant]: bound.value } } }
      : {}),
  };
}

function ordinal(index: number): string {
  return ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth', 'eleventh', 'twelfth'][index] ?? `${index + 1}th`;
}
