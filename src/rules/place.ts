import type { Problem } from '../frameworks/api';
import type { Layer } from '../network/layer';
import type { SourceRange } from '../python/source';

/** The argument that is bound to the first of the parameters that is written, or else the name that is called. */
export function placeOf(layer: Layer, ...parameters: readonly string[]): SourceRange {
  for (const parameter of parameters) {
    const argument = layer.arguments.find(each => each.parameter === parameter);
    if (argument !== undefined) return argument.range;
  }
  return layer.callee;
}

/** The argument at fault, or else the name that is called. */
export function placeOfProblem(layer: Layer, problem: Problem): SourceRange {
  const written = problem.source === undefined ? undefined : layer.arguments[problem.source];
  return written?.range ?? placeOf(layer, ...(problem.parameter === undefined ? [] : [problem.parameter]));
}
