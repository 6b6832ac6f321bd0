import { constant } from '../algebra/integer';
import type { ArgumentValue } from '../frameworks/argument';
import { writtenTogether, type AxisSetting } from '../geometry/convention';
import type { Instance, Layer } from '../network/layer';
import { axisSettings, parameterNames } from './axisSettings';
import { listed } from './describe';
import { parameterEdits } from './edit';
import type { Fix, RuleContext } from './rule';

/**
 * A fix that brings the axes of a layer to other settings, changing only the arguments that must change.
 *
 * @param options.note what the fix is good for, in the title.
 * @returns `undefined` where the arguments cannot be edited, or nothing would change.
 */
export function settingFix(
  context: RuleContext, layer: Layer, instance: Instance, settings: readonly AxisSetting[],
  options: { readonly note: string; readonly preferred: boolean },
): Fix | undefined {
  const current = axisSettings(instance.reading);
  const wanted = writtenTogether(settings);
  if (current === undefined || wanted === undefined || !areLiteral(layer, instance)) return undefined;
  const changes = changedParameters(layer, instance, current, wanted);
  const edits = parameterEdits(layer, Object.fromEntries(changes.map(({ name, sizes }) => [name, sizes && asTuple(sizes)])), range => context.text(range));
  if (edits === undefined || edits.length === 0) return undefined;
  const parts = changes.map(({ name, sizes }) => sizes === undefined ? `no ${name}` : `${name}=${sizesText(sizes)}`);
  return { title: `Use ${listed(parts, 'and')} (${options.note})`, edits, preferred: options.preferred };
}

interface Change {
  readonly name: string;
  /** `undefined`: the argument goes. */
  readonly sizes: readonly number[] | undefined;
}

function changedParameters(
  layer: Layer, { reading }: Instance, before: readonly AxisSetting[], after: readonly AxisSetting[],
): readonly Change[] {
  const names = parameterNames(reading);
  const wanted: readonly (readonly [string, (setting: AxisSetting) => number | undefined])[] = [
    [names.kernelSize, setting => setting.kernelSize],
    [names.dilation, setting => setting.dilation],
    ['padding', setting => setting.cut.kind === 'padding' ? setting.cut.padding : undefined],
    ['output_padding', setting => setting.cut.outputPadding],
  ];
  return wanted.flatMap(([name, of]): Change[] => {
    if (after.every((setting, axis) => of(setting) === (before[axis] && of(before[axis])))) return [];
    const sizes = after.map(of);
    if (!sizes.every(size => size !== undefined)) return [{ name, sizes: undefined }];
    // A keyword that would say the default goes; a position has to be filled.
    const isDefault = sizes.every(size => size === (name === names.dilation ? 1 : 0)) && name !== names.kernelSize;
    const written = layer.arguments.find(argument => argument.parameter === name);
    const goes = isDefault && reading.api.framework === 'pytorch' && written?.keyword !== undefined;
    return [{ name, sizes: goes ? undefined : sizes }];
  });
}

/** Whether all arguments that decide the geometry are written as literals at the call, or left at their defaults. */
function areLiteral(layer: Layer, { reading }: Instance): boolean {
  const names = new Set([...Object.values(parameterNames(reading)), 'padding', 'output_padding']);
  return layer.arguments.every(argument => argument.literal || argument.parameter === undefined || !names.has(argument.parameter))
    && layer.arguments.some(argument => argument.parameter === 'kernel_size');
}

function asTuple(sizes: readonly number[]): ArgumentValue {
  return { kind: 'sequence', form: 'tuple', items: sizes.map(size => ({ kind: 'integer', value: constant(size) })) };
}

function sizesText(sizes: readonly number[]): string {
  return sizes.every(size => size === sizes[0]) ? String(sizes[0]) : `(${sizes.join(', ')})`;
}
