import { inputShape } from '../../../src/kernel/convolutionGeometry';
import { onnxModel } from './onnxModel';
import { type Peer } from './peer';

/** ONNX Runtime, for the web or for Node: the same interface. */
export function onnxRuntime(name: string, runtime: OnnxRuntime, providers: readonly string[]): Peer {
  return {
    name,
    async prepare(workload, { input, weights }) {
      const session = await runtime.InferenceSession.create(onnxModel(workload, weights), {
        executionProviders: providers, intraOpNumThreads: 1, interOpNumThreads: 1, logSeverityLevel: 3,
      }).catch(() => undefined);
      if (session === undefined) return undefined;
      const shape = inputShape(workload.geometry);
      return {
        async run() {
          const { y } = await session.run({ x: new runtime.Tensor('float32', input, shape) });
          if (y === undefined) throw new Error(`${name} gave no result`);
          return y.data;
        },
        dispose: () => { void session.release(); },
      };
    },
  };
}
