import type { ShapeCase } from './golden';

/** Cases in which the engine is right to differ from a recording, and why. */
export interface KnownDifference {
  readonly why: string;
  covers(one: ShapeCase, file: string): boolean;
}

/** Another verdict, or another shape. */
export const otherVerdicts: readonly KnownDifference[] = [
  {
    why: 'PyTorch: output_size replaces an output_padding that would be too large; the layer is read before its call is known',
    covers: one => one.call !== undefined && one.output !== null && one.kwargs['output_padding'] !== undefined,
  },
  {
    why: 'JAX returns an empty tensor where the output has no element; the engine reports it, as the other backends do',
    covers: (one, file) => file === 'shapes-keras' && (one.output?.includes(0) ?? false),
  },
  {
    why: 'Keras on TensorFlow refuses padding=same with output_padding=0 and an even kernel; on JAX and PyTorch it runs',
    covers: (one, file) => file === 'shapes-keras-tensorflow' && textOf(one).includes('Size of out_backprop'),
  },
  {
    why: 'The same in Keras 2, where it is reported: a symbolic input was recorded, which is not run',
    covers: (one, file) => file === 'shapes-keras2' && one.output?.[0] === null && one.kwargs['output_padding'] === 0,
  },
  {
    why: 'Keras: unknown names of activations are not the subject',
    covers: one => /^(Could not interpret activation|Unknown activation function)/.test(textOf(one)),
  },
  {
    why: 'Keras: an input whose channels are open; in source code that only means that they are not known here',
    covers: one => one.error !== null && one.input?.at(-1) === null,
  },
  {
    why: 'Keras: a float inside a tuple fails deep in the backend, or in no backend at all',
    covers: (one, file) => file.startsWith('shapes-keras') && hasFloatInTuple(one),
  },
  {
    why: 'TensorFlow: a multiple of the output channels makes a grouped convolution, which this CPU has not got and others have',
    covers: one => textOf(one).startsWith('Gradients for grouped convolutions'),
  },
];

/** The same verdict in other words. */
export const otherWords: readonly KnownDifference[] = [
  {
    why: 'Keras: an input of a rank that no check stops fails deep in the backend, each in its own words',
    covers: one => /rank not supported|index out of range/.test(textOf(one)),
  },
  {
    why: 'Keras 2: an assertion without a message, and values that no check stops',
    covers: one => one.error?.type === 'AssertionError' || /^unhashable type|sequence with mixed types/.test(textOf(one)),
  },
  {
    why: 'TensorFlow: arguments of wrong types, each function in its own words',
    covers: (one, file) => file === 'shapes-tensorflow' && /EagerTensor of dtype|expected to be a int32|'Tshape'|shape must be a vector|Dilation values must be/.test(textOf(one)),
  },
  {
    why: 'TensorFlow: no output channels, or an output_shape of too few entries, which one dimension hands on to two',
    covers: one => /same number of channels. Got 0|input: 10 filter: 1 output: 1/.test(textOf(one)),
  },
  {
    why: 'TensorFlow: a tensor given under both names, of TensorFlow 1 and 2',
    covers: one => /unexpected keyword argument 'filter'|Cannot specify both/.test(textOf(one)),
  },
  {
    why: 'tf-slim: words of its own for what the layer below it refuses as well',
    covers: one => one.api.startsWith('tf_slim.') && /Inputs should have rank|incompatible with the layer|cannot contain 0|not supported between|initializer passed/.test(textOf(one)),
  },
  {
    why: 'TensorFlow 1: layers without a number of filters fail in their initializer',
    covers: (one, file) => file === 'shapes-tensorflow1' && textOf(one).startsWith('The initializer passed'),
  },
];

function textOf(one: ShapeCase): string {
  return one.error?.text ?? '';
}

function hasFloatInTuple(one: ShapeCase): boolean {
  return [...one.args, ...Object.values(one.kwargs)].some(value =>
    typeof value === 'object' && value !== null && 'tuple' in value
    && value.tuple.some(item => typeof item === 'object' && item !== null && 'float' in item));
}
