import { bounds, compare } from '../algebra/bounds';
import { type Int, one, unknown } from '../algebra/integer';
import { format } from '../algebra/format';
import type { Api, Applied, Problem, Reading, ReadingOptions, Signature } from './api';
import type { GivenArguments, Shape } from './argument';
import { bind } from './bind';
import { KerasArguments, type KerasTraits, kerasNames } from './kerasArguments';
import { type KerasGeometry, kerasFormula, kerasWindow } from './kerasGeometry';
import { repeat } from './read';
import { makeReading } from './reading';
import { optional, required } from './signature';
import { integer, none, sizes, string } from './value';

const signature: Signature = {
  parameters: [
    required('inputs'), required('kernel'), optional('strides', integer(1)), optional('padding', string('valid')),
    optional('output_padding', none), optional('data_format', none), optional('dilation_rate', integer(1)),
  ],
  acceptsOtherKeywords: false,
};

/** `keras.ops.conv_transpose`: the layers' geometry with a kernel `[*kernel, outputChannels, inputChannels]`, of any rank. */
export function kerasOpsApi(): Api {
  const api: Api = {
    name: 'keras.ops.conv_transpose',
    aliases: ['keras.ops.nn.conv_transpose', 'keras.api.ops.conv_transpose', 'keras.src.ops.conv_transpose', 'keras.src.ops.nn.conv_transpose', 'tensorflow.keras.ops.conv_transpose'],
    label: 'keras.ops.conv_transpose', framework: 'keras', form: 'function', rank: undefined,
    documentation: 'https://keras.io/api/ops/nn/#convtranspose-function',
    signature: () => signature,
    read: (call, options) => readOp(api, call, options),
  };
  return api;
}

function readOp(api: Api, call: GivenArguments, options: ReadingOptions): Reading {
  const binding = bind(signature, call, { name: 'conv_transpose', receivers: 0 });
  const kernel = tensorShape(binding.get('kernel').value);
  const inputs = tensorShape(binding.get('inputs').value);
  const dimensions = (kernel ?? inputs)?.length ?? 0;
  const rank = dimensions === 3 || dimensions === 4 || dimensions === 5 ? (dimensions - 2) as 1 | 2 | 3 : undefined;
  const traits: KerasTraits = { rank: rank ?? 2, form: 'function', className: 'conv_transpose', label: api.label, names: kerasNames };
  const given = new KerasArguments(binding, traits, 3, signature.parameters.map(parameter => parameter.name));
  const axes = rank ?? 0;
  const perAxis = (parameter: 'strides' | 'dilation_rate'): readonly Int[] => rank === undefined ? [] : given.sizes(parameter);
  const layout = given.layout(options.imageDataFormat ?? 'channels_last');
  const geometry: KerasGeometry = {
    kernelSize: rank === undefined ? [] : kernel?.slice(0, rank) ?? repeat(unknown, axes),
    stride: perAxis('strides'), dilation: perAxis('dilation_rate'), padding: given.padding(),
    outputPadding: given.get('output_padding').value.kind === 'none' ? 'none' : rank === undefined ? [] : given.sizes('output_padding'),
  };
  const outputChannels = kernel?.[axes] ?? unknown;
  const inputChannels = kernel?.[axes + 1] ?? unknown;
  return makeReading({
    api, rank, kernelSize: geometry.kernelSize, stride: geometry.stride, dilation: geometry.dilation,
    inputChannels, outputChannels, groups: one, bias: false, layout, flip: false, input: inputs,
    arguments: {
      inputs: given.get('inputs').value, kernel: given.get('kernel').value,
      strides: rank === undefined ? given.get('strides').value : sizes(geometry.stride),
      padding: geometry.padding === undefined ? given.get('padding').value : string(geometry.padding),
      output_padding: geometry.outputPadding === 'none' ? none : rank === undefined ? given.get('output_padding').value : sizes(geometry.outputPadding),
      data_format: layout === undefined ? given.get('data_format').value : string(layout === 'channelsLast' ? 'channels_last' : 'channels_first'),
      dilation_rate: rank === undefined ? given.get('dilation_rate').value : sizes(geometry.dilation),
    },
    problems: given.problems.map(problem => ({ ...problem, when: 'call' as const })),
    assumed: [],
    missing: missing(geometry, kernel),
    window: (axis, inputSize) => kerasWindow(geometry, axis, inputSize),
    formula: (axis, inputSize) => kerasFormula(geometry, axis, inputSize),
    apply: input => applyOp(geometry, { layout, inputChannels, outputChannels, label: api.label }, input),
  });
}

interface OpChannels {
  readonly layout: Reading['layout'];
  readonly inputChannels: Int;
  readonly outputChannels: Int;
  readonly label: string;
}

function applyOp(geometry: KerasGeometry, { layout, inputChannels, outputChannels, label }: OpChannels, input: Shape | undefined): Applied {
  const rank = geometry.kernelSize.length;
  if (input === undefined || rank === 0 || layout === undefined) return { output: undefined, problems: [] };
  if (input.length !== rank + 2) {
    return { output: undefined, problems: [atCall('invalid-argument', `${label} needs an input of ${rank + 2} dimensions here, but this one has ${input.length}.`)] };
  }
  const channelsLast = layout === 'channelsLast';
  const spatial = channelsLast ? input.slice(1, -1) : input.slice(2);
  const channels = input[channelsLast ? rank + 1 : 1] ?? unknown;
  const sizes = spatial.map((size, axis) => kerasWindow(geometry, axis, size).outputSize);
  const [batch = unknown] = input;
  const problems: Problem[] = [];
  if (compare(channels, inputChannels) === 'different') {
    problems.push(atCall('channel-mismatch', `The kernel takes ${format(inputChannels)} input channels, but the input has ${format(channels)}.`,
      `ValueError: The number of input channels must match the kernel's input channels. Received: input channels=${format(channels)}, kernel input channels=${format(inputChannels)}, data_format='${channelsLast ? 'channels_last' : 'channels_first'}'.`));
  }
  if (sizes.some(size => bounds(size).upper < 1)) problems.push(atCall('empty-output', `The output would be empty: ${sizes.map(size => format(size)).join(' × ')}.`));
  return { output: channelsLast ? [batch, ...sizes, outputChannels] : [batch, outputChannels, ...sizes], problems };
}

function missing(geometry: KerasGeometry, kernel: Shape | undefined): readonly string[] {
  const open = (values: readonly Int[]): boolean => values.some(value => !value.known);
  return [
    ...(kernel === undefined && geometry.padding !== 'same' ? ['kernel'] : []),
    ...(open(geometry.stride) ? ['strides'] : []),
    ...(geometry.padding === undefined ? ['padding'] : []),
  ];
}

function tensorShape(value: { readonly kind: string; readonly shape?: Shape | undefined }): Shape | undefined {
  return value.kind === 'tensor' ? value.shape : undefined;
}

function atCall(kind: Problem['kind'], message: string, quote?: string): Problem {
  return { kind, parameter: undefined, message, when: 'call', ...(quote === undefined ? {} : { quote }) };
}
