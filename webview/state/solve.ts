import type { Framework } from '../../src/frameworks/api';
import { isRecord, merge, within } from './check';

export interface SolveState {
  readonly goal: 'scale' | 'size';
  readonly from: number;
  readonly to: number;
  readonly scale: number;
  readonly maximumKernel: number;
  readonly evenOnly: boolean;
  readonly dilations: boolean;
  /** That of the layer, unless another was chosen. */
  readonly framework: Framework | undefined;
}

export const defaultSolve: SolveState = {
  goal: 'scale', from: 28, to: 56, scale: 2, maximumKernel: 8, evenOnly: false, dilations: false, framework: undefined,
};

export function parseSolve(value: unknown): SolveState {
  const fallback = defaultSolve;
  if (!isRecord(value)) return fallback;
  const plain = merge(fallback, value);
  return {
    ...plain,
    goal: value['goal'] === 'size' ? 'size' : 'scale', maximumKernel: within(plain.maximumKernel, 1, 16),
    from: within(plain.from, 1, 2048), to: within(plain.to, 1, 8192), scale: within(plain.scale, 1, 8),
    framework: (['pytorch', 'keras', 'tensorflow', 'jax'] as const).find(name => name === value['framework']),
  };
}
