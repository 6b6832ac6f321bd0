import '@tensorflow/tfjs-backend-cpu';
import { setThreadsCount } from '@tensorflow/tfjs-backend-wasm';
import * as onnxRuntimeNode from 'onnxruntime-node';
import * as onnxRuntimeWeb from 'onnxruntime-web/wasm';
export { bestEngine } from '../../src/kernel/operator';
import { portableEngine } from '../../src/kernel/portable/engine';
import { load } from '../../src/kernel/simdEngine';
import { onnxRuntime } from './peers/onnxRuntime';
import { ours } from './peers/ours';
import { type Peer } from './peers/peer';
import { tfjs } from './peers/tfjs';

/** Those that run in Node; LiteRT needs a page. */
export function nodePeers(): readonly Peer[] {
  setThreadsCount(1);
  onnxRuntimeWeb.env.wasm.numThreads = 1;
  const [plain, relaxed] = [load(false), load(true)];
  return [
    ours('portable', portableEngine),
    ...plain ? [ours('SIMD', plain), ours('SIMD, copied out', plain, true)] : [],
    ...relaxed ? [ours('relaxed SIMD', relaxed)] : [],
    tfjs('tfjs cpu', 'cpu'), tfjs('tfjs wasm', 'wasm'),
    onnxRuntime('onnxruntime-web', onnxRuntimeWeb, ['wasm']),
    onnxRuntime('onnxruntime-node', onnxRuntimeNode, ['cpu']),
  ];
}
