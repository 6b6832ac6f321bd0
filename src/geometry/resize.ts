import { greatestCommonDivisor } from '../algebra/coefficients';
import { isAccepted, type AxisSetting, type Cut } from './convention';
import { overlap } from './overlap';

export type Rounding = 'up' | 'down';

type PaddingCut = Extract<Cut, { readonly kind: 'padding' }>;

/**
 * The setting with even overlap and the same output size for every input size, of which the kernel is next
 * in the given direction. An even one is returned as it is.
 * `undefined` where there is none, or only with a tail of outputs that the kernel never reaches.
 * Formulas: semantics 8.6.
 */
export function evenAlternative(setting: AxisSetting, rounding: Rounding): AxisSetting | undefined {
  if (!isAccepted(setting)) return undefined;
  const { kernelSize, stride, dilation, cut } = setting;
  if (overlap(setting).even) return setting;
  const found = greatestCommonDivisor(stride, dilation) > 1
    ? withoutDilation(setting, rounding)
    : withKernel(setting, rounding === 'up' ? Math.ceil(kernelSize / stride) * stride : Math.floor(kernelSize / stride) * stride);
  const legal = found !== undefined && found.kernelSize >= 1 && isAccepted(found);
  return legal && emptyTail(found) <= emptyTail({ kernelSize, stride, dilation, cut }) ? found : undefined;
}

/**
 * The setting whose output size is exactly `stride·n`, with the same kernel, stride and dilation.
 * `undefined` where the framework has none.
 */
export function exactMultiple(setting: AxisSetting): AxisSetting | undefined {
  const { kernelSize, stride, dilation, cut } = setting;
  if (cut.kind === 'valid') return undefined;
  const found: AxisSetting = cut.kind === 'padding'
    ? { ...setting, cut: paddingCut(dilation * (kernelSize - 1) + 1 - stride, cut) }
    : { ...setting, cut: { kind: 'same', outputPadding: undefined } };
  return isAccepted(found) ? found : undefined;
}

/** Outputs at the far end that hold the bias only: outputs beyond the full result. */
function emptyTail({ kernelSize, stride, dilation, cut }: AxisSetting): number {
  const reach = dilation * (kernelSize - 1) + 1;
  switch (cut.kind) {
    case 'padding': return Math.max(0, cut.outputPadding - cut.padding);
    case 'valid': return cut.outputPadding ?? Math.max(0, stride - reach);
    case 'same': {
      const kept = cut.outputPadding === undefined ? stride : (reach % 2) + cut.outputPadding;
      return Math.max(0, kept - reach);
    }
  }
}

function withKernel(setting: AxisSetting, kernelSize: number): AxisSetting | undefined {
  const { stride, dilation, cut } = setting;
  const growth = dilation * (kernelSize - setting.kernelSize);
  switch (cut.kind) {
    case 'padding':
      return { ...setting, kernelSize, cut: paddingCut(2 * cut.padding - cut.outputPadding + growth, cut) };
    case 'valid': {
      if (cut.outputPadding === undefined) return setting.kernelSize <= stride && kernelSize === stride ? { ...setting, kernelSize } : undefined;
      const outputPadding = cut.outputPadding - growth;
      return { ...setting, kernelSize, cut: { kind: 'valid', outputPadding: outputPadding === 0 ? undefined : outputPadding } };
    }
    case 'same': {
      if (cut.outputPadding === undefined) return { ...setting, kernelSize };
      // Stride 2 or more excludes dilation here, so that the kernel size is the reach.
      const kept = (setting.kernelSize % 2) + cut.outputPadding;
      const outputPadding = kept === stride ? undefined : kept - (kernelSize % 2);
      return { ...setting, kernelSize, cut: { kind: 'same', outputPadding } };
    }
  }
}

/** No kernel helps while stride and dilation share a divisor: dilation 1, and the least even kernel no smaller that fits. */
function withoutDilation(setting: AxisSetting, rounding: Rounding): AxisSetting | undefined {
  const { kernelSize, stride, dilation, cut } = setting;
  if (cut.kind !== 'padding' || rounding === 'down') return undefined;
  const before = 2 * cut.padding - cut.outputPadding - dilation * (kernelSize - 1);
  const least = Math.max(kernelSize, 1 - before);
  const wider = Math.ceil(least / stride) * stride;
  return { ...setting, dilation: 1, kernelSize: wider, cut: paddingCut(before + wider - 1, cut) };
}

/** The cut that takes away `total` in all: symmetric if it can be, and as it is if that will do. */
function paddingCut(total: number, current: PaddingCut): Cut {
  if (2 * current.padding - current.outputPadding === total) return current;
  return total < 0
    ? { kind: 'padding', padding: 0, outputPadding: -total }
    : { kind: 'padding', padding: Math.ceil(total / 2), outputPadding: total % 2 };
}
