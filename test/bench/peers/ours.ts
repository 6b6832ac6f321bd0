import { type Engine } from '../../../src/kernel/engine';
import { Operator } from '../../../src/kernel/operator';
import { type Peer } from './peer';

/** The kernel with one engine, input copied in and result copied out; or, borrowing its memory, neither. */
export function ours(name: string, engine: Engine, copying = true): Peer {
  return {
    name,
    prepare({ geometry }, { input, weights }) {
      const operator = new Operator(geometry, 'forward', engine);
      operator.setWeights(weights);
      operator.source.set(input);
      return Promise.resolve({
        run() {
          if (copying) operator.source.set(input);
          operator.run();
          return copying ? new Float32Array(operator.result) : operator.result as Float32Array;
        },
        dispose: () => operator.dispose(),
      });
    },
  };
}
