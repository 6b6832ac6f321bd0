import '@tensorflow/tfjs-backend-cpu';
import { setThreadsCount } from '@tensorflow/tfjs-backend-wasm';
import * as onnxRuntimeNode from 'onnxruntime-node';
import * as onnxRuntimeWeb from 'onnxruntime-web/wasm';
import { portableEngine } from '../../src/kernel/portable/engine';
import { load } from '../../src/kernel/simdEngine';
import { type Field } from './measure';
import { onnxRuntime } from './peers/onnxRuntime';
import { ours } from './peers/ours';
import { tfjs } from './peers/tfjs';

/** Those that run in Node; LiteRT needs a page. */
export function nodeField(): Field {
  setThreadsCount(1);
  onnxRuntimeWeb.env.wasm.numThreads = 1;
  const [plain, relaxed] = [load(false), load(true)];
  return {
    peers: [
      ours('portable', portableEngine),
      ...plain ? [ours('SIMD', plain), ours('SIMD, copied out', plain, true)] : [],
      ...relaxed ? [ours('relaxed SIMD', relaxed), ours('relaxed SIMD, copied out', relaxed, true)] : [],
      tfjs('tfjs cpu', 'cpu'), tfjs('tfjs wasm', 'wasm'),
      onnxRuntime('onnxruntime-web', onnxRuntimeWeb, ['wasm']),
      onnxRuntime('onnxruntime-node', onnxRuntimeNode, ['cpu']),
    ],
    engines: { ...plain && { 'SIMD': plain }, ...relaxed && { 'relaxed SIMD': relaxed } },
  };
}
