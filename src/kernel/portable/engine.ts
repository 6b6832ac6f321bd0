import { type Engine, type Memory } from '../engine';
import { multiply } from './multiply';
import { add, copyRows, pack } from './pack';
import { gather, sumRows } from './sumRows';

/** Plain TypeScript on typed arrays: runs anywhere, and computes in float64 throughout, which is the fastest that scalars do. */
export const portableEngine: Engine = {
  name: 'portable',
  panelColumns: 2,
  allocate(size: number, table: Int32Array): Memory {
    const values = new Float64Array(size);
    const bound = <Parameters extends unknown[]>(loop: (values: Float64Array, table: Int32Array, ...parameters: Parameters) => void) => loop.bind(undefined, values, table);
    return { values, loops: { multiply: bound(multiply), copyRows: bound(copyRows), pack: bound(pack), add: bound(add), gather: bound(gather), sumRows: bound(sumRows) } };
  },
};
