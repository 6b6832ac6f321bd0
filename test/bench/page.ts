// The benchmark inside a page. `main.ts` bundles it, opens it and calls what it puts on the window.
import '@tensorflow/tfjs-backend-cpu';
import { setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as onnxRuntimeWeb from 'onnxruntime-web/wasm';
import { type Engine } from '../../src/kernel/engine';
import { portableEngine } from '../../src/kernel/portable/engine';
import { load } from '../../src/kernel/simdEngine';
import { type Field, measure, measureCopy, type Measured, tensorsOf } from './measure';
import { litert } from './peers/litert';
import { onnxRuntime } from './peers/onnxRuntime';
import { ours } from './peers/ours';
import { type Peer } from './peers/peer';
import { tfjs } from './peers/tfjs';
import { drawnWorkloads, namedWorkloads } from './workloads';

const packages = '/node_modules';

/** Each made on its own, so that a fresh page can measure how long one takes to its first result. */
const makers: readonly (() => Promise<Peer | undefined>)[] = [
  async () => ours('portable', portableEngine),
  async () => withEngine(load(false), engine => ours('SIMD', engine)),
  async () => withEngine(load(false), engine => ours('SIMD, copied out', engine, true)),
  async () => withEngine(load(true), engine => ours('relaxed SIMD', engine)),
  async () => withEngine(load(true), engine => ours('relaxed SIMD, copied out', engine, true)),
  async () => tfjs('tfjs cpu', 'cpu'),
  async () => {
    setThreadsCount(1);
    setWasmPaths(`${packages}/@tensorflow/tfjs-backend-wasm/dist/`);
    return tfjs('tfjs wasm', 'wasm');
  },
  async () => {
    onnxRuntimeWeb.env.wasm.numThreads = 1;
    onnxRuntimeWeb.env.wasm.wasmPaths = `${packages}/onnxruntime-web/dist/`;
    return onnxRuntime('onnxruntime-web', onnxRuntimeWeb, ['wasm']);
  },
  () => litert(`${packages}/@litertjs/core/wasm/`),
];

function withEngine(engine: Engine | undefined, make: (engine: Engine) => Peer): Peer | undefined {
  return engine === undefined ? undefined : make(engine);
}

const benchmark = {
  /** @returns how fast memory is copied */
  async prepare(): Promise<number> {
    const made = await Promise.all(makers.map(make => make()));
    const [plain, relaxed] = [load(false), load(true)];
    benchmark.field = {
      peers: made.filter(peer => peer !== undefined),
      engines: { ...plain && { 'SIMD': plain }, ...relaxed && { 'relaxed SIMD': relaxed } },
    };
    return measureCopy();
  },
  field: { peers: [], engines: {} } as Field,
  measure(set: 'named' | 'drawn', index: number): Promise<Measured> {
    const workload = (set === 'named' ? namedWorkloads : drawnWorkloads(20, 7))[index];
    if (workload === undefined) throw new RangeError('no such workload');
    return measure(workload, benchmark.field);
  },
  /** In a fresh page: milliseconds until one peer has computed a small layer for the first time. */
  async first(maker: number): Promise<{ readonly name: string; readonly milliseconds: number } | undefined> {
    const workload = namedWorkloads[1];
    if (workload === undefined) throw new RangeError('no such workload');
    const tensors = tensorsOf(workload);
    const start = performance.now();
    const peer = await makers[maker]?.();
    const runner = await peer?.prepare(workload, tensors);
    await runner?.run();
    return peer && runner ? { name: peer.name, milliseconds: performance.now() - start } : undefined;
  },
  makers: makers.length,
};

Object.assign(window, { benchmark });
