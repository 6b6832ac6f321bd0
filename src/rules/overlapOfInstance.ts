import { asConstant, type Int } from '../algebra/integer';
import { evenness, overlap, type Evenness, type Overlap } from '../geometry/overlap';
import type { Instance } from '../network/layer';

/** The overlap of one axis as far as it is known. */
export interface AxisOverlap extends Evenness {
  readonly kernelSize: Int;
  readonly stride: Int;
  readonly dilation: Int;
  /** `undefined` where kernel size, stride or dilation is not a number. */
  readonly pattern: Overlap | undefined;
}

/**
 * The overlap of the axes of an instance; empty where nothing should be said of it: the weights are frozen
 * to a bilinear kernel, whose response is even all the same, or the framework rejects stride with dilation.
 */
export function overlapOfInstance({ reading, frozenBilinear, problems }: Pick<Instance, 'reading' | 'frozenBilinear' | 'problems'>): readonly AxisOverlap[] {
  if (frozenBilinear === true || problems.some(problem => problem.kind === 'stride-with-dilation')) return [];
  return reading.kernelSize.flatMap((kernelSize, axis) => {
    const stride = reading.stride[axis];
    const dilation = reading.dilation[axis];
    if (stride === undefined || dilation === undefined) return [];
    return [{ kernelSize, stride, dilation, ...evenness(kernelSize, stride, dilation), pattern: patternOf(kernelSize, stride, dilation) }];
  });
}

function patternOf(kernelSize: Int, stride: Int, dilation: Int): Overlap | undefined {
  const [K, s, d] = [asConstant(kernelSize), asConstant(stride), asConstant(dilation)];
  if (K === undefined || s === undefined || d === undefined || K < 1 || s < 1 || d < 1) return undefined;
  return overlap({ kernelSize: K, stride: s, dilation: d });
}
