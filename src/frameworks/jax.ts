import { bounds, compare } from '../algebra/bounds';
import { type Int, one, unknown } from '../algebra/integer';
import { format } from '../algebra/format';
import type { Api, Applied, Problem, Reading, Signature } from './api';
import type { ArgumentValue, GivenArguments, Shape } from './argument';
import { bind } from './bind';
import { JaxArguments, type JaxTraits } from './jaxArguments';
import { type JaxGeometry, jaxFormula, jaxWindow } from './jaxGeometry';
import { repeat, truth } from './read';
import { makeReading } from './reading';
import { optional, required } from './signature';
import { boolean, none, sizes, string, unknownValue } from './value';

/** Transposed convolutions of JAX and Flax. Source: semantics.md 5. */
export function jaxApis(): readonly Api[] {
  return [laxApi(), flaxApi('linen'), flaxApi('nnx')];
}

function laxApi(): Api {
  const traits: JaxTraits = { library: 'lax', label: 'lax.conv_transpose' };
  const signature: Signature = {
    parameters: [
      required('lhs'), required('rhs'), required('strides'), required('padding'), optional('rhs_dilation', none), optional('dimension_numbers', none),
      optional('transpose_kernel', boolean(false)), optional('precision', none), optional('preferred_element_type', none),
      optional('use_consistent_padding', boolean(false)),
    ],
    acceptsOtherKeywords: false,
  };
  const api: Api = {
    name: 'jax.lax.conv_transpose', aliases: ['jax._src.lax.convolution.conv_transpose'], label: traits.label, framework: 'jax', form: 'function', rank: undefined,
    documentation: 'https://docs.jax.dev/en/latest/_autosummary/jax.lax.conv_transpose.html',
    signature: () => signature,
    read: call => readLax(api, traits, signature, call),
  };
  return api;
}

function flaxApi(library: 'linen' | 'nnx'): Api {
  const traits: JaxTraits = { library, label: library === 'linen' ? 'nn.ConvTranspose' : 'nnx.ConvTranspose' };
  const options = ['mask', 'dtype', 'param_dtype', 'precision', 'kernel_init', 'bias_init'].map(name => optional(name, unknownValue));
  const sizeParameters = [optional('padding', string('SAME')), optional('kernel_dilation', none), optional('use_bias', boolean(true)), ...options, optional('transpose_kernel', boolean(false))];
  const signature: Signature = library === 'linen'
    ? {
      parameters: [required('features'), required('kernel_size'), optional('strides', none), ...sizeParameters, ...['promote_dtype', 'preferred_element_type', 'parent', 'name'].map(name => optional(name, unknownValue))],
      acceptsOtherKeywords: false,
    }
    : {
      parameters: [
        required('in_features'), required('out_features'), required('kernel_size'), optional('strides', none),
        ...[...sizeParameters, optional('promote_dtype', unknownValue), optional('preferred_element_type', unknownValue), required('rngs')].map(parameter => ({ ...parameter, keywordOnly: true })),
      ],
      // Newer releases have more options, all keywords.
      acceptsOtherKeywords: true,
    };
  const page = library === 'linen' ? 'flax_linen/layers.html#flax.linen.ConvTranspose' : 'nnx/nn/linear.html#flax.nnx.ConvTranspose';
  const api: Api = {
    name: `flax.${library}.ConvTranspose`,
    aliases: library === 'linen' ? ['flax.linen.linear.ConvTranspose'] : ['flax.nnx.nn.linear.ConvTranspose', 'flax.experimental.nnx.ConvTranspose'],
    label: traits.label, framework: 'jax', form: 'layer', rank: undefined,
    documentation: `https://flax.readthedocs.io/en/latest/api_reference/${page}`,
    signature: () => signature,
    read: call => readFlax(api, traits, signature, call),
  };
  return api;
}

function readLax(api: Api, traits: JaxTraits, signature: Signature, call: GivenArguments): Reading {
  const given = new JaxArguments(bind(signature, call, { name: 'conv_transpose', receivers: 0 }), traits);
  const input = tensorShape(given.get('lhs').value);
  const kernel = tensorShape(given.get('rhs').value);
  // Other dimension numbers put the axes anywhere.
  const isDefault = given.get('dimension_numbers').value.kind === 'none';
  const dimensions = (kernel ?? input)?.length ?? sequenceLength(given.get('strides').value, 2);
  const rank = dimensions !== undefined && dimensions >= 3 && dimensions <= 5 ? dimensions - 2 : undefined;
  const transposed = truth(given.get('transpose_kernel').value);
  const [first = unknown, second = unknown] = isDefault && rank !== undefined ? kernel?.slice(rank) ?? [] : [];
  const [inputChannels, outputChannels] = transposed === undefined ? [unknown, unknown] : transposed ? [second, first] : [first, second];
  return finish(api, given, {
    rank, kernelSize: isDefault && rank !== undefined ? kernel?.slice(0, rank) : undefined, dilationName: 'rhs_dilation',
    consistent: truth(given.get('use_consistent_padding').value) ?? false,
    inputChannels, outputChannels, bias: false, layout: isDefault ? 'channelsLast' : undefined, transposed, input,
    first: { lhs: given.get('lhs').value, rhs: given.get('rhs').value },
  });
}

