import { isRecord, isSize } from './check';

export interface StackLayer {
  readonly kernelSize: number;
  readonly stride: number;
}

export interface OverlapState {
  /** Further layers after this one, to see how overlap compounds. */
  readonly stack: readonly StackLayer[];
  /** Whether the layers that the code has in a row stand around this one. */
  readonly wholeDecoder: boolean;
  /** What the map shows. */
  readonly map: 'layer' | 'row';
}

export const defaultOverlap: OverlapState = { stack: [], wholeDecoder: true, map: 'layer' };

export function parseOverlap(value: unknown): OverlapState {
  if (!isRecord(value)) return defaultOverlap;
  const stack = Array.isArray(value['stack']) ? value['stack'] : [];
  return { stack: stack.filter(isStackLayer).slice(0, 8), wholeDecoder: value['wholeDecoder'] !== false, map: value['map'] === 'row' ? 'row' : 'layer' };
}

function isStackLayer(value: unknown): value is StackLayer {
  return isRecord(value) && isSize(value['kernelSize']) && isSize(value['stride']);
}
