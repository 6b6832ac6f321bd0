import { bounds } from '../algebra/bounds';
import { isMultipleOf } from '../algebra/division';
import { type Int, asConstant, constant, one, subtract, unknown } from '../algebra/integer';
import type { Api, Reading, ReadingOptions, Signature } from './api';
import type { ArgumentValue, GivenArguments } from './argument';
import { type Callee, bind } from './bind';
import { KerasArguments, type KerasTraits } from './kerasArguments';
import { type KerasVersion, writtenItems } from './kerasMessages';
import { applyKeras } from './kerasForward';
import { type KerasGeometry, kerasFormula, kerasWindow } from './kerasGeometry';
import { certainlyAtLeast, repeat, truth } from './read';
import { makeReading } from './reading';
import { constants, integer, likeWritten, none, pythonText, sizes, sizesText, string } from './value';

/** How one API differs from the plain Keras layer. */
export interface KerasCall {
  readonly api: Api;
  readonly traits: KerasTraits;
  readonly signature: Signature;
  readonly version: KerasVersion;
  readonly callee: Callee;
  /** The names of the two layouts, where they are not Keras's. */
  readonly formats?: readonly [last: string, first: string];
  /** Whether there is a bias, where it is not `use_bias`. */
  readonly bias?: (given: KerasArguments) => boolean | undefined;
  readonly assumed?: (given: KerasArguments) => readonly string[];
}

/** Reads a call of Keras's transposed convolutions, or of what TensorFlow 1 built on them. Source: semantics.md 3. */
export function readKeras(subject: KerasCall, call: GivenArguments, options: ReadingOptions): Reading {
  const { api, traits, signature, version } = subject;
  const { rank } = traits;
  const parameters = signature.parameters.map(parameter => parameter.name);
  const given = new KerasArguments(bind(signature, call, subject.callee), traits, version, parameters);

  const filters = given.filters();
  const kernelSize = given.sizes('kernel_size');
  const stride = given.sizes('strides');
  const padding = given.padding();
  const layout = given.layout(options.imageDataFormat ?? 'channels_last', subject.formats);
  const writtenDilation = parameters.includes('dilation_rate') ? given.sizes('dilation_rate') : repeat(one, rank);
  const outputPadding = readOutputPadding(given, parameters);
  given.checkActivation();
  given.checkOtherKeywords();
  checkOutputPadding(given, version, outputPadding, stride);
  checkDilation(given, version, stride, writtenDilation);
  checkGroups(given, version, filters);

  // Keras 2 takes a dilation for Conv3DTranspose and ignores it.
  const dilation = version === 2 && rank === 3 ? repeat(one, rank) : writtenDilation;
  const geometry: KerasGeometry = { kernelSize, stride, dilation, padding, outputPadding };
  checkEvenSame(given, version, geometry);

  return makeReading({
    api, rank, kernelSize, stride, dilation,
    inputChannels: unknown, outputChannels: filters, groups: constant(1),
    bias: subject.bias === undefined ? truth(given.get('use_bias').value) : subject.bias(given),
    layout, flip: false,
    input: traits.form === 'layer' ? undefined : inputShape(given.get('inputs').value),
    arguments: canonicalArguments(given, parameters, geometry, writtenDilation, layout, subject.formats),
    // A function builds its layer within the call.
    problems: traits.form === 'layer' ? given.problems : given.problems.map(problem => ({ ...problem, when: 'call' as const })),
    assumed: [...(subject.assumed?.(given) ?? []), ...assumedOrder(traits, version, call)],
    missing: missing(given, geometry),
    window: (axis, inputSize) => kerasWindow(geometry, axis, inputSize),
    formula: (axis, inputSize) => kerasFormula(geometry, axis, inputSize),
    apply: input => applyKeras({ ...geometry, filters, layout, traits, version }, input),
  });
}

function readOutputPadding(given: KerasArguments, parameters: readonly string[]): readonly Int[] | 'none' {
  if (!parameters.includes('output_padding') || given.get('output_padding').value.kind === 'none') return 'none';
  return given.sizes('output_padding');
}

