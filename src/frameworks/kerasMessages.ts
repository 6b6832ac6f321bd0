import { bounds } from '../algebra/bounds';
import { type Int, asConstant } from '../algebra/integer';
import type { ArgumentValue } from './argument';
import { repeat } from './read';
import { plainText, pythonText, sizesText, typeName } from './value';

export type KerasVersion = 2 | 3;

export type SizesParameter = 'kernel_size' | 'strides' | 'output_padding' | 'dilation_rate';

/** What Keras says about wrong arguments, in the words of its version. Source: semantics.md 3.2 and 3.4. */
export class KerasMessages {
  constructor(private readonly version: KerasVersion, private readonly rank: number) {}

  sizes(parameter: SizesParameter, value: ArgumentValue): string {
    const isWrapped = this.version === 2 && parameter === 'output_padding' && value.kind === 'sequence' && value.form === 'list';
    const text = isWrapped ? `ListWrapper(${pythonText(value)})` : plainText(value);
    return `ValueError: The \`${parameter}\` argument must be a tuple of ${this.rank} integers. Received${this.version === 3 ? ` ${parameter}=` : ': '}${text}`;
  }

  range(parameter: SizesParameter, value: ArgumentValue, values: readonly Int[], least: number): string {
    const isZero = (size: Int): boolean => asConstant(size) === 0;
    if (this.version === 2 && parameter === 'strides' && values.some(isZero) && values.every(size => bounds(size).upper >= 0 || isZero(size))) {
      return `ValueError: The argument \`strides\` cannot contains 0(s). Received: ${sizesText(values)}`;
    }
    const wrong = [...new Set(values.filter(size => bounds(size).upper < least).map(size => asConstant(size) ?? '?'))].join(', ');
    const requirement = least === 0 || (this.version === 2 && parameter === 'strides') ? '>= 0' : '> 0';
    return this.sizes(parameter, value) + (this.version === 3
      ? `, including values {${wrong}} that do not satisfy \`value ${requirement}\``
      : ` including {${wrong}} that does not satisfy the requirement \`${requirement}\`.`);
  }

  padding(mode: string): string {
    if (this.version === 3) return `ValueError: The \`padding\` argument must be a list/tuple or one of {'valid', 'same'}. Received: ${mode}`;
    if (mode === 'causal') return 'ValueError: Causal padding is only supported for `Conv1D`and `SeparableConv1D`.';
    return `ValueError: The \`padding\` argument must be a list/tuple or one of "valid", "same" (or "causal", only for \`Conv1D). Received: ${mode}`;
  }

  dataFormat(value: ArgumentValue, formats: readonly [last: string, first: string]): string {
    if (formats[0] !== 'channels_last') return `ValueError: data_format has to be either ${formats[1]} or ${formats[0]}.`;
    if (this.version === 3) return `ValueError: The \`data_format\` argument must be one of {'channels_first', 'channels_last'}. Received: data_format=${plainText(value).toLowerCase()}`;
    if (value.kind !== 'string') return `AttributeError: '${typeName(value) ?? '?'}' object has no attribute 'lower'`;
    return `ValueError: The \`data_format\` argument must be one of "channels_first", "channels_last". Received: ${value.value}`;
  }

  /** A float in the shape of the weight, whose last size, the input's channels, is not known here. */
  floatDimension(kernelSize: ArgumentValue, filters: ArgumentValue, found: ArgumentValue): string {
    return this.version === 3
      ? `ValueError: Cannot convert '(${[...writtenItems(kernelSize, this.rank), pythonText(filters), '?'].join(', ')})' to a shape. Found invalid dimension '${pythonText(found)}' of type '<class 'float'>'.`
      : `TypeError: Dimension value must be integer or None or have an __index__ method, got value '${pythonText(found)}' with type '<class 'float'>'`;
  }
}

/** What is written for each axis: of a single value, as often as there are axes. */
export function writtenItems(value: ArgumentValue, rank: number): readonly string[] {
  return value.kind === 'sequence' ? value.items.map(pythonText) : repeat(pythonText(value), rank);
}
