import { type Engine, type Loops, type Memory } from '../engine';
import { multiply } from './multiply';
import { copyRows, pack } from './pack';
import { gather, sumRows } from './sumRows';

/** Plain TypeScript on typed arrays: runs anywhere, and computes in float64 throughout, which is the fastest that scalars do. */
export const portableEngine: Engine = {
  name: 'portable',
  panelColumns: 2,
  allocate(size: number, table: Int32Array): Memory {
    const values = new Float64Array(size);
    const loops = Object.entries({ multiply, copyRows, pack, gather, sumRows })
      .map(([name, loop]: [string, (...parameters: never[]) => void]) => [name, (loop as (values: Float64Array, table: Int32Array, ...parameters: number[]) => void).bind(undefined, values, table)]);
    return { values, loops: Object.fromEntries(loops) as Loops };
  },
};
