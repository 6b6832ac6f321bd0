import { bounds } from '../algebra/bounds';
import { type Int, unknown } from '../algebra/integer';
import { format } from '../algebra/format';
import type { Applied, Problem, Reading } from './api';
import type { Shape } from './argument';
import type { KerasTraits } from './kerasArguments';
import type { KerasVersion } from './kerasMessages';
import { type KerasGeometry, kerasWindow } from './kerasGeometry';
import { sizesText } from './value';

type KerasLayer = KerasGeometry & {
  readonly filters: Int;
  readonly layout: Reading['layout'];
  readonly traits: KerasTraits;
  readonly version: KerasVersion;
};

/** Calls the layer on an input `[batch, *spatial, channels]`, or `[batch, channels, *spatial]` with channels first. */
export function applyKeras(layer: KerasLayer, input: Shape | undefined): Applied {
  if (input === undefined) return { output: undefined, problems: [] };
  const { rank } = layer.traits;
  if (input.length !== rank + 2) return { output: undefined, problems: [rankProblem(layer, input)] };
  const [batch = unknown] = input;
  if (layer.layout === undefined) return { output: [batch, ...input.slice(1).map(() => unknown)], problems: [] };

  const channelsLast = layer.layout === 'channelsLast';
  const spatial = channelsLast ? input.slice(1, -1) : input.slice(2);
  const sizes = spatial.map((size, axis) => kerasWindow(layer, axis, size).outputSize);
  const output = channelsLast ? [batch, ...sizes, layer.filters] : [batch, layer.filters, ...sizes];
  const empty = sizes.some(size => bounds(size).upper < 1) || spatial.some(size => bounds(size).upper < 1);
  return { output, problems: empty ? [emptyProblem(sizes)] : [] };
}

function rankProblem(layer: KerasLayer, input: Shape): Problem {
  const { rank, className, label } = layer.traits;
  const name = className.replace(/D/, 'd').replace(/(?!^)[A-Z]/g, letter => `_${letter}`).toLowerCase();
  const received = `expected min_ndim=${rank + 2}, found ndim=${input.length}. Full shape received: ${sizesText(input)}`;
  const tooFew = layer.version === 3
    ? `ValueError: Input 0 with name 'None' of layer '${name}' is incompatible with the layer: ${received}`
    : `ValueError: Input 0 of layer "${name}" is incompatible with the layer: ${received}`;
  const tooMany = layer.version === 3 ? 'IndexError: tuple index out of range' : `ValueError: Inputs should have rank ${rank + 2}. Received input_shape=${sizesText(input)}.`;
  return {
    kind: 'invalid-argument', parameter: undefined, when: 'call',
    message: `${label} needs an input of ${rank + 2} dimensions, but this one has ${input.length}.`,
    quote: input.length < rank + 2 ? tooFew : tooMany,
  };
}

function emptyProblem(sizes: readonly Int[]): Problem {
  return {
    kind: 'empty-output', parameter: undefined, when: 'call',
    message: `The output would be empty: ${sizes.map(size => format(size)).join(' × ')}.`,
  };
}
