import type { Int } from '../algebra/integer';
import type { Shape } from '../frameworks/argument';
import type { LayerRecorder, MadeLayer } from './layerRecorder';
import { unknowns } from './tensorRecorder';

/** A layer in one context. */
export interface LayerUse {
  readonly input: Shape | undefined;
  readonly output: Shape | undefined;
  /** Learned numbers. */
  readonly parameters: Int;
}

/** What one layer object was applied to, those uses first of which most is known; one without shapes where it never was. */
export function usesOf(layer: MadeLayer, recorder: LayerRecorder): readonly LayerUse[] {
  const outputs = recorder.outputsOf(layer);
  if (outputs.length === 0) return [{ input: undefined, output: undefined, parameters: layer.parameters(undefined) }];
  return [...outputs].sort((a, b) => unknowns(a.output) - unknowns(b.output)).map(({ input, output }) => ({ input, output, get parameters() { return layer.parameters(input); } }));
}
