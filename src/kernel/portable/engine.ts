import { type Engine, type Loops, type Memory } from '../engine';
import { correlate } from './correlate';
import { multiply, sweep } from './multiply';
import { copyBoxes, copyRows, fill, pack } from './pack';
import { gather, scatter } from './scatter';

/** Plain TypeScript on typed arrays: runs anywhere, and computes in float64 throughout, which is the fastest that scalars do. */
export const portableEngine: Engine = {
  name: 'portable',
  panelRows: 4,
  panelColumns: 2,
  allocate(size: number, table: Int32Array): Memory {
    const values = new Float64Array(size);
    return { values, loops: portableLoops(values, table) };
  },
};

function portableLoops(values: Float64Array, tables: Int32Array): Loops {
  return {
    pack: (...places) => pack(values, ...places),
    multiply: (...places) => multiply(values, ...places),
    sweep: (...places) => sweep(values, ...places),
    scatter: (...places) => scatter(values, tables, ...places),
    gather: (...places) => gather(values, tables, ...places),
    correlate: (...places) => correlate(values, tables, ...places),
    copyBoxes: (...places) => copyBoxes(values, tables, ...places),
    copyRows: (...places) => copyRows(values, ...places),
    fill: (...places) => fill(values, ...places),
  };
}
