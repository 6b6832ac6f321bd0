import { bounds } from '../algebra/bounds';
import { equal } from '../algebra/integer';
import { parametersText } from './describe';
import { overInstances } from './instances';
import { overlapOfInstance } from './overlapOfInstance';
import { kernelPlace } from './place';
import type { Rule } from './rule';

/** Kernel and stride are equal: overlap is even, but each output depends on one input and nothing blends neighbours. */
export const blocky: Rule = {
  code: 'TC104',
  name: 'even-but-blocky',
  severity: 'off',
  summary: 'Kernel and stride are equal: even overlap, but no blending between neighbours.',
  checkLayer: (_, layer) => overInstances(layer, instance => {
    const axes = overlapOfInstance(instance);
    const even = axes.length > 0 && axes.every(axis => axis.even === true);
    const blocks = axes.filter(axis => equal(axis.kernelSize, axis.stride) && bounds(axis.stride).lower > 1);
    return !even || blocks.length === 0 ? [] : [{
      range: kernelPlace(layer),
      message: `Even but blocky: with ${parametersText(instance.reading)}, each output depends on a single input position, so that neighbours are not blended.`,
    }];
  }),
};
