import { type Values } from './convolutionGeometry';

/**
 * The loops that strategies are made of. Both engines have them, with the same parameters: the
 * portable one in `portable/`, the SIMD one in `simd/`, where each is explained.
 * All parameters are numbers; places in memory are indices of `Memory.values` (a place in a table, of the table).
 */
export interface Loops {
  pack(to: number, from: number, depth: number, lanes: number, depthStride: number, laneStride: number, width: number): void;
  multiply(to: number, pitch: number, rows: number, columns: number, rowPanels: number, columnPanels: number, depth: number, accumulate: boolean): void;
  sumRows(table: number, range: number, source: number, weights: number, result: number, bias: number, channels: number, lines: number): void;
  gather(table: number, range: number, columns: number, source: number, channels: number): void;
  add(to: number, from: number, count: number, factor: number): void;
  copyRows(to: number, toPitch: number, from: number, fromPitch: number, rows: number, columns: number, bias: number): void;
}

/** One flat memory and the loops over it. All zeros at first, except for the table it begins with. */
export interface Memory {
  readonly values: Values;
  readonly loops: Loops;
}

export interface Engine {
  readonly name: 'portable' | 'simd';
  /** Columns of the tile that `multiply` keeps in registers. */
  readonly panelColumns: number;
  /** @param size how many numbers, the table included */
  allocate(size: number, table: Int32Array): Memory;
}

/** Rows of the tile that `multiply` keeps in registers. */
export const panelRows = 4;
