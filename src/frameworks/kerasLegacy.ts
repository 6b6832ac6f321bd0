import type { ArgumentValue, GivenArgument, GivenArguments } from './argument';

/** Keras 1's names of the parameters of `Deconvolution2D`, and what Keras 2 calls them. */
const renamed: ReadonlyMap<string, string> = new Map([
  ['nb_filter', 'filters'], ['subsample', 'strides'], ['border_mode', 'padding'], ['dim_ordering', 'data_format'], ['bias', 'use_bias'],
  ['init', 'kernel_initializer'], ['W_regularizer', 'kernel_regularizer'], ['b_regularizer', 'bias_regularizer'],
  ['W_constraint', 'kernel_constraint'], ['b_constraint', 'bias_constraint'],
]);

const kernelNames = ['nb_row', 'nb_col'];

/**
 * Arguments of Keras 1 in the terms of Keras 2, as Keras 2.0 to 2.3 converted them for `Deconvolution2D`: kernel rows
 * and columns become one pair, and the output shape is dropped, because it follows from the rest.
 * @returns `undefined` where nothing is Keras 1's.
 */
export function fromKeras1(call: GivenArguments): GivenArguments | undefined {
  const positional = call.given.filter(argument => argument.keyword === undefined);
  const keywords = call.given.filter(argument => argument.keyword !== undefined);
  const [filters, rows, columns, outputShape, ...more] = positional;
  const inRowsAndColumns = isInteger(rows?.value) && isInteger(columns?.value);
  const hasOldNames = keywords.some(({ keyword = '' }) => renamed.has(keyword) || kernelNames.includes(keyword) || keyword === 'output_shape');
  if (!inRowsAndColumns && !hasOldNames) return undefined;
  // More positions than Keras 2 converted: what they mean is not known.
  if (more.length > 0 || (outputShape !== undefined && outputShape.value.kind !== 'sequence')) return { given: [], unknownPositional: true, unknownKeywords: true };

  const kernel = inRowsAndColumns
    ? [rows, columns]
    : kernelNames.map((name, index) => keywords.find(argument => argument.keyword === name) ?? (index === 0 && columns === undefined ? rows : undefined));
  const [first, second] = kernel;
  const usesPair = first !== undefined && second !== undefined;
  const kept = keywords
    .filter(({ keyword = '' }) => keyword !== 'output_shape' && !kernelNames.includes(keyword))
    .map(argument => ({ ...argument, keyword: renamed.get(argument.keyword ?? '') ?? argument.keyword, value: translated(argument) }));
  const positions = usesPair ? [filters] : [filters, rows, columns];
  return {
    ...call,
    given: [
      ...positions.filter(argument => argument !== undefined),
      ...(usesPair ? [{ keyword: 'kernel_size', source: first.source, value: { kind: 'sequence', form: 'tuple', items: [first.value, second.value] } as const }] : []),
      ...kept,
    ],
  };
}

function translated({ keyword, value }: GivenArgument): ArgumentValue {
  if (keyword !== 'dim_ordering' || value.kind !== 'string') return value;
  switch (value.value) {
    case 'th': return { kind: 'string', value: 'channels_first' };
    case 'tf': return { kind: 'string', value: 'channels_last' };
    default: return { kind: 'none' };
  }
}

function isInteger(value: ArgumentValue | undefined): boolean {
  return value?.kind === 'integer';
}
