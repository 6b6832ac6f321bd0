// The benchmark inside a page. `main.ts` bundles it, opens it and calls what it puts on the window.
import '@tensorflow/tfjs-backend-cpu';
import { setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as onnxRuntimeWeb from 'onnxruntime-web/wasm';
import { portableEngine } from '../../src/kernel/portable/engine';
import { load } from '../../src/kernel/simdEngine';
import { type Ceiling, measure, measureCeiling, type Measured } from './measure';
import { litert } from './peers/litert';
import { onnxRuntime } from './peers/onnxRuntime';
import { ours } from './peers/ours';
import { type Peer } from './peers/peer';
import { tfjs } from './peers/tfjs';
import { drawnWorkloads, namedWorkloads } from './workloads';

const packages = '/node_modules';

async function allPeers(): Promise<readonly Peer[]> {
  setThreadsCount(1);
  setWasmPaths(`${packages}/@tensorflow/tfjs-backend-wasm/dist/`);
  onnxRuntimeWeb.env.wasm.numThreads = 1;
  onnxRuntimeWeb.env.wasm.wasmPaths = `${packages}/onnxruntime-web/dist/`;
  const [plain, relaxed] = [load(false), load(true)];
  return [
    ours('portable', portableEngine),
    ...plain ? [ours('SIMD', plain)] : [],
    ...relaxed ? [ours('relaxed SIMD', relaxed), ours('relaxed SIMD, borrowed', relaxed, false)] : [],
    tfjs('tfjs cpu', 'cpu'), tfjs('tfjs wasm', 'wasm'),
    onnxRuntime('onnxruntime-web', onnxRuntimeWeb, ['wasm']),
    await litert(`${packages}/@litertjs/core/wasm/`),
  ];
}

const benchmark = {
  async prepare(): Promise<Ceiling> {
    benchmark.peers = await allPeers();
    const engine = load(true) ?? load(false) ?? portableEngine;
    return measureCeiling(engine);
  },
  peers: [] as readonly Peer[],
  measure(set: 'named' | 'drawn', index: number): Promise<Measured> {
    const workload = (set === 'named' ? namedWorkloads : drawnWorkloads(20, 7))[index];
    if (workload === undefined) throw new RangeError('no such workload');
    return measure(workload, benchmark.peers);
  },
};

Object.assign(window, { benchmark });