function readFlax(api: Api, traits: JaxTraits, signature: Signature, call: GivenArguments): Reading {
  const given = new JaxArguments(bind(signature, call, { name: 'ConvTranspose.__init__', receivers: 1 }), traits);
  const kernelSize = given.kernelSize();
  const isLinen = traits.library === 'linen';
  const size = (name: string): Int => sizeOf(given.get(name).value);
  const outputName = isLinen ? 'features' : 'out_features';
  return finish(api, given, {
    rank: kernelSize?.length, kernelSize, dilationName: 'kernel_dilation', consistent: false,
    inputChannels: isLinen ? unknown : size('in_features'), outputChannels: size(outputName),
    bias: truth(given.get('use_bias').value), layout: 'channelsLast', transposed: truth(given.get('transpose_kernel').value), input: undefined,
    first: { ...(isLinen ? {} : { in_features: given.get('in_features').value }), [outputName]: given.get(outputName).value },
  });
}

interface JaxParts {
  readonly rank: number | undefined;
  readonly kernelSize: readonly Int[] | undefined;
  readonly dilationName: 'rhs_dilation' | 'kernel_dilation';
  readonly consistent: boolean;
  readonly inputChannels: Int;
  readonly outputChannels: Int;
  readonly bias: boolean | undefined;
  readonly layout: Reading['layout'];
  readonly transposed: boolean | undefined;
  readonly input: Shape | undefined;
  readonly first: Readonly<Record<string, ArgumentValue>>;
}

function finish(api: Api, given: JaxArguments, parts: JaxParts): Reading {
  const axes = parts.rank ?? 0;
  const value = (name: string): ArgumentValue => given.get(name).value;
  const stride = parts.rank === undefined ? [] : given.sizes('strides', axes);
  const dilation = parts.rank === undefined ? [] : given.sizes(parts.dilationName, axes);
  const padding = parts.rank === undefined ? undefined : given.padding(axes, stride, parts.consistent);
  const geometry: JaxGeometry = { kernelSize: parts.kernelSize ?? repeat(unknown, axes), stride, dilation, padding };
  const open = (values: readonly Int[]): boolean => values.some(size => !size.known);
  return makeReading({
    api, rank: parts.rank, kernelSize: geometry.kernelSize, stride, dilation,
    inputChannels: parts.inputChannels, outputChannels: parts.outputChannels, groups: one, bias: parts.bias, layout: parts.layout,
    // Unless told to, JAX does not turn the kernel round, which in scatter form is the kernel backwards.
    flip: parts.transposed !== true,
    input: parts.input,
    arguments: {
      ...parts.first,
      ...(api.form === 'layer' ? { kernel_size: parts.rank === undefined ? value('kernel_size') : sizes(geometry.kernelSize) } : {}),
      strides: parts.rank === undefined ? value('strides') : sizes(stride),
      padding: value('padding'),
      [parts.dilationName]: parts.rank === undefined ? value(parts.dilationName) : sizes(dilation),
      transpose_kernel: value('transpose_kernel'),
      ...(api.form === 'layer' && given.get('use_bias').given ? { use_bias: value('use_bias') } : {}),
    },
    problems: given.problems,
    assumed: [],
    missing: [
      ...(padding !== 'SAME' && open(geometry.kernelSize) ? [api.form === 'layer' ? 'kernel_size' : 'rhs'] : []),
      ...(open(stride) ? ['strides'] : []), ...(padding === undefined ? ['padding'] : []),
    ].filter(name => !given.problems.some(problem => problem.parameter === name)),
    window: (axis, inputSize) => jaxWindow(geometry, axis, inputSize),
    formula: (axis, inputSize) => jaxFormula(geometry, axis, inputSize),
    apply: input => applyJax(api, geometry, parts, input),
  });
}

/** Calls it on `[*batch, *spatial, channels]`; lax takes one batch dimension, Flax any number. */
function applyJax(api: Api, geometry: JaxGeometry, parts: JaxParts, input: Shape | undefined): Applied {
  const rank = geometry.kernelSize.length;
  if (input === undefined || rank === 0 || parts.layout === undefined) return { output: undefined, problems: [] };
  const batches = input.length - rank - 1;
  if (api.form === 'layer' ? batches < 0 : batches !== 1) {
    return { output: undefined, problems: [atCall('invalid-argument', `${api.label} needs an input of ${rank + 2} dimensions, but this one has ${input.length}.`)] };
  }
  const channels = input[input.length - 1] ?? unknown;
  const output = input.slice(batches, -1).map((size, axis) => jaxWindow(geometry, axis, size).outputSize);
  const problems: Problem[] = [];
  if (compare(channels, parts.inputChannels) === 'different') {
    problems.push(atCall('channel-mismatch', `${api.label} takes ${format(parts.inputChannels)} input channels, but the input has ${format(channels)}.`,
      `TypeError: conv_general_dilated lhs feature dimension size divided by feature_group_count must equal the rhs input feature dimension size, but ${format(channels)} // 1 != ${format(parts.inputChannels)}.`));
  }
  if (output.some(size => bounds(size).upper < 1)) {
    problems.push(atCall('empty-output', `The output would be empty: ${output.map(size => format(size)).join(' × ')}.`));
  }
  return { output: [...input.slice(0, batches), ...output, parts.outputChannels], problems };
}

function sequenceLength(value: ArgumentValue, more: number): number | undefined {
  return value.kind === 'sequence' ? value.items.length + more : undefined;
}

function sizeOf(value: ArgumentValue): Int {
  return value.kind === 'integer' ? value.value : value.kind === 'unknown' ? value.symbol ?? unknown : unknown;
}

function tensorShape(value: ArgumentValue): Shape | undefined {
  return value.kind === 'tensor' ? value.shape : undefined;
}

function atCall(kind: Problem['kind'], message: string, quote?: string): Problem {
  return { kind, parameter: undefined, message, when: 'call', ...(quote === undefined ? {} : { quote }) };
}
