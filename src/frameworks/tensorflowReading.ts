import { floorDivide } from '../algebra/division';
import { type Int, asConstant, equal, one, unknown } from '../algebra/integer';
import { format } from '../algebra/format';
import type { Api, Reading, Signature } from './api';
import type { ArgumentValue, GivenArguments, Shape } from './argument';
import { bind } from './bind';
import { repeat } from './read';
import { makeReading } from './reading';
import { TensorflowArguments, type TensorflowTraits, formats } from './tensorflowArguments';
import { applyTensorflow } from './tensorflowForward';
import { type TensorflowGeometry, tensorflowWindow } from './tensorflowGeometry';
import { sizes, string } from './value';

/** Reads a call of `tf.nn.conv…_transpose`. Source: semantics.md 4. */
export function readTensorflow(api: Api, traits: TensorflowTraits, signature: Signature, call: GivenArguments): Reading {
  const parameters = signature.parameters.map(parameter => parameter.name);
  const given = new TensorflowArguments(bind(signature, call, { name: traits.name, receivers: 0, wording: 'tensorflow' }), traits, parameters);
  const rank = given.rank();
  const layout = given.layout(rank);
  const axes = rank ?? 0;
  const stride = given.sizes('strides', axes, layout);
  const dilation = given.sizes('dilations', axes, layout);
  const padding = given.padding(rank, layout);
  const requested = rank === undefined ? undefined : given.requestedShape(rank, layout);
  const filters = readFilters(given, rank);
  const geometry: TensorflowGeometry = {
    kernelSize: filters?.kernelSize ?? repeat(unknown, axes), stride, dilation, padding,
    outputSize: requested?.spatial ?? repeat(unknown, axes),
  };
  const fromFilters = filters?.outputChannels ?? unknown;
  const fromShape = requested?.channels ?? unknown;
  checkOutputChannels(given, rank, fromFilters, fromShape);
  const groups = equal(fromShape, fromFilters) || !fromShape.known ? one : floorDivide(fromShape, fromFilters);

  return makeReading({
    api, rank, kernelSize: geometry.kernelSize, stride, dilation,
    inputChannels: filters?.inputChannels ?? unknown,
    outputChannels: fromShape.known ? fromShape : fromFilters,
    groups, bias: false, layout, flip: false,
    input: given.tensor('input'),
    arguments: canonicalArguments(given, geometry, layout, rank),
    problems: given.problems,
    assumed: call.given.some(argument => argument.keyword === 'value' || argument.keyword === 'filter') && !parameters.includes('value') ? ['TensorFlow 1 names of arguments'] : [],
    missing: missing(given, geometry),
    window: (axis, inputSize) => tensorflowWindow(geometry, axis, inputSize),
    formula: axis => formula(geometry, layout, axis),
    apply: input => applyTensorflow({
      ...geometry, traits, layout, requested, requestedShape: given.get('output_shape'),
      inputChannels: filters?.inputChannels ?? unknown, outputChannels: fromShape.known ? fromShape : fromFilters,
    }, input),
  });
}

interface Filters {
  readonly kernelSize: readonly Int[];
  readonly inputChannels: Int;
  readonly outputChannels: Int;
}

/** `[*kernel, outputChannels, inputChannels]`. */
function readFilters(given: TensorflowArguments, rank: number | undefined): Filters | undefined {
  const shape: Shape | undefined = given.tensor('filters');
  if (shape === undefined || rank === undefined) return undefined;
  if (shape.length !== rank + 2) {
    given.report('invalid-argument', 'filters', `filters has ${shape.length} dimensions, but ${given.traits.label} needs ${rank + 2}.`, {
      quote: rank === 3 ? 'InvalidArgumentError: filter_sizes tensor must have 5 dimensions' : 'InvalidArgumentError: Conv2DCustomBackpropInput: filter must be 4-dimensional',
    });
    return undefined;
  }
  const [outputChannels = unknown, inputChannels = unknown] = shape.slice(rank);
  return { kernelSize: shape.slice(0, rank), inputChannels, outputChannels };
}

/** A multiple of the filter's channels makes a grouped convolution, on the back ends that have it; not in 3-D. */
function checkOutputChannels(given: TensorflowArguments, rank: number | undefined, fromFilters: Int, fromShape: Int): void {
  const filters = asConstant(fromFilters);
  const requested = asConstant(fromShape);
  if (filters === undefined || requested === undefined || filters < 1 || requested === filters) return;
  if (rank !== 3 && requested % filters === 0 && requested > 0) return;
  given.report('output-shape-mismatch', 'output_shape', `output_shape has ${requested} channels, but filters make ${filters}.`, requested === 0 ? {} : {
    quote: rank === 3
      ? `InvalidArgumentError: input and filter_sizes must have the same number of channels. Got ${requested} for input and ${filters} for filter_sizes`
      : 'InvalidArgumentError: Conv2DCustomBackpropInput: input depth must be evenly divisible by filter depth',
  });
}

/** The output size is what the user asks for. */
function formula(geometry: TensorflowGeometry, layout: Reading['layout'], axis: number): string | undefined {
  const size = geometry.outputSize[axis] ?? unknown;
  if (!size.known || layout === undefined) return undefined;
  return `output_shape[${axis + (layout === 'channelsLast' ? 1 : 2)}] = ${format(size, { times: '·' })}`;
}

function canonicalArguments(given: TensorflowArguments, geometry: TensorflowGeometry, layout: Reading['layout'], rank: number | undefined): Record<string, ArgumentValue> {
  const value = (name: string): ArgumentValue => given.get(name).value;
  const [last, first] = formats(rank ?? 2);
  return {
    input: value('input'), filters: value('filters'), output_shape: value('output_shape'),
    strides: rank === undefined ? value('strides') : sizes(geometry.stride),
    padding: value('padding'),
    data_format: rank === undefined || layout === undefined ? value('data_format') : string(layout === 'channelsLast' ? last : first),
    dilations: rank === undefined ? value('dilations') : sizes(geometry.dilation),
  };
}

function missing(given: TensorflowArguments, geometry: TensorflowGeometry): readonly string[] {
  const rejected = given.problems.some(problem => problem.parameter === 'output_shape');
  return !rejected && geometry.outputSize.some(size => !size.known) ? ['output_shape'] : [];
}

