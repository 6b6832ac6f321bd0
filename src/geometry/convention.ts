import { fullSize, type Axis } from './axis';

/**
 * How a framework cuts the output out of the full result, on one axis; the numbers are those the user writes.
 * The kinds and their formulas: semantics, table of section 1.
 */
export type Cut =
  /** PyTorch: `padding` is cut off at both ends, `outputPadding` is given back at the far end. */
  | { readonly kind: 'padding'; readonly padding: number; readonly outputPadding: number }
  /** Keras and TensorFlow layers; output padding `undefined` is None. */
  | { readonly kind: 'same'; readonly outputPadding: number | undefined }
  | { readonly kind: 'valid'; readonly outputPadding: number | undefined };

/** One axis of a layer as its framework's arguments say it. All but the cut are at least 1. */
export interface AxisSetting {
  readonly kernelSize: number;
  readonly stride: number;
  readonly dilation: number;
  readonly cut: Cut;
}

/** The canonical axis that a setting means for an input of this size. The output size may be below 1: rejected. */
export function axisOf(setting: AxisSetting, inputSize: number): Axis {
  const { kernelSize, stride, dilation, cut } = setting;
  const open: Axis = { inputSize, kernelSize, stride, dilation, cropLeft: 0, outputSize: 0 };
  const reach = dilation * (kernelSize - 1) + 1;
  const length = fullSize(open);
  if (cut.kind === 'padding') {
    return { ...open, cropLeft: cut.padding, outputSize: length - 2 * cut.padding + cut.outputPadding };
  }
  if (cut.kind === 'valid') {
    return { ...open, outputSize: cut.outputPadding === undefined ? length + Math.max(0, stride - reach) : length + cut.outputPadding };
  }
  if (cut.outputPadding === undefined) {
    return { ...open, cropLeft: Math.floor(Math.max(reach - stride, 0) / 2), outputSize: inputSize * stride };
  }
  const kept = (reach % 2) + cut.outputPadding;
  return { ...open, cropLeft: Math.floor(Math.max(reach - kept, 0) / 2), outputSize: (inputSize - 1) * stride + kept };
}

/** Whether the framework takes the setting, whatever the input (Keras: on every back end). */
export function isAccepted({ kernelSize, stride, dilation, cut }: AxisSetting): boolean {
  if (cut.kind === 'padding') {
    return cut.padding >= 0 && cut.outputPadding >= 0 && cut.outputPadding < Math.max(stride, dilation);
  }
  if (stride > 1 && dilation > 1) return false;
  if (cut.outputPadding === undefined) return true;
  if (cut.outputPadding < 0 || cut.outputPadding >= stride) return false;
  // TensorFlow needs out > (n - 1)·s and out ≤ n·s.
  const kept = ((dilation * (kernelSize - 1) + 1) % 2) + cut.outputPadding;
  return cut.kind === 'valid' || (kept >= 1 && kept <= stride);
}

/** `c` where the output size is `stride·n + c` for every input size `n`. */
export function sizeOffset(setting: AxisSetting): number {
  return axisOf(setting, 1).outputSize - setting.stride;
}

/**
 * The same axes as they can be written together: output padding None is for all axes or for none.
 * `undefined` where an axis has no equal in numbers.
 */
export function writtenTogether(settings: readonly AxisSetting[]): readonly AxisSetting[] | undefined {
  const automatic = settings.filter(setting => setting.cut.outputPadding === undefined).length;
  if (automatic === 0 || automatic === settings.length) return settings;
  const explicit = settings.map(withOutputPadding);
  return explicit.every(isAccepted) ? explicit : undefined;
}

/** The same size with output padding as a number, which the framework may not accept. */
function withOutputPadding(setting: AxisSetting): AxisSetting {
  const { kernelSize, stride, dilation, cut } = setting;
  if (cut.kind === 'padding' || cut.outputPadding !== undefined) return setting;
  const reach = dilation * (kernelSize - 1) + 1;
  const outputPadding = cut.kind === 'same' ? stride - (reach % 2) : Math.max(0, stride - reach);
  return { ...setting, cut: { kind: cut.kind, outputPadding } };
}
