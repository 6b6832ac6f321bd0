import { isAccepted, type AxisSetting } from '../geometry/convention';
import { evenAlternative, type Rounding } from '../geometry/resize';
import type { Instance, Layer } from '../network/layer';
import { axisSettings } from './axisSettings';
import type { Fix, RuleContext } from './rule';
import { settingFix } from './settingFix';

/**
 * The changes that make the overlap even and keep the output size for every input: the kernel rounded up to
 * a multiple of the stride (preferred), and rounded down. Where kernel, stride or padding is not a literal at
 * the call there is none.
 */
export function overlapFixes(context: RuleContext, layer: Layer, instance: Instance): readonly Fix[] {
  const settings = axisSettings(instance.reading);
  if (settings === undefined || !settings.every(isAccepted)) return [];
  return (['up', 'down'] satisfies Rounding[]).flatMap(rounding => {
    const mended = settings.map(setting => evenAlternative(setting, rounding));
    if (!mended.every(setting => setting !== undefined)) return [];
    if (instance.outputSizeGiven === true && !keepsRange(settings, mended)) return [];
    return settingFix(context, layer, instance, mended, {
      note: 'even overlap, same output size', preferred: rounding === 'up',
    }) ?? [];
  });
}

/** `output_size` replaces the output padding, so the range that it is checked against must stay. */
function keepsRange(before: readonly AxisSetting[], after: readonly AxisSetting[]): boolean {
  return after.every((setting, axis) => setting.cut.outputPadding === before[axis]?.cut.outputPadding);
}
