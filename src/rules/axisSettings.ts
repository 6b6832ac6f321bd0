import { asConstant } from '../algebra/integer';
import type { ArgumentValue } from '../frameworks/argument';
import type { Reading } from '../frameworks/api';
import type { AxisSetting, Cut } from '../geometry/convention';

/**
 * The arguments of a reading as numbers per axis. `undefined` where one of them is not known, or where the
 * API takes the output size itself instead (`tf.nn.conv2d_transpose`).
 */
export function axisSettings(reading: Reading): readonly AxisSetting[] | undefined {
  if ('output_shape' in reading.arguments) return undefined;
  const rank = reading.kernelSize.length;
  const settings = reading.kernelSize.map((_, axis): AxisSetting | undefined => {
    const kernelSize = positive(reading.kernelSize[axis]);
    const stride = positive(reading.stride[axis]);
    const dilation = positive(reading.dilation[axis]);
    const cut = cutOf(reading, axis, rank);
    if (kernelSize === undefined || stride === undefined || dilation === undefined || cut === undefined) return undefined;
    return { kernelSize, stride, dilation, cut };
  });
  return settings.length > 0 && settings.every(setting => setting !== undefined) ? settings : undefined;
}

/** The names that an API has for what the geometry calls kernel size, stride and dilation. */
export function parameterNames({ arguments: values }: Reading): { readonly kernelSize: string; readonly stride: string; readonly dilation: string } {
  return {
    kernelSize: 'kernel_size',
    stride: 'strides' in values ? 'strides' : 'stride',
    dilation: ['dilation_rate', 'rhs_dilation', 'kernel_dilation'].find(name => name in values) ?? 'dilation',
  };
}

function cutOf({ arguments: values, api }: Reading, axis: number, rank: number): Cut | undefined {
  const padding = values['padding'];
  const outputPadding = values['output_padding'];
  if (padding?.kind === 'string') {
    const kind = api.framework === 'pytorch' ? undefined : padding.value.toLowerCase();
    if (kind !== 'same' && kind !== 'valid') return undefined;
    if (outputPadding === undefined || outputPadding.kind === 'none') return { kind, outputPadding: undefined };
    const size = sizeAt(outputPadding, axis, rank);
    return size === undefined ? undefined : { kind, outputPadding: size };
  }
  if (api.framework !== 'pytorch' || padding === undefined || outputPadding === undefined) return undefined;
  const [taken, given] = [sizeAt(padding, axis, rank), sizeAt(outputPadding, axis, rank)];
  return taken === undefined || given === undefined ? undefined : { kind: 'padding', padding: taken, outputPadding: given };
}

/** One number of "an integer, or one for each axis". */
function sizeAt(value: ArgumentValue, axis: number, rank: number): number | undefined {
  const item = value.kind === 'sequence' ? value.items[value.items.length === 1 ? 0 : axis] : value;
  if (value.kind === 'sequence' && value.items.length !== 1 && value.items.length !== rank) return undefined;
  return item?.kind === 'integer' ? asConstant(item.value) : undefined;
}

function positive(value: Reading['groups'] | undefined): number | undefined {
  const number = value === undefined ? undefined : asConstant(value);
  return number !== undefined && number >= 1 ? number : undefined;
}
