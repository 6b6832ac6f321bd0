import { type Engine } from '../../../src/kernel/engine';
import { Operator } from '../../../src/kernel/operator';
import { type Peer } from './peer';

/**
 * The kernel with one engine. The input is copied in; the result is lent, as the operator does it, or copied
 * out into a new array, as the peers do it.
 */
export function ours(name: string, engine: Engine, copyingOut = false): Peer {
  return {
    name,
    prepare({ geometry }, { input, weights }) {
      const operator = new Operator(geometry, 'forward', engine);
      operator.setWeights(weights);
      return Promise.resolve({
        run() {
          operator.source.set(input);
          operator.run();
          return copyingOut ? new Float32Array(operator.result) : operator.result;
        },
        dispose: () => operator.dispose(),
      });
    },
  };
}
