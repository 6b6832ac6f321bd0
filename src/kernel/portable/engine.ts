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
    pack: pack.bind(undefined, values),
    multiply: multiply.bind(undefined, values),
    sweep: sweep.bind(undefined, values),
    scatter: scatter.bind(undefined, values, tables),
    gather: gather.bind(undefined, values, tables),
    correlate: correlate.bind(undefined, values, tables),
    copyBoxes: copyBoxes.bind(undefined, values, tables),
    copyRows: copyRows.bind(undefined, values),
    fill: fill.bind(undefined, values),
  };
}