/** TC201: below the stride on every axis. Keras 3 says so since 3.14; before, the back end does. */
function checkOutputPadding(given: KerasArguments, version: KerasVersion, outputPadding: readonly Int[] | 'none', stride: readonly Int[]): void {
  if (outputPadding === 'none') return;
  const tooLarge = (axis: number): boolean => certainlyAtLeast(outputPadding[axis] ?? unknown, stride[axis] ?? unknown);
  const axis = outputPadding.findIndex((_, index) => tooLarge(index));
  if (axis < 0) return;
  const bound = given.get('output_padding');
  const allowed = constants(outputPadding.map((size, index) => tooLarge(index) ? subtract(stride[index] ?? unknown, 1) : size));
  // With stride 1 nothing but None leaves the size as it is.
  const replacement = allowed === undefined ? undefined : allowed.every(size => size === 0) ? none : likeWritten(allowed, bound.value);
  const text = (values: readonly Int[]): string => pythonText(integer(values[axis] ?? unknown));
  // Keras prints what is written, True for 1.
  const items = writtenItems(bound.value, outputPadding.length);
  const written = `(${items.join(', ')}${items.length === 1 ? ',' : ''})`;
  given.report('output-padding-too-large', 'output_padding', `output_padding ${text(outputPadding)} must be smaller than strides ${text(stride)}.`, {
    quote: version === 3
      ? `ValueError: \`output_padding\` must be strictly less than \`strides\` for all dimensions. At dimension ${axis}, \`output_padding\` is ${items[axis] ?? '?'} but \`strides\` is ${text(stride)}. Received: output_padding=${written}, strides=${sizesText(stride)}`
      : `ValueError: Strides must be greater than output padding. Received strides=${sizesText(stride)}, output_padding=${written}.`,
    ...(replacement === undefined ? {} : { correction: { title: `Set output_padding to ${pythonText(replacement)}`, set: { output_padding: replacement } } }),
  });
}

/** TC204: the largest stride and the largest dilation, over all axes. */
function checkDilation(given: KerasArguments, version: KerasVersion, stride: readonly Int[], dilation: readonly Int[]): void {
  const exceedsOne = (values: readonly Int[]): boolean => values.some(value => bounds(value).lower > 1);
  if (exceedsOne(stride) && exceedsOne(dilation)) {
    given.report('stride-with-dilation', 'dilation_rate', `${given.traits.label} takes strides or dilation_rate above 1, not both: strides=${sizesText(stride)}, dilation_rate=${sizesText(dilation)}.`, {
      quote: `ValueError: \`strides > 1\` not supported in conjunction with \`dilation_rate > 1\`. Received: strides=${sizesText(stride)} and dilation_rate=${sizesText(dilation)}`,
    });
    return;
  }
  const [first = unknown, second = unknown] = dilation;
  const differ = asConstant(first) !== undefined && asConstant(second) !== undefined && asConstant(first) !== asConstant(second);
  if (version === 2 && given.traits.rank === 2 && differ) {
    given.report('invalid-argument', 'dilation_rate', `${given.traits.label} of Keras 2 needs the same dilation_rate on both axes, not ${sizesText(dilation)}.`, {
      quote: `ValueError: Expected the 2 dimensions of the \`dilation_rate\` argument to be equal to each other. Received: dilation_rate=${sizesText(dilation)}`, when: 'call',
    });
  }
}

/** Keras 2 swallows `groups`, checks that it divides the filters, and ignores it. */
function checkGroups(given: KerasArguments, version: KerasVersion, filters: Int): void {
  const groups = given.other('groups');
  if (version !== 2 || groups?.value.kind !== 'integer' || isMultipleOf(filters, groups.value.value) !== false) return;
  const text = pythonText(groups.value);
  given.problems.push({
    kind: 'groups-mismatch', parameter: 'groups', source: groups.source, when: 'construction',
    message: `filters ${pythonText(integer(filters))} is not divisible by groups ${text}.`,
    quote: `ValueError: The number of filters must be evenly divisible by the number of groups. Received: groups=${text}, filters=${pythonText(integer(filters))}`,
  });
}

