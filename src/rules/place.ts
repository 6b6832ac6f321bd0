import type { Problem } from '../frameworks/api';
import type { Layer } from '../network/layer';
import type { SourceRange } from '../python/source';

/** The argument that is bound to the first of the parameters that is written, or else the name that is called. */
export function placeOf(layer: Layer, ...parameters: readonly string[]): SourceRange {
  return writtenPlace(layer, ...parameters) ?? layer.callee;
}

/** The argument that is bound to the first of the parameters that is written. */
export function writtenPlace(layer: Layer, ...parameters: readonly string[]): SourceRange | undefined {
  for (const parameter of parameters) {
    const argument = layer.arguments.find(each => each.parameter === parameter);
    if (argument !== undefined) return argument.range;
  }
  return undefined;
}

/** Where the kernel size comes from: its argument, or the tensor of weights of a function. */
export function kernelPlace(layer: Layer): SourceRange {
  return 'kernel_size' in layer.reading.arguments ? placeOf(layer, 'kernel_size') : placeOf(layer, 'weight', 'filters', 'filter');
}

/** The argument at fault; where the problem names none, the first of `otherwise` that is written; or else the name that is called. */
export function placeOfProblem(layer: Layer, problem: Problem, otherwise: readonly string[]): SourceRange {
  const written = problem.source === undefined ? undefined : layer.arguments[problem.source];
  return written?.range ?? placeOf(layer, ...(problem.parameter === undefined ? otherwise : [problem.parameter]));
}
