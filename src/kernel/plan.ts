import { type Memory } from './engine';
import { type Places } from './places';

/**
 * What is computed from the three tensors of a geometry:
 * - `forward`: output side from input side and weights, the transposed convolution
 * - `adjoint`: input side from output side and weights, the convolution
 * - `weights`: weights from input side and output side, the gradient of both
 */
export type Direction = 'forward' | 'adjoint' | 'weights';

/** Everything worked out once for a geometry and an engine, so that running it is loops only. */
export interface Plan {
  readonly strategy: 'columns' | 'pairs' | 'direct';
  readonly places: Places;
  /** Parts of the work, of comparable length, to be done in order. */
  readonly steps: number;
  /** Brings new weights into the order of the loops. */
  prepare(memory: Memory): void;
  step(memory: Memory, index: number): void;
}
