import { add, asConstant, multiply, symbol } from '../algebra/integer';
import { format } from '../algebra/format';
import type { Shape } from '../frameworks/argument';
import { sizeOffset, type AxisSetting } from '../geometry/convention';
import { evenAlternative, exactMultiple } from '../geometry/resize';
import type { Instance, Layer } from '../network/layer';
import { axisSettings } from './axisSettings';
import { axisNames, listed } from './describe';
import { overInstances } from './instances';
import { placeOf } from './place';
import type { Fix, Related, Rule, RuleContext, Violation } from './rule';
import { settingFix } from './settingFix';

/**
 * The output is nearly, but not exactly, the stride times the input, although something is cropped to bring
 * it there: kernel 3, stride 2, padding 1 gives 2n - 1.
 *
 * Reported where the output size is `s·n + c` with `0 < |c| < s` on an axis with padding above 0, or with
 * `same` and an explicit output_padding. Without any cropping (`valid`, padding 0) the kernel simply
 * overhangs: that is a normal choice, and not reported.
 */
export const offByOneSize: Rule = {
  code: 'TC301',
  name: 'off-by-one-size',
  severity: 'information',
  summary: 'The output size is the stride times the input size, but for a little.',
  checkLayer: (context, layer) => overInstances(layer, instance => violations(context, layer, instance)),
};

function* violations(context: RuleContext, layer: Layer, instance: Instance): Iterable<Violation> {
  const settings = axisSettings(instance.reading);
  if (settings === undefined || instance.outputSizeGiven === true || instance.problems.length > 0) return;
  const names = axisNames(settings.length);
  const missed = settings.flatMap((setting, axis) => {
    if (!isMissed(setting)) return [];
    const exact = multiply(setting.stride, symbol(names[axis] ?? 'n', { minimum: 1 }));
    return [{ exact: format(exact), actual: format(add(exact, sizeOffset(setting))) }];
  });
  if (missed.length === 0) return;
  yield {
    range: placeOf(layer, 'output_padding', 'padding'),
    message: `The output size is ${listed(missed.map(size => size.actual), 'and')}, not ${listed(missed.map(size => size.exact), 'and')}, the stride times the input size.`,
    fixes: fixes(context, layer, instance, settings),
    related: inNumbers(layer, instance, settings),
  };
}

/** What it comes to where the model gives the layer an input of known size. */
function inNumbers(layer: Layer, { reading, input, output, inputFrom }: Instance, settings: readonly AxisSetting[]): readonly Related[] {
  const spatial = (shape: Shape | undefined): readonly (number | undefined)[] | undefined =>
    (reading.layout === 'channelsFirst' ? shape?.slice(-settings.length) : shape?.slice(-settings.length - 1, -1))?.map(asConstant);
  const [before, after] = [spatial(input), spatial(output)];
  const exact = before?.map((size, axis) => size === undefined ? undefined : size * (settings[axis]?.stride ?? NaN));
  const all = [before, after, exact];
  if (!all.every(sizes => sizes?.every(size => size !== undefined) === true)) return [];
  const [from, to, wanted] = all.map(sizes => (sizes ?? []).join(' × '));
  return [{ range: inputFrom ?? layer.callee, message: `an input of ${from}${inputFrom ? ' from here' : ''} gives ${to}, not ${wanted}` }];
}

function isMissed(setting: AxisSetting): boolean {
  const { stride, cut } = setting;
  const crops = cut.kind === 'padding' ? cut.padding > 0 : cut.kind === 'same' && cut.outputPadding !== undefined;
  const offset = sizeOffset(setting);
  return stride > 1 && crops && offset !== 0 && Math.abs(offset) < stride;
}

/** The output padding (or padding) that gives the exact multiple; and, where the overlap is uneven, a kernel that mends both. */
function fixes(context: RuleContext, layer: Layer, instance: Instance, settings: readonly AxisSetting[]): readonly Fix[] {
  const exact = settings.map(setting => isMissed(setting) ? exactMultiple(setting) : setting);
  if (!exact.every(setting => setting !== undefined)) return [];
  const first = settingFix(context, layer, instance, exact, { note: 'exactly the stride times the input', preferred: true });
  const even = exact.map(setting => evenAlternative(setting, 'up'));
  const changes = even.some((setting, axis) => setting !== exact[axis]);
  // An axis that was not cropped before may be now.
  if (!changes || !even.every(setting => setting !== undefined && !isMissed(setting))) return first ? [first] : [];
  const second = settingFix(context, layer, instance, even.filter(setting => setting !== undefined), { note: 'exactly the stride times the input, even overlap', preferred: false });
  return [first, second].filter(fix => fix !== undefined);
}
