import { isRecord, isSize } from './check';

export interface StackLayer {
  readonly kernelSize: number;
  readonly stride: number;
}

export interface OverlapState {
  /** Further layers after this one, to see how overlap compounds. */
  readonly stack: readonly StackLayer[];
}

export const defaultOverlap: OverlapState = { stack: [] };

export function parseOverlap(value: unknown): OverlapState {
  const stack = isRecord(value) && Array.isArray(value['stack']) ? value['stack'] : [];
  return { stack: stack.filter(isStackLayer).slice(0, 8) };
}

function isStackLayer(value: unknown): value is StackLayer {
  return isRecord(value) && isSize(value['kernelSize']) && isSize(value['stride']);
}