/**
 * `same` with an even kernel and output_padding 0 asks TensorFlow for a size that it cannot make. Other back ends
 * can, so that it is only certain for Keras 2, which has TensorFlow alone.
 */
function checkEvenSame(given: KerasArguments, version: KerasVersion, geometry: KerasGeometry): void {
  if (version !== 2 || geometry.padding !== 'same' || geometry.outputPadding === 'none') return;
  const outputPadding = geometry.outputPadding;
  const axis = geometry.kernelSize.findIndex((kernelSize, index) => {
    const kernel = asConstant(kernelSize);
    const dilation = asConstant(geometry.dilation[index] ?? unknown);
    const effective = kernel === undefined || dilation === undefined ? undefined : dilation * (kernel - 1) + 1;
    return effective !== undefined && effective % 2 === 0 && asConstant(outputPadding[index] ?? unknown) === 0;
  });
  if (axis < 0) return;
  given.report('invalid-argument', 'output_padding', "TensorFlow cannot make padding='same' with an even kernel and output_padding 0.", {
    when: 'call', quote: `InvalidArgumentError: Size of out_backprop doesn't match computed`,
    correction: { title: 'Set output_padding to None', set: { output_padding: none } },
  });
}

/** Conv3DTranspose is the one whose positional order changed. */
function assumedOrder(traits: KerasTraits, version: KerasVersion, call: GivenArguments): readonly string[] {
  const positional = call.given.filter(argument => argument.keyword === undefined).length;
  if (traits.rank !== 3 || traits.form !== 'layer' || positional < 5) return [];
  return [version === 3 ? 'Keras 3 argument order: data_format before output_padding' : 'Keras 2 argument order: output_padding before data_format'];
}

function canonicalArguments(
  given: KerasArguments, parameters: readonly string[], geometry: KerasGeometry, dilation: readonly Int[],
  layout: Reading['layout'], formats: KerasCall['formats'] = ['channels_last', 'channels_first'],
): Record<string, ArgumentValue> {
  const result: Record<string, ArgumentValue> = {};
  if (parameters.includes('inputs')) result['inputs'] = given.get('inputs').value;
  result[given.written('filters')] = given.get('filters').value;
  result[given.written('kernel_size')] = sizes(geometry.kernelSize);
  result[given.written('strides')] = sizes(geometry.stride);
  result['padding'] = geometry.padding === undefined ? given.get('padding').value : string(geometry.padding);
  if (parameters.includes('output_padding')) result['output_padding'] = geometry.outputPadding === 'none' ? none : sizes(geometry.outputPadding);
  result['data_format'] = layout === undefined ? given.get('data_format').value : string(layout === 'channelsLast' ? formats[0] : formats[1]);
  if (parameters.includes('dilation_rate')) result['dilation_rate'] = sizes(dilation);
  // What has no bearing on the shape is listed where it is written.
  for (const name of ['activation', 'use_bias']) if (given.get(name).given) result[name] = given.get(name).value;
  return result;
}

function missing(given: KerasArguments, geometry: KerasGeometry): readonly string[] {
  const rejected = new Set(given.problems.map(problem => problem.parameter));
  const open = (values: readonly Int[]): boolean => values.some(value => !value.known);
  const isSame = geometry.padding === 'same' && geometry.outputPadding === 'none';
  const names = [
    ...(!isSame && open(geometry.kernelSize) ? ['kernel_size'] : []),
    ...(open(geometry.stride) ? ['strides'] : []),
    ...(geometry.padding === undefined ? ['padding'] : []),
    ...(geometry.outputPadding !== 'none' && open(geometry.outputPadding) ? ['output_padding'] : []),
    ...(!isSame && open(geometry.dilation) ? ['dilation_rate'] : []),
  ];
  return names.map(name => given.written(name)).filter(name => !rejected.has(name));
}

function inputShape(value: ArgumentValue): Reading['input'] {
  return value.kind === 'tensor' ? value.shape : undefined;
}
